"""What is gone, and stays so: an item is removed, and the names that it went by are kept with the reason."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from aggregator.model import Tombstone
from aggregator.storage import placed, touched
from aggregator.storage.reading import parts
from aggregator.storage.tables import ItemRow, TombstoneRow


def known(session: Session, source: str, aliases: Collection[str]) -> frozenset[str]:
    """Those of ALIASES that something went by which is gone."""
    found: set[str] = set()
    for part in _parts(aliases):
        asked = select(TombstoneRow.alias).where(TombstoneRow.source == source, col(TombstoneRow.alias).in_(part))
        found |= set(session.exec(asked))
    return frozenset(found)


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
            "version": version,
        }
        for tombstone in gone
        for alias in tombstone.aliases
    }
    for source in {source for source, _ in rows}:
        lift(session, source, {alias for owner, alias in rows if owner == source})
    session.execute(insert(TombstoneRow), list(rows.values()))


def lift(session: Session, source: str, aliases: Collection[str]) -> None:
    """What went by ALIASES is back."""
    for part in _parts(aliases):
        session.execute(
            delete(TombstoneRow).where(col(TombstoneRow.source) == source, col(TombstoneRow.alias).in_(part))
        )


def _parts(values: Collection[str]) -> Iterator[Sequence[str]]:
    return parts(sorted(values))
