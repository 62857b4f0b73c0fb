"""Commands that write new actors into feeds.toml."""

import asyncio
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, complain, counted, now, say
from aggregator.cli.look import show_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.config import NewActor


class ScopeName(StrEnum):
    LOCAL = "local"
    COUNTY = "county"
    NATIONAL = "national"


AreaOption = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar="PLACE", help="Municipality or county, by name or code; may be given several times."
    ),
]
ScopeOption = Annotated[ScopeName | None, typer.Option("--scope", help="What its news is about, if not its area.")]


def add(
    address: Annotated[str, typer.Argument(metavar="URL-OR-PATH", help="A site, a page of it, or a newsfeed.")] = "",
    area: AreaOption = None,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the actor is called, if its site errs.")
    ] = "",
    id: Annotated[str, typer.Option("--id", metavar="ID", help="Its permanent id, if not made from the name.")] = "",
    scope: ScopeOption = None,
    facebook: Annotated[str, typer.Option("--facebook", metavar="URL", help="The address of its Facebook page.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show only, and write nothing.")] = False,
    config: ConfigOption = FEEDS,
) -> None:
    """Find an actor's newsfeed, show what it gives, and write the actor into feeds.toml.

    With a Facebook address alone, the actor gets an inbox for exports.

    Example: nyhetsflode add https://foreningen.example/ --area Mariestad
    """
    from aggregator import jobs
    from aggregator.config import add_actors, lines_of, load

    if not address and not facebook:
        raise typer.BadParameter("give the address of a site, or --facebook", param_hint="URL-OR-PATH")
    loaded = load(config)
    wish = _wish(area, scope, name=name, id=id, facebook=facebook)
    if not wish.area and scope != ScopeName.NATIONAL:
        raise typer.BadParameter("say where the actor is at home, or --scope national", param_hint="--area")
    try:
        trial, actor = asyncio.run(jobs.proposal(loaded, address, wish, now()))
    except jobs.AddingError as error:
        complain(f"nyhetsflode: {error}")
        raise typer.Exit(error.code) from error
    for warning in trial.warnings:
        say(f"  ! {warning}")
    show_entries(trial.entries[:3])
    say()
    say(lines_of(actor))
    say()
    if dry_run:
        return
    if not yes and not _agreed(f"Write these lines into {config}?"):
        say("Nothing was written.")
        raise typer.Exit(1)
    add_actors(config, [actor])
    say(f"actor.{actor.id} is in {config} now.")


def import_opml(
    file: Annotated[str, typer.Argument(metavar="FILE-OR-URL", help="The list, as newsreaders write it.")],
    area: AreaOption = None,
    scope: ScopeOption = None,
    write: Annotated[bool, typer.Option("--write", help="Write the actors into feeds.toml.")] = False,
    config: ConfigOption = FEEDS,
) -> None:
    """Make actors of a list of newsfeeds (OPML), and print them for review; with --write, write them into feeds.toml.

    Folders that are called as municipalities or counties are the area; --area is for the others.

    Example: nyhetsflode import-opml natverket.opml --area Mariestad
    """
    from aggregator import jobs
    from aggregator.config import add_actors, lines_of, load

    loaded = load(config)
    found = asyncio.run(jobs.listed(loaded, file, _wish(area, scope), now()))
    for sentence in found.left_out:
        complain(f"left out: {sentence}")
    if not write:
        for actor in found.actors:
            say(lines_of(actor))
            say()
    elif found.actors:
        add_actors(config, found.actors)
    left_out = counted(len(found.left_out), "line")
    complain(
        f"{counted(len(found.actors), 'actor')} {'written into' if write else 'for'} {config}; {left_out} left out."
    )
    if not found.actors:
        raise typer.Exit(1)


def _wish(
    area: "Sequence[str] | None", scope: ScopeName | None, name: str = "", id: str = "", facebook: str = ""
) -> "NewActor":
    """What the operator says of an actor, its places by their own names."""
    from aggregator import places
    from aggregator.config import NewActor

    try:
        named = tuple(places.named(name).name for name in area or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--area") from error
    return NewActor(id, name, named, scope.value if scope else "", facebook=facebook)


def _agreed(question: str) -> bool:
    """Whether someone says yes; where nobody can be asked, nobody has."""
    return sys.stdin.isatty() and typer.confirm(question)
