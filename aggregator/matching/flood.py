"""Too much at once from a source that we know is more likely a mishap than news: a reissued archive, a lost date."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aggregator.model import HELD, Identified, Visit

NEW_A_DAY = 20
OLD_A_DAY = 5
OLD = timedelta(days=30)


def flood_in(new: Sequence[Identified], visit: Visit, now: datetime) -> str:
    """Why these new entries are held for an operator, or nothing; a source may bring more after a longer while."""
    if visit.succeeded is None:
        return ""
    days = max((now - visit.succeeded) / timedelta(days=1), 1)
    if len(new) > NEW_A_DAY * days:
        return f"{HELD}{len(new)} new entries at once"
    old = sum(_is_old(entry, now) for entry in new)
    return f"{HELD}{old} new entries that are undated, or older than {OLD.days} days" if old > OLD_A_DAY * days else ""


def _is_old(told: Identified, now: datetime) -> bool:
    date = told.entry.published or told.entry.updated
    return told.entry.event is None and (date is None or now - date > OLD)
