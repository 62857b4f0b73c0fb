"""Collect: call at every source that is due, and keep what each one brings."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import FetchError, SourceError
from aggregator.fetching import Fetcher, fetcher
from aggregator.jobs.importing import empty_inbox
from aggregator.jobs.items import new_item
from aggregator.jobs.retag import tagged
from aggregator.matching import changes_of, identified
from aggregator.model import Document, Source, Unchanged, Visit
from aggregator.sources import ExportSource
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
        if isinstance(source, ExportSource):
            return _at_inbox(config, source, visit, storage, now)
        answer = await web.fetch(source.location, visit)
        if not isinstance(answer, Document):
            storage.keep(source.id, visit.after(answer, (), source, now))
            return Call(source.id)
        reading = source.read(answer)
        told = identified(reading.entries, source.identity)
        known = storage.known(source.id, {alias for entry in told for alias in entry.aliases})
        changes = changes_of(told, known)
        new = [tagged(config, new_item(config, source, entry, now)) for entry in changes.new]
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


def _at_inbox(config: Config, source: ExportSource, visit: Visit, storage: Storage, now: datetime) -> Call:
    """A call at a folder, where people drop what they hand in."""
    came = empty_inbox(config, storage, source, now)
    notes = came.tally.notes
    if came.problems:
        problem = FetchError(
            source.location, "; ".join(f"{Path(at).name} {what}" for at, what in came.problems.items())
        )
        # Others drop files there too, and what they drop should not wait for longer because of this one.
        storage.keep(source.id, replace(visit.after_failure(problem, source, now), due=now + source.every))
        return Call(source.id, came.new, came.changed, notes, str(problem))
    storage.keep(source.id, visit.after(Unchanged(), notes, source, now))
    return Call(source.id, came.new, came.changed, notes)
