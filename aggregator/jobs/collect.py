"""Collect: call at every source that is due, and keep what each one brings."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import BusyError, FetchError, SourceError, StoreError
from aggregator.fetching import Fetcher, Outcome, asked_with, decided, fetcher, is_lost, network_is_down, spared
from aggregator.jobs.byhand import read_inbox
from aggregator.jobs.full_text import read_full_texts
from aggregator.jobs.importing import empty_inbox
from aggregator.jobs.items import new_item
from aggregator.jobs.network import Network
from aggregator.jobs.retag import judged, retold
from aggregator.jobs.stories import join_stories
from aggregator.jobs.understanding import Understood, understand
from aggregator.matching import reasons_to_hide
from aggregator.model import (
    SHORTEST_PACE,
    Alarm,
    Document,
    Host,
    Item,
    Source,
    Unchanged,
    Visit,
    host_of,
)
from aggregator.sources import ExportSource, InboxSource
from aggregator.storage import Storage
from aggregator.watching import Watched, alarms_of, network_alarms, portrait_after

log = logging.getLogger(__name__)

# The kinds of source that are folders on this machine, in which people drop what they hand in.
Folder = ExportSource | InboxSource


@dataclass(frozen=True, slots=True)
class Call:
    """How one call at a source went: how many items it brought, or what the problem was."""

    source: str
    new: int = 0
    changed: int = 0
    held: int = 0
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a visit brings to be kept: new items, and known ones that are told differently or renamed."""

    understood: Understood
    new: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    renamed: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What holds for all calls of one round: where, when, and what we knew when it began."""

    config: Config
    storage: Storage
    at: datetime
    alarms: Mapping[str, Mapping[str, Alarm]]


def due(config: Config, storage: Storage, now: datetime) -> list[Source]:
    """The sources whose next visit has come; one that was never visited, or has moved, is due at once.

    So is one whose last visit lies more than a day ahead: the clock was wrong then, and would be waited for.
    Not among them are those that are gone for good, and those whose host wants to be left alone.
    """
    visits, hosts = storage.visits(), storage.hosts()
    before = ((source, visits.get(source.id, Visit()).at(source.location)) for source in config.live_sources.values())
    return [source for source, visit in before if _is_due(visit, hosts.get(host_of(visit.address), Host("")), now)]


def _is_due(visit: Visit, host: Host, now: datetime) -> bool:
    is_ahead = visit.visited is not None and visit.visited - now > timedelta(days=1)
    return (visit.due <= now or is_ahead) and not visit.paused and not host.closed_at(now)


async def collect(
    config: Config,
    storage: Storage,
    now: datetime,
    sources: Collection[Source] | None = None,
    tell: Callable[[Call], None] = lambda call: None,
) -> list[Call]:
    """Call at SOURCES, or at all that are due; what they bring is compared with what others told."""
    storage.rename(config.renames)
    chosen = due(config, storage, now) if sources is None else sources
    visits, alarms = storage.visits(), _by_source(storage.alarms())
    before = {source.id: visits.get(source.id, Visit()).at(source.location) for source in chosen}
    failed: dict[str, SourceError] = {}

    async with fetcher(config.manners, storage.hosts(), now) as web:
        round = Round(config, storage, now, alarms)

        async def one(source: Source) -> Call:
            outcome = await call(round, web, source, before[source.id])
            if isinstance(outcome, SourceError):
                failed[source.id] = outcome
                outcome = Call(source.id, problem=str(outcome))
            tell(outcome)
            return outcome

        calls = await asyncio.gather(*(one(source) for source in chosen if not isinstance(source, Folder)))
        storage.keep_hosts(web.learnt())
    # To read an export takes seconds, in which answers from the web would be given up: they come first.
    for source in chosen:
        if isinstance(source, Folder):
            calls.append(_at_inbox(round, source, before[source.id]))
            tell(calls[-1])
    _settle(round, chosen, before, failed)
    join_stories(config, storage)
    return calls


async def call_alone(
    config: Config, storage: Storage, now: datetime, source: Source, web: Fetcher, network: Network
) -> Call | None:
    """One call at SOURCE while others call at the others; None if somebody has been there meanwhile.

    NETWORK tells our own network's failures from the sources', since there is no round that could.
    """
    round, visit = _alone(config, storage, now, source)
    host = host_of(visit.address)
    if not _is_due(visit, storage.hosts(host).get(host, Host("")) if host else Host(""), now):
        return None
    outcome = await call(round, web, source, visit)
    storage.keep_hosts(web.learnt())
    problem = outcome if isinstance(outcome, SourceError) else None
    if not isinstance(problem, BusyError):
        was_down = network.is_down
        network.told(host_of(source.location), _was_well(visit), is_lost(problem))
        if problem:
            _settle_failure(round, source, visit, storage.visits(source.id)[source.id], network.is_down)
        if network.is_down or was_down:
            open = round.alarms.get("", {}).get("network")
            storage.keep_alarms(network_alarms(network.is_down, open, now))
    return Call(source.id, problem=str(outcome)) if isinstance(outcome, SourceError) else outcome


def look_into(config: Config, storage: Storage, now: datetime, source: Folder) -> Call | None:
    """A look at a folder of ours while others call at the others; None if somebody has been there meanwhile."""
    round, visit = _alone(config, storage, now, source)
    return _at_inbox(round, source, visit) if _is_due(visit, Host(""), now) else None


def _alone(config: Config, storage: Storage, now: datetime, source: Source) -> tuple[Round, Visit]:
    """What holds for a call at one source, and what we know of it."""
    visit = storage.visits(source.id).get(source.id, Visit()).at(source.location)
    return Round(config, storage, now, _by_source(storage.alarms([source.id, ""]))), visit


async def call(round: Round, web: Fetcher, source: Source, visit: Visit) -> Call | SourceError:
    """One call at one source. However it ends, what we learnt and when to come again is kept."""
    answer, reading = None, None
    try:
        answer = await web.fetch(visit.address, asked_with(source, visit, round.at), source.is_page)
        if not isinstance(answer, Document):
            _keep(round, source, visit, Outcome(answer), None)
            return Call(source.id)
        document, open = replace(answer, at=round.at), round.alarms.get(source.id, {})
        understood = await understand(round.storage, source, visit, document, round.at, open)
        if source.wants_full_text:
            changes, cost, notes = await read_full_texts(web, source, understood.changes)
            answer = replace(answer, trip=answer.trip.with_cost_of(cost))
            reading = replace(understood.reading, notes=(*understood.reading.notes, *notes))
            understood = replace(understood, reading=reading, changes=changes)
        reading = understood.reading
        brought = _brought(round, source, visit, understood)
        news = tuple(item.date for item in brought.new if not item.hidden and _tells_when(item, visit))
        _keep(round, source, visit, Outcome(answer, reading, news), brought)
        carried = sum(not item.hidden for item in brought.new)
        held = sum(item.is_held for item in brought.new)
        withheld = sum(bool(item.withheld) for item in brought.new)
        notes = (
            *reading.notes,
            *_note_of_the_past(len(brought.new) - carried - held),
            *_note_of_the_withheld(withheld),
        )
        return Call(source.id, carried, len(brought.changed), held, notes)
    except StoreError:
        raise
    except SourceError as error:
        problem = error
    except Exception as error:  # A fence: a fault of ours costs one source, not the round.
        log.exception("%s: our own fault", source.id)
        problem = SourceError(source.location, f"could not be read, which is our own fault: {error!r}")
    round.storage.keep(source.id, decided(source, visit, Outcome(answer, reading, error=problem), round.at))
    return problem


def _at_inbox(round: Round, source: Folder, visit: Visit) -> Call:
    """A call at a folder, where people drop what they hand in. To look there costs nothing, and nobody should wait."""
    new, changed, notes = 0, 0, visit.notes
    problem: SourceError | None = None
    try:
        if isinstance(source, ExportSource):
            came = empty_inbox(round.config, round.storage, source, round.at)
            notes = came.tally.notes if came.read else notes
        else:
            came = read_inbox(round.config, round.storage, source, round.at)
            notes = came.tally.notes
        new, changed = came.new, came.changed
        if came.problems:
            wrong = "; ".join(f"{Path(path).name} {what}" for path, what in came.problems.items())
            problem = FetchError(source.location, wrong)
    except SourceError as error:
        problem = error
    after = decided(source, visit, Outcome(Unchanged(), error=problem), round.at)
    pause = source.every if isinstance(source.every, timedelta) else SHORTEST_PACE
    after = replace(after, due=round.at + pause, notes=notes)
    alarms = alarms_of(Watched(source, visit, after, round.at), round.alarms.get(source.id, {}))
    round.storage.keep(source.id, after, (), alarms)
    return Call(source.id, new, changed, notes=notes, problem=str(problem or ""))


def _brought(round: Round, source: Source, visit: Visit, understood: Understood) -> Brought:
    """What is new and changed as items, tagged before they are stored; too much at once waits for an operator."""
    changes = understood.changes
    reasons = ("",) * len(changes.new) if source.is_by_hand else reasons_to_hide(changes.new, visit, round.at)
    renamed = sum(change.told.aliases[0] not in change.item.aliases for change in changes.changed)
    return Brought(
        understood,
        tuple(
            judged(round.config, new_item(round.config, source, entry, round.at, reason))
            for entry, reason in zip(changes.new, reasons, strict=True)
        ),
        tuple(retold(round.config, change, round.at) for change in changes.changed),
        renamed if understood.trusted == visit.trusted else 0,
    )


def _note_of_the_past(count: int) -> tuple[str, ...]:
    return (
        (f"{count} entries are older than the newest of this new source, and come into no newsfeed",) if count else ()
    )


def _note_of_the_withheld(count: int) -> tuple[str, ...]:
    what = f"{count} new items are in no newsfeed, as feeds.toml says; 'nyhetsflode items --withheld' tells why of each"
    return (what,) if count else ()


def _keep(round: Round, source: Source, visit: Visit, came: Outcome, brought: Brought | None) -> None:
    """Keep a visit that went well, with what it brought and what looks wrong although it went well."""
    new, changed, renamed = (brought.new, brought.changed, brought.renamed) if brought else ((), (), 0)
    held = round.storage.held(source.id) + sum(item.is_held for item in new)
    after = decided(source, visit, came, round.at)
    if brought:
        after = replace(after, trusted=brought.understood.trusted, seen=brought.understood.seen)
    watched = Watched(source, visit, after, round.at, came.answer, came.reading, held, renamed)
    open = round.alarms.get(source.id, {})
    after = replace(after, portrait=portrait_after(watched, open))
    round.storage.keep(source.id, after, [*new, *changed], alarms_of(watched, open))


def _settle(
    round: Round, chosen: Collection[Source], before: Mapping[str, Visit], failed: Mapping[str, SourceError]
) -> None:
    """When the round is over, tell the failures of the sources from those of our own network."""
    called = [source for source in chosen if not isinstance(failed.get(source.id), BusyError)]
    down = network_is_down(
        (host_of(source.location), _was_well(before[source.id]), is_lost(failed.get(source.id))) for source in called
    )
    visits = round.storage.visits() if failed else {}
    for source in called:
        if source.id in failed:
            _settle_failure(round, source, before[source.id], visits[source.id], down)
    if any(host_of(source.location) for source in called):
        round.storage.keep_alarms(network_alarms(down, round.alarms.get("", {}).get("network"), round.at))


def _settle_failure(round: Round, source: Source, before: Visit, after: Visit, down: bool) -> None:
    """Count a failure as the source's, unless our own network is DOWN, and see whether someone should look."""
    if down and host_of(source.location) and not _long_down(round):
        after = spared(source, before, after, round.at)
    watched = Watched(source, before, after, round.at)
    round.storage.keep(source.id, after, (), alarms_of(watched, round.alarms.get(source.id, {})))


def _long_down(round: Round) -> bool:
    """Whether our network is said to be down for so long that some of it must be the hosts after all."""
    alarm = round.alarms.get("", {}).get("network")
    return alarm is not None and round.at - alarm.opened > timedelta(days=1)


def _was_well(visit: Visit) -> bool:
    return visit.succeeded is not None and not visit.failures


def _tells_when(item: Item, visit: Visit) -> bool:
    """Whether its date is when it came out; what was undated when we first came may be of any age."""
    return bool(item.entry.published or item.entry.updated or visit.succeeded)


def _by_source(alarms: Sequence[Alarm]) -> dict[str, dict[str, Alarm]]:
    found: dict[str, dict[str, Alarm]] = {}
    for alarm in alarms:
        found.setdefault(alarm.source, {})[alarm.kind] = alarm
    return found
