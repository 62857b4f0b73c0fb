"""Add: from an address, or a list of them, to the actors that feeds.toml would name. Nothing is written here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from aggregator import places
from aggregator.config import Config, NewActor, name_from, slug_of
from aggregator.errors import AggregatorError
from aggregator.fetching import fetcher
from aggregator.jobs.trial import Trial
from aggregator.jobs.tryout import try_out
from aggregator.matching import plain_link
from aggregator.model import Document, Visit
from aggregator.sources import Outline, is_closed, outlines_in


class AddingError(AggregatorError):
    """What was asked for cannot be added; the sentence says why, and what to do.

    `code` is the exit code: 1 where the site has nothing to add, 2 where feeds.toml has it already.
    """

    def __init__(self, sentence: str, code: int = 2) -> None:
        self.code = code
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Listed:
    """What becomes of a list of newsfeeds: actors, and sentences about the lines that become none."""

    actors: tuple[NewActor, ...]
    left_out: tuple[str, ...] = ()


async def proposal(config: Config, location: str, wish: NewActor, now: datetime) -> tuple[Trial, NewActor]:
    """What is at LOCATION, and the actor that it makes; what WISH says already, stands.

    FetchError if there is nothing to look at, AddingError if there is no news, or if feeds.toml has it already.
    """
    if wish.id != slug_of(wish.id):
        raise AddingError(f'an id is made of the letters a–z, digits and hyphens: "{slug_of(wish.id)}"')
    if not location or is_closed(location):
        trial, wish = Trial("export"), replace(wish, facebook=wish.facebook or location)
    else:
        _refuse_known(config, wish, location)
        trial = await try_out(location, config.manners, now)
        if not trial.source:
            what = "; ".join(trial.warnings) or "there is no news to read"
            raise AddingError(f"{location}: {what}", code=1)
    name = wish.name or name_from(trial.title)
    if not name:
        raise AddingError("what the actor is called is told nowhere; say it with --name")
    id = wish.id or slug_of(name)
    if not id:
        raise AddingError(f'no id can be made of "{name}"; say it with --id')
    actor = replace(wish, id=id, name=name, homepage=wish.homepage or trial.homepage)
    if trial.source:
        actor = trial.told_by(actor, _as_written(config, trial.source))
    else:
        inbox = {"export": f"store/inbox/{id}/", "page_name": "" if wish.facebook else name}
        actor = replace(actor, tables={"facebook": {key: value for key, value in inbox.items() if value}})
    if id in config.actors:
        raise AddingError(f"actor.{id} is in {config.path.name} already; choose another id with --id")
    _refuse_known(config, actor, trial.source)
    return trial, actor


async def listed(config: Config, location: str, wish: NewActor, now: datetime) -> Listed:
    """The actors that an OPML file names; FetchError or ParseError if it cannot be read.

    An actor's area is the nearest folder that is called as a municipality or a county; else the one that WISH says.
    """
    async with fetcher(config.manners, now=now) as web:
        answer = await web.fetch(location, Visit())
    document = answer if isinstance(answer, Document) else Document(location, b"")
    actors: dict[str, NewActor] = {}
    taken = dict(_known(config))
    left_out = []
    for outline in outlines_in(document):
        what, area = f'"{outline.title or outline.feed}"', _area(outline) or wish.area
        addresses = [_plainly(address) for address in (outline.feed, outline.homepage) if address]
        owner = next((taken[address] for address in addresses if address in taken), "")
        if not outline.feed:
            left_out.append(f"{what} has no address of a newsfeed (xmlUrl)")
        elif owner:
            left_out.append(f"{what} is there already: {owner}")
        elif not area:
            left_out.append(f"{what} stands in no folder that is called as a municipality or county; say --area")
        else:
            actor = _actor(outline, area, wish.scope, {*config.actors, *actors})
            actors[actor.id] = actor
            taken |= dict.fromkeys(addresses, f"actor.{actor.id}")
    return Listed(tuple(actors.values()), tuple(left_out))


def _actor(outline: Outline, area: tuple[str, ...], scope: str, ids: set[str]) -> NewActor:
    name = name_from(outline.title) or urlsplit(outline.feed).hostname or ""
    slug = slug_of(name) or slug_of(urlsplit(outline.feed).hostname or "") or "aktor"
    numbered = (f"{slug}-{number}" for number in range(2, len(ids) + 3))
    id = next(free for free in (slug, *numbered) if free not in ids)
    homepage = outline.homepage or urljoin(outline.feed, "/")
    return NewActor(id, name, area, scope, homepage, location=outline.feed)


def _area(outline: Outline) -> tuple[str, ...]:
    for folder in reversed(outline.folders):
        for name in (folder, folder.removesuffix(" kommun"), folder.removesuffix(" kommun").removesuffix("s")):
            try:
                return (places.named(name).name,)
            except ValueError:
                continue
    return ()


def _refuse_known(config: Config, actor: NewActor, location: str) -> None:
    known = dict(_known(config))
    for address in (location, actor.homepage, actor.facebook):
        if address and (owner := known.get(_plainly(address))):
            raise AddingError(f"{address} is in {config.path.name} already: {owner}")


def _known(config: Config) -> Iterator[tuple[str, str]]:
    """Every address that feeds.toml names, in plain form, and who has it."""
    for actor in config.actors.values():
        for address in (actor.homepage, actor.facebook):
            if address:
                yield _plainly(address), f"actor.{actor.id} ({actor.name})"
    for source in config.sources.values():
        yield _plainly(source.location), f"actor.{source.actor} ({config.actors[source.actor].name})"


def _plainly(address: str) -> str:
    """ADDRESS as it should be compared; a path is whole."""
    return plain_link(address) or str(Path(address).absolute())


def _as_written(config: Config, location: str) -> str:
    """A path as it counts from feeds.toml."""
    return location if "://" in location else os.path.relpath(location, config.path.parent)
