"""Collect: call at every source that is due, and keep what each one brings."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import SourceError
from aggregator.fetching import Fetcher, fetcher
from aggregator.jobs.retag import tagged
from aggregator.matching import changes_of, identified, public_id
from aggregator.model import Document, Identified, Item, Source, Visit, effective_date, within_second
from aggregator.storage import Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """How one call at a source went: how many items it brought, or what the problem was."""

    source: str
    new: int = 0
    changed: int = 0
    notes: tuple[str, ...] = ()
    problem: str = ""


def due(config: Config, storage: Storage, now: datetime) -> list[Source]:
    """The sources whose next visit has come; one that was never visited, or has moved, is due at once."""
    visits = storage.visits()
    return [
        source
        for source in config.live_sources.values()
        if visits.get(source.id, Visit()).at(source.location).due <= now
    ]


async def collect(
    config: Config,
    storage: Storage,
    now: datetime,
    sources: Collection[Source] | None = None,
    tell: Callable[[Call], None] = lambda call: None,
) -> list[Call]:
    """Call at SOURCES, or at all that are due."""
    visits = storage.visits()

    async def one(source: Source) -> Call:
        visit = visits.get(source.id, Visit()).at(source.location)
        outcome = await call(config, source, visit, web, storage, now)
        tell(outcome)
        return outcome

    async with fetcher(config.manners) as web:
        chosen = due(config, storage, now) if sources is None else sources
        return await asyncio.gather(*map(one, chosen))


async def call(config: Config, source: Source, visit: Visit, web: Fetcher, storage: Storage, now: datetime) -> Call:
    """One call at one source. However it ends, what we learnt and when to come again is kept."""
    try:
        answer = await web.fetch(source.location, visit)
        if not isinstance(answer, Document):
            storage.keep(source.id, visit.after(answer, (), source, now))
            return Call(source.id)
        reading = source.read(answer)
        told = identified(reading.entries, source.identity)
        known = storage.known(source.id, {alias for entry in told for alias in entry.aliases})
        changes = changes_of(told, known)
        new = [tagged(config, _item(config, source, entry, now)) for entry in changes.new]
        changed = [
            tagged(config, change.item.retold(change.told.entry, frozenset(change.told.aliases), now))
            for change in changes.changed
        ]
    except SourceError as error:
        problem = error
    except Exception as error:  # The one fence: a fault of ours costs one source, not the round.
        log.exception("%s: our own fault", source.id)
        problem = SourceError(source.location, f"could not be read, which is our own fault: {error!r}")
    else:
        storage.keep(source.id, visit.after(answer, reading.notes, source, now), [*new, *changed])
        return Call(source.id, len(new), len(changed), reading.notes)
    storage.keep(source.id, visit.after_failure(problem, source, now))
    return Call(source.id, problem=str(problem))


def _item(config: Config, source: Source, told: Identified, now: datetime) -> Item:
    """An entry that is new to us."""
    id = public_id(config.site.authority, source.id, told.aliases[0])
    return Item(
        public_id=id,
        source=source.id,
        actor=source.actor,
        entry=told.entry,
        findings=(),
        aliases=frozenset(told.aliases),
        date=effective_date(told.entry, now),
        first_seen=now,
        entered=within_second(id, now),
    )
