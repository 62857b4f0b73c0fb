"""The command that removes what must not be told any more, and the journal of what it removed."""

import getpass
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, counted, now, say, say_json, tell, utc

if TYPE_CHECKING:
    from aggregator.config import Config
    from aggregator.jobs import TakenDown
    from aggregator.model import Tombstone


def takedown(
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="Its public id, its address, or that of its page on the site.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the journal.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides it; else who is logged in.")] = "",
    story: Annotated[bool, typer.Option("--story", help="Also what others tell of the same.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Print the journal of what was taken down.")] = False,
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Remove an item everywhere, archives included, for good: nothing that its source tells brings it back.

    Exit code 1: no item is called so, or several are.

    Example: nyhetsflode takedown https://cykel.example/nyhet/1 --reason "A person asked for it"
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    if list_ == bool(item):
        raise typer.BadParameter("name an ITEM to take down, or ask for the journal with --list")
    if item and not reason.strip():
        raise typer.BadParameter('say why, for the journal: --reason "…"')
    loaded = load(config)
    with open_storage(loaded.store) as storage:
        if list_:
            _show_journal(storage.taken_down(), as_json, quiet)
            return
        with storage.alone("takedown"):
            done = jobs.take_down(loaded, storage, item, reason.strip(), by or _user(), now(), story)
    tell(_values(done), _lines(loaded, done), as_json, quiet)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _lines(config: "Config", done: "TakenDown") -> Iterator[str]:
    for item in done.items:
        changed = counted(done.published.changed, "file")
        yield f"{item.public_id} was taken down. All that is published was made anew: {changed}."
    for path in done.pictures:
        yield f"Its picture {path} was removed."
        if config.deploy:
            yield f"Remove {path} on {config.deploy.host} by hand: deploy removes nothing there."
    for other in done.others:
        yield f'The same is still told by {other.source}: "{other.entry.title}"  {other.public_id}'
    if done.others:
        yield "Take each of them down by its id, if it must go too."
    for folder in done.published.left:
        yield f"{folder} is no newsfeed any more, so that nothing in it was made anew; remove it if it holds the item."


def _values(done: "TakenDown") -> dict[str, Any]:
    return {
        "taken_down": [item.public_id for item in done.items],
        "told_by_others": [{"id": other.public_id, "source": other.source} for other in done.others],
        "pictures": list(done.pictures),
        "changed": done.published.changed,
        "left": list(done.published.left),
    }


def _show_journal(taken_down: "list[Tombstone]", as_json: bool, quiet: bool) -> None:
    for gone in taken_down:
        if as_json:
            values = {"id": gone.public_id, "source": gone.source, "removed": utc(gone.removed)}
            say_json({**values, "by": gone.by, "reason": gone.reason})
        else:
            say(f"{gone.removed:%Y-%m-%d %H:%M} UTC  {gone.by}  {gone.public_id}  {gone.reason}")
    if not (taken_down or as_json or quiet):
        say("Nothing was ever taken down.")
