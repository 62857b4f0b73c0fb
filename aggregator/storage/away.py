"""What is old loses its texts, its pictures and its evidence; a trace remains, so that it does not come back as new.

A story is put away when all who tell it came in long ago. Its row keeps the title, the address, the dates and the
fingerprint of what it said; its identities, where it stands and the places that counted stay as they are. No version
grows by that: nothing that is published is other than it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from aggregator.model import Entry, Event, Image, Item, remains_of
from aggregator.storage import reading, rows
from aggregator.storage.tables import AlarmRow, FindingRow, ItemRow, LetterRow, TraceRow

STORIES_AT_ONCE = 500

NEVER_RELEASED = "never released while its text was kept"


class Age(NamedTuple):
    """What is put away: what came in BEFORE, except events that were not OVER then, and what was TAKEN BACK since."""

    before: datetime
    over: datetime
    taken_back: datetime


def aged(session: Session, age: Age, spared: Collection[str], limit: int) -> list[str]:
    """LIMIT stories that are to be put away and are none of SPARED; those that came in first come first."""
    found: dict[str, None] = {}
    for some in _candidates(session, age.before):
        left = [story for story in dict.fromkeys(some) if story not in spared and story not in found]
        staying = set(session.exec(_staying(age).where(col(ItemRow.story).in_(left))))
        found |= dict.fromkeys(story for story in left if story not in staying)
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _candidates(session: Session, before: datetime) -> Iterator[Sequence[str]]:
    came = select(ItemRow.story).where(col(ItemRow.remains).is_(None), col(ItemRow.entered) < before)
    yield from session.scalars(came.order_by(col(ItemRow.entered))).partitions(STORIES_AT_ONCE)


def _staying(age: Age) -> SelectOfScalar[str]:
    is_new, is_coming = col(ItemRow.entered) >= age.before, col(ItemRow.ends) >= age.over
    return select(ItemRow.story).where(or_(is_new, is_coming, col(ItemRow.withdrawn) >= age.taken_back)).distinct()


def put_away(session: Session, stories: Collection[str]) -> int:
    """Put STORIES away; how many items that were."""
    count = 0
    for part in reading.parts(sorted(stories), STORIES_AT_ONCE):
        asked = select(ItemRow).where(col(ItemRow.story).in_(part), col(ItemRow.remains).is_(None))
        found = session.exec(asked).all()
        values = [_values(row.id or 0, rows.item_of(row, (), ())) for row in found]
        if values:
            names: dict[str, Any] = {name: bindparam(f"new_{name}") for name in values[0] if name != "row"}
            session.connection().execute(
                update(ItemRow).where(col(ItemRow.id) == bindparam("row")).values(**names),
                [{name if name == "row" else f"new_{name}": value for name, value in one.items()} for one in values],
            )
            _forget_evidence(session, [one["row"] for one in values])
        count += len(values)
    return count


def _values(row: int, item: Item) -> dict[str, Any]:
    entry = rows.item_values(replace(item, entry=trace_of(item.entry)), 0)
    kept = {name: entry[name] for name in ("summary", "html", "authors", "categories", "image", "event")}
    hidden = NEVER_RELEASED if item.is_held else item.hidden
    return {"row": row, **kept, "hidden": hidden, "remains": remains_of(item.entry)}


def trace_of(entry: Entry) -> Entry:
    """What is left of ENTRY: what it is called, where and when; a copy of its picture is found by its address."""
    image, event = entry.image and Image(entry.image.url), entry.event
    when = event and Event(event.start, event.end, cancelled=event.cancelled)
    return replace(entry, summary="", html="", authors=(), categories=(), image=image, event=when)


def _forget_evidence(session: Session, item_ids: Sequence[int]) -> None:
    session.execute(delete(TraceRow).where(col(TraceRow.item_id).in_(item_ids)))
    session.execute(delete(FindingRow).where(col(FindingRow.item_id).in_(item_ids), col(FindingRow.rejected) != ""))
    session.execute(update(FindingRow).where(col(FindingRow.item_id).in_(item_ids)).values(words="", start=-1))


def forget_happenings(session: Session, before: datetime) -> None:
    """Forget alarms that were over, and letters that were sent, BEFORE."""
    session.execute(delete(AlarmRow).where(col(AlarmRow.closed) < before))
    session.execute(delete(LetterRow).where(col(LetterRow.begun) < before))
