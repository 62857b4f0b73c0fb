"""Where every story stands, so that publishing finds what a newsfeed carries by an index and not by a search.

For each place that a visible story is about there is a row ("" for one that is about none), made anew whenever an item
of the story changes. It holds what is asked for: dates, the month, and when it happens.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from aggregator.storage.reading import parts
from aggregator.storage.tables import FindingRow, ItemRow, PlacedRow
from aggregator.storage.touched import NOWHERE, month_of

ROWS_AT_ONCE = 2_000

# What is read of an item that tells a story; the last two are None unless it is an event.
Told = tuple[str, str, datetime, datetime, datetime | None, datetime | None]


def place(session: Session, stories: Collection[str]) -> None:
    """Note anew where STORIES stand; those that are not to be seen, or are told by no item any more, nowhere."""
    for part in parts(sorted(stories), ROWS_AT_ONCE):
        session.execute(delete(PlacedRow).where(col(PlacedRow.story).in_(part)))
        visible = col(ItemRow.story).in_(part), ItemRow.hidden == "", ItemRow.withheld == ""
        members: defaultdict[str, list[Told]] = defaultdict(list)
        # SQLModel's select has no signature for so many columns.
        asked = select(  # type: ignore[call-overload]
            ItemRow.story, ItemRow.public_id, ItemRow.date, ItemRow.entered, ItemRow.starts, ItemRow.ends
        ).where(*visible)
        for told in session.exec(asked):
            members[told[0]].append(tuple(told))
        codes: defaultdict[str, set[str]] = defaultdict(set)
        found = select(ItemRow.story, FindingRow.code).join(FindingRow, col(ItemRow.id) == FindingRow.item_id)
        for story, code in session.exec(found.where(*visible, FindingRow.rejected == "")):
            codes[story].add(code)
        rows = [row for story, told in members.items() for row in _rows(story, told, codes[story] or {NOWHERE})]
        for some in parts(rows, ROWS_AT_ONCE):
            session.execute(insert(PlacedRow), list(some))


def _rows(story: str, members: list[Told], codes: Collection[str]) -> list[dict[str, object]]:
    leader = next((told for told in members if told[1] == story), None)
    if leader is None:
        return []
    _, _, date, entered, _, _ = leader
    starts = [told[4] for told in members if told[4] is not None]
    ends = [told[5] for told in members if told[5] is not None]
    values = {
        "story": story,
        "date": date,
        "entered": entered,
        "month": month_of(entered),
        "starts": min(starts, default=None),
        "ends": max(ends, default=None),
    }
    return [{"code": code, **values} for code in sorted(codes)]
