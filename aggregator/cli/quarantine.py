"""Commands about what came in a flood, and waits for an operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, counted, now, say, say_json, tell, utc

if TYPE_CHECKING:
    from aggregator.model import Item
    from aggregator.storage import Storage

app = typer.Typer(
    help="What came in a flood, and waits to be released or dropped.\n\nExample: nyhetsflode quarantine list",
    no_args_is_help=True,
)

SourceArgument = Annotated[str, typer.Argument(metavar="SOURCE", help="ACTOR/SOURCE.")]


@app.command("list")
def list_(config: ConfigOption = FEEDS, as_json: JsonOption = False) -> None:
    """What waits, source by source.

    Example: nyhetsflode quarantine list
    """
    with _store(config) as storage:
        held = list(storage.held_items())
    for item in held:
        if as_json:
            values = {"id": item.public_id, "source": item.source, "title": item.entry.title, "url": item.entry.url}
            say_json({**values, "date": utc(item.date), "held": item.hidden})
            continue
        say(f"{item.source}  {item.date:%Y-%m-%d}  {item.entry.title}  ({item.hidden})")
    if not held and not as_json:
        say("Nothing waits.")


@app.command()
def release(
    source: SourceArgument, config: ConfigOption = FEEDS, as_json: JsonOption = False, quiet: QuietOption = False
) -> None:
    """Let what waits from SOURCE into the newsfeeds, dated as its source dated it.

    Example: nyhetsflode quarantine release cykelvannerna-mariestad/feed
    """
    with _store(config) as storage, storage.alone("quarantine"):
        found = [item.released(now()) for item in _held(storage, source)]
        _settle(storage, source, found)
    told = f"{source}: {_were(found)} released; 'nyhetsflode publish' writes the newsfeeds."
    tell({"source": source, "released": len(found)}, [told], as_json, quiet)


@app.command()
def drop(
    source: SourceArgument, config: ConfigOption = FEEDS, as_json: JsonOption = False, quiet: QuietOption = False
) -> None:
    """Never publish what waits from SOURCE; it is remembered, so that it does not come back as new.

    Example: nyhetsflode quarantine drop cykelvannerna-mariestad/feed
    """
    with _store(config) as storage, storage.alone("quarantine"):
        found = [item.dropped(now()) for item in _held(storage, source)]
        _settle(storage, source, found)
    tell({"source": source, "dropped": len(found)}, [f"{source}: {_were(found)} dropped."], as_json, quiet)


def _held(storage: "Storage", source: str) -> "list[Item]":
    found = list(storage.held_items(source))
    if not found:
        waiting = ", ".join(sorted({item.source for item in storage.held_items()}))
        what = f"what waits is from {waiting}" if waiting else "nor from any other source"
        raise typer.BadParameter(f'nothing waits from "{source}", {what}')
    return found


def _were(items: "list[Item]") -> str:
    return f"{counted(len(items), 'item')} {'was' if len(items) == 1 else 'were'}"


def _settle(storage: "Storage", source: str, items: "list[Item]") -> None:
    """Keep what was decided, and that it is no longer to be looked at."""
    storage.keep_items(items)
    flood = [alarm for alarm in storage.alarms() if (alarm.source, alarm.kind) == (source, "flood")]
    storage.keep_alarms(alarm.over(now()) for alarm in flood)


@contextmanager
def _store(config: ConfigOption) -> "Iterator[Storage]":
    from aggregator.config import load
    from aggregator.storage import open_storage

    with open_storage(load(config).store) as storage:
        yield storage
