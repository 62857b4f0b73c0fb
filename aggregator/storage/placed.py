"""Where every story stands, so that publishing finds what a newsfeed carries by an index and not by a search.

For each place that a visible story is about there is a row ("" for one that is about none), made anew whenever an item
of the story changes. It holds what is asked for: dates, the month, and when it happens.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from aggregator.model import CARRYING_RULES, month_of
from aggregator.storage.reading import parts
from aggregator.storage.tables import FindingRow, ItemRow, PlacedRow
from aggregator.storage.touched import NOWHERE

ROWS_AT_ONCE = 2_000


class Told(NamedTuple):
    """What is read of an item that tells a story; `starts` and `ends` are None unless it is an event."""

    story: str
    public_id: str
    date: datetime
    entered: datetime
    starts: datetime | None
    ends: datetime | None


def place(session: Session, stories: Collection[str]) -> None:
    """Note anew where STORIES stand; those that are not to be seen, or are told by no item any more, nowhere."""
    for part in parts(sorted(stories), ROWS_AT_ONCE):
        session.execute(delete(PlacedRow).where(col(PlacedRow.story).in_(part)))
        visible = col(ItemRow.story).in_(part), col(ItemRow.hidden) == "", col(ItemRow.withheld) == ""
        members: defaultdict[str, list[Told]] = defaultdict(list)
        # SQLModel's own select has no signature for so many columns.
        asked = columns(*(getattr(ItemRow, name) for name in Told._fields)).where(*visible)
        for told in map(Told._make, session.execute(asked)):
            members[told.story].append(told)
        codes: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        named = select(ItemRow.story, FindingRow.code, FindingRow.rule)
        found = named.join(FindingRow, col(ItemRow.id) == FindingRow.item_id)
        for story, code, rule in session.exec(found.where(*visible, FindingRow.rejected == "")):
            codes[story][code] = codes[story].get(code, False) or rule not in CARRYING_RULES
        rows = [row for story, told in members.items() for row in _rows(story, told, codes[story] or {NOWHERE: False})]
        for some in parts(rows, ROWS_AT_ONCE):
            session.execute(insert(PlacedRow), list(some))


def _rows(story: str, members: list[Told], codes: Mapping[str, bool]) -> list[dict[str, object]]:
    leader = next((told for told in members if told.public_id == story), None)
    if leader is None:
        return []
    starts = [told.starts for told in members if told.starts is not None]
    ends = [told.ends for told in members if told.ends is not None]
    values = {
        "story": story,
        "date": leader.date,
        "entered": leader.entered,
        "month": month_of(leader.entered),
        "starts": min(starts, default=None),
        "ends": max(ends, default=None),
    }
    return [{"code": code, "tells": codes[code], **values} for code in sorted(codes)]
