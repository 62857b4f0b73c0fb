"""Too much at once: from a source that we know it is more likely a mishap than news, and a new one brings its past."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aggregator.model import HELD, SWEDEN, Identified, Visit

NEW_A_DAY = 20
OLD_A_DAY = 5
# Of coming events: a programme for half a year may be published in one evening.
EVENTS_A_DAY = 100
OLD = timedelta(days=30)
NEWEST_OF_A_NEW_SOURCE = 20

_UNDATED = datetime.min.replace(tzinfo=UTC)


def reasons_to_hide(new: Sequence[Identified], visit: Visit, now: datetime) -> tuple[str, ...]:
    """For each of these new entries, why no newsfeed carries it, or nothing.

    Of a source that we never heard before, the newest come into newsfeeds. Of one that we know, a flood (a reissued
    archive, dates that were lost) is held for an operator as a whole; it may bring more after a longer while.
    Events that are to come are no past, whenever they were announced: a new source's all come, and a known one may
    bring many more of them than news. One that is over is as old as any news.
    """
    if visit.succeeded is None:
        return _past_of_a_new_source(new, now)
    return (_flood(new, now, days=max((now - visit.succeeded) / timedelta(days=1), 1)),) * len(new)


def _past_of_a_new_source(new: Sequence[Identified], now: datetime) -> tuple[str, ...]:
    news = [entry for entry in new if not _is_to_come(entry, now)]
    newest = sorted(news, key=lambda entry: _date(entry) or _UNDATED, reverse=True)[:NEWEST_OF_A_NEW_SOURCE]
    carried = {entry.aliases[0] for entry in new} - {entry.aliases[0] for entry in news}
    carried |= {entry.aliases[0] for entry in newest}
    reason = f"older than the newest {NEWEST_OF_A_NEW_SOURCE} of a new source"
    return tuple("" if entry.aliases[0] in carried else reason for entry in new)


def _flood(new: Sequence[Identified], now: datetime, days: float) -> str:
    events = sum(_is_to_come(entry, now) for entry in new)
    if events > EVENTS_A_DAY * days:
        return f"{HELD}{events} new events at once"
    if len(new) - events > NEW_A_DAY * days:
        return f"{HELD}{len(new) - events} new entries at once"
    old = sum(_is_old(entry, now) for entry in new)
    return f"{HELD}{old} new entries that are undated, or older than {OLD.days} days" if old > OLD_A_DAY * days else ""


def _is_old(told: Identified, now: datetime) -> bool:
    date = _date(told)
    return not _is_to_come(told, now) and (date is None or now - date > OLD)


def _is_to_come(told: Identified, now: datetime) -> bool:
    """Whether it is an event that is not over; one of today is not."""
    event = told.entry.event
    if event is None:
        return False
    end = event.end or event.start
    last = end.astimezone(SWEDEN).date() if isinstance(end, datetime) else end
    return last >= now.astimezone(SWEDEN).date()


def _date(told: Identified) -> datetime | None:
    return told.entry.published or told.entry.updated
