"""What follows from a call at a source: one pure function, from what came, what we knew, and the moment.

Every way out of a call goes through `decided`; what it gives is stored, and says when we come again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import urlsplit

from aggregator.errors import BusyError, FetchError, SourceError
from aggregator.model import (
    LONG_AGO,
    SHORTEST_PACE,
    Document,
    Gone,
    Move,
    Reading,
    Source,
    Traffic,
    Unchanged,
    Validators,
    Visit,
)

LONGEST_PAUSE = timedelta(days=1)
JITTER = 0.1

# A permanent redirect is believed when it has led to the same readable address for so long.
TRIAL = timedelta(days=7)
# An address that we use in place of the one in feeds.toml is given up after so many failures there.
PATIENCE_AT_NEW_ADDRESS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: an answer, what it says, when the news in it came out, and what went wrong; any may lack."""

    answer: Document | Unchanged | None = None
    reading: Reading | None = None
    news: tuple[datetime, ...] = ()
    error: SourceError | None = None


def decided(source: Source, visit: Visit, came: Outcome, now: datetime) -> Visit:
    """The visit to remember after CAME, when VISIT was what we knew; its `due` says when to call again."""
    if isinstance(came.error, BusyError):
        # The source was not called at: its host asked us, for another of its sources, to stay away.
        due = now + timedelta(seconds=came.error.retry_after)
        return replace(visit, due=due, traffic=visit.traffic + _traffic(came))
    called = replace(visit, since=visit.since or now, visited=now, traffic=visit.traffic + _traffic(came))
    if came.error is not None:
        return _after_failure(source, called, came.error, now)
    assert came.answer is not None
    return _after_success(source, called, came.answer, came, now)


def asked_with(source: Source, visit: Visit, now: datetime) -> Visit:
    """What SOURCE is asked with: all that we know, or, once in each of its spans of `read_again`, no validators.

    Spans are counted from the year 1970, so that nothing needs to be remembered but when it last answered well; one
    that fails is asked so again.
    """
    if source.read_again is None or visit.succeeded is None:
        return visit
    if (now - LONG_AGO) // source.read_again == (visit.succeeded - LONG_AGO) // source.read_again:
        return visit
    return replace(visit, validators=Validators(), fingerprint="")


def network_is_down(calls: Iterable[tuple[str, bool, bool]]) -> bool:
    """Whether it is our own network that failed, from each call's host, whether it was well before, and is lost now.

    If every one of several hosts is lost, and most of them had answered well until now, it is not they who changed.
    """
    called = [(host, was_well, failed) for host, was_well, failed in calls if host]
    hosts = {host for host, _, _ in called}
    well = {host for host, was_well, _ in called if was_well}
    return len(hosts) > 1 and 2 * len(well) > len(hosts) and all(failed for _, _, failed in called)


def is_lost(error: SourceError | None) -> bool:
    """Whether a call may have failed because of our own network: a host that says what is wrong with it is there.

    An answer of 500 and more, or one that cannot be read, may be a gateway's on our side.
    """
    return error is not None and not (isinstance(error, FetchError) and 400 <= error.status < 500)


def spared(source: Source, before: Visit, after: Visit, now: datetime) -> Visit:
    """The visit to remember when every host failed: the network was ours, so it is nobody's failure."""
    due = now + _pace(source, before, now)
    return replace(before, since=after.since, visited=now, traffic=after.traffic, due=due, problem=after.problem)


def _after_success(source: Source, visit: Visit, answer: Document | Unchanged, came: Outcome, now: datetime) -> Visit:
    """All is well: remember how to ask, and come again in the source's pace, or later if it asks for that."""
    visit = replace(
        visit,
        succeeded=now,
        failures=0,
        problem="",
        gone=Gone(),
        answered=answer.location,
        validators=answer.validators,
        rhythm=visit.rhythm + came.news,
    )
    visit = _on_trial(visit, answer.trip.lasting, now)
    if isinstance(answer, Document) and came.reading is not None:
        visit = replace(
            visit,
            notes=came.reading.notes,
            fingerprint=answer.fingerprint,
            pause=min(came.reading.pause, LONGEST_PAUSE),
        )
        if not came.reading.whole:
            # To say "not modified" of half a document would lose the other half.
            visit = replace(visit, validators=type(visit.validators)(), fingerprint="")
    wait = max(_pace(source, visit, now), visit.pause, answer.trip.fresh)
    return replace(visit, due=now + min(wait, LONGEST_PAUSE))


def _after_failure(source: Source, visit: Visit, error: SourceError, now: datetime) -> Visit:
    """Wait twice as long after each failure in a row, at most a day, or as long as the host asked for; never for ever.

    The validators stay those of the last answer that could be used. One that says it is gone is asked daily.
    """
    status, told = (error.status, error.retry_after) if isinstance(error, FetchError) else (0, 0.0)
    failures = visit.failures + 1
    gone = Gone(visit.gone.times + 1, visit.gone.since or now) if status == HTTPStatus.GONE else Gone()
    doubled = min(_pace(source, visit, now) * 2 ** min(failures, 10), LONGEST_PAUSE)
    pause = LONGEST_PAUSE if status == HTTPStatus.GONE else doubled
    lost = status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE) or failures >= PATIENCE_AT_NEW_ADDRESS
    return replace(
        visit,
        due=now + max(pause, timedelta(seconds=told)),
        failures=failures,
        problem=error.reason,
        gone=gone,
        move=None,
        moved="" if lost else visit.moved,
    )


def _on_trial(visit: Visit, target: str, now: datetime) -> Visit:
    """Permanent redirects are followed each time, and believed when they have been the same for long; https at once.

    One that leads from https to http is followed, but never believed.
    """
    if not target or (visit.address.startswith("https:") and not target.startswith("https:")):
        return replace(visit, move=None)
    if _is_https_upgrade(visit.address, target):
        return replace(visit, moved=target, move=None)
    if visit.move is None or visit.move.target != target:
        return replace(visit, move=Move(target, now))
    if now - visit.move.since >= TRIAL:
        return replace(visit, moved=target, move=None)
    return visit


def _is_https_upgrade(old: str, new: str) -> bool:
    before, after = urlsplit(old), urlsplit(new)
    return (
        (before.scheme, after.scheme) == ("http", "https")
        and (before.hostname, before.path or "/", before.query) == (after.hostname, after.path or "/", after.query)
        and before.port in (None, 80)
        and after.port in (None, 443)
    )


def _pace(source: Source, visit: Visit, now: datetime) -> timedelta:
    """How long to wait when nothing else is said: exactly what feeds.toml says, or as the source's own rhythm is.

    Where we choose, each source comes a little earlier by a share of its own, so that they do not all come at once.
    """
    if source.every != "auto":
        return source.every
    share = int.from_bytes(blake2b(source.id.encode(), digest_size=4).digest()) / 2**32
    learnt = visit.rhythm.next_after(now, visit.since) - now
    return max(timedelta(seconds=round(learnt.total_seconds() * (1 - JITTER * share))), SHORTEST_PACE)


def _traffic(came: Outcome) -> Traffic:
    trip = came.answer.trip if came.answer else None
    if trip:
        told = isinstance(came.answer, Unchanged) and came.answer.told
        return Traffic(trip.requests, trip.received, int(told))
    error = came.error
    return Traffic(error.requests, error.received) if isinstance(error, FetchError) else Traffic()
