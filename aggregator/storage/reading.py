"""From rows to items, with all that belongs to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from aggregator.model import CARRYING_RULES, Item
from aggregator.storage import rows
from aggregator.storage.tables import AliasRow, FindingRow, ItemRow

# SQLite takes at most 32,766 values in one statement.
VALUES_AT_ONCE = 10_000

T = TypeVar("T")


def items_with_ids(session: Session, item_ids: Collection[int]) -> dict[int, Item]:
    found: list[ItemRow] = []
    for part in parts(sorted(item_ids)):
        found += session.exec(select(ItemRow).where(col(ItemRow.id).in_(part)))
    return dict(zip((row.id or 0 for row in found), items_of(session, found), strict=True))


def items_of(session: Session, found: Sequence[ItemRow]) -> list[Item]:
    """The items of these rows, in their order, with all that belongs to them."""
    findings: defaultdict[int, list[FindingRow]] = defaultdict(list)
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for part in parts([row.id for row in found if row.id is not None]):
        asked = select(FindingRow).where(col(FindingRow.item_id).in_(part)).order_by(col(FindingRow.number))
        for finding in session.exec(asked):
            findings[finding.item_id].append(finding)
        for alias in session.exec(select(AliasRow).where(col(AliasRow.item_id).in_(part))):
            aliases[alias.item_id].append(alias.alias)
    return [rows.item_of(row, findings[row.id or 0], aliases[row.id or 0]) for row in found]


def about(codes: Iterable[str]) -> ColumnElement[bool]:
    """Whether an item is about any of the places with CODES."""
    counted = select(FindingRow.item_id).where(col(FindingRow.code).in_(sorted(codes)), tells_place())
    return col(ItemRow.id).in_(counted)


def tells_place() -> ColumnElement[bool]:
    """What `Finding.tells_place` says, in SQL."""
    return and_(col(FindingRow.rejected) == "", col(FindingRow.rule).not_in(sorted(CARRYING_RULES)))


def parts(things: Sequence[T], size: int = VALUES_AT_ONCE) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
