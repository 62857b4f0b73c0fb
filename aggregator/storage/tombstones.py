"""What is gone, and stays so: an item is removed, and the names that it went by are kept with the reason.

What its source took away may come back with it; what an operator took down does not, whatever is told later.
"""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from aggregator.model import Tombstone
from aggregator.storage import placed, touched
from aggregator.storage.reading import parts
from aggregator.storage.tables import ItemRow, TombstoneRow


def known(session: Session, source: str, aliases: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of ALIASES that something went by which is gone, and those of them that were taken down."""
    found: dict[str, str] = {}
    for part in _parts(aliases):
        asked = select(TombstoneRow).where(TombstoneRow.source == source, col(TombstoneRow.alias).in_(part))
        found |= {row.alias: row.by for row in session.exec(asked)}
    return frozenset(found), frozenset(alias for alias, by in found.items() if by)


def taken_down(session: Session, source: str = "") -> list[Tombstone]:
    """What operators took down, of SOURCE or of all; the latest first."""
    asked = select(TombstoneRow).where(TombstoneRow.by != "").order_by(col(TombstoneRow.removed).desc())
    if source:
        asked = asked.where(TombstoneRow.source == source)
    found: dict[str, list[TombstoneRow]] = {}
    for row in session.exec(asked.order_by(TombstoneRow.public_id)):
        found.setdefault(row.public_id, []).append(row)
    return [_tombstone_of(rows) for rows in found.values()]


def _tombstone_of(rows: Sequence[TombstoneRow]) -> Tombstone:
    one, aliases = rows[0], frozenset(row.alias for row in rows)
    codes = frozenset(one.codes)
    return Tombstone(one.public_id, one.source, aliases, one.reason, one.removed, codes, one.seen, one.by)


def bury(session: Session, gone: Sequence[Tombstone]) -> None:
    version = touched.next_version(session)
    stories = touched.stories_of(session, {tombstone.public_id for tombstone in gone})
    touched.touch(session, stories, version)
    for part in _parts([tombstone.public_id for tombstone in gone]):
        session.execute(delete(ItemRow).where(col(ItemRow.public_id).in_(part)))
    placed.place(session, stories | touched.lead_anew(session, stories, version))
    touched.credit_anew(session, stories, version)
    rows = {
        (tombstone.source, alias): {
            "source": tombstone.source,
            "alias": alias,
            "public_id": tombstone.public_id,
            "reason": tombstone.reason,
            "removed": tombstone.removed,
            "codes": sorted(tombstone.codes),
            "seen": tombstone.seen,
            "by": tombstone.by,
            "version": version,
        }
        for tombstone in gone
        for alias in tombstone.aliases
    }
    for source in {source for source, _ in rows}:
        aliases = {alias for owner, alias in rows if owner == source}
        lift(session, source, aliases)
        _, barred = known(session, source, aliases)
        rows = {key: row for key, row in rows.items() if key[0] != source or key[1] not in barred}
    if rows:
        session.execute(insert(TombstoneRow), list(rows.values()))


def lift(session: Session, source: str, aliases: Collection[str]) -> None:
    """What went by ALIASES is back, unless it was taken down."""
    for part in _parts(aliases):
        gone = col(TombstoneRow.source) == source, col(TombstoneRow.alias).in_(part), col(TombstoneRow.by) == ""
        session.execute(delete(TombstoneRow).where(*gone))


def _parts(values: Collection[str]) -> Iterator[Sequence[str]]:
    return parts(sorted(values))
