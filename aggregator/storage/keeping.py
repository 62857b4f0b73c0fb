"""How items are written: the rows of each, what it is known by, and what changes by that for newsfeeds."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from aggregator.model import Item
from aggregator.storage import placed, reading, rows, touched
from aggregator.storage.tables import AliasRow, FindingRow, ItemRow


def keep_items(session: Session, items: Sequence[Item]) -> None:
    """Keep ITEMS as they are now, new and known, with all that belongs to them and where they stand."""
    version = touched.next_version(session)
    public_ids = {item.public_id: item for item in items}
    known: dict[str, int] = {}
    told_in = {item.told_in for item in items}
    for part in reading.parts(sorted(public_ids)):
        asked = select(ItemRow.public_id, ItemRow.id, ItemRow.story).where(col(ItemRow.public_id).in_(part))
        for public_id, item_id, story in session.exec(asked):
            known[public_id] = item_id or 0
            told_in.add(story)
    touched.touch(session, told_in, version)
    new = [item for public_id, item in public_ids.items() if public_id not in known]
    for public_id, item_id in known.items():
        values = rows.item_values(public_ids[public_id], version) | {"traced": False}
        session.execute(update(ItemRow).where(col(ItemRow.id) == item_id).values(**values))
    if known:
        session.execute(delete(FindingRow).where(col(FindingRow.item_id).in_(known.values())))
    if new:
        # SQLModel's column looks like a plain `int | None` to mypy.
        made = session.execute(
            insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True),  # type: ignore[call-overload]
            [rows.item_values(item, version) | rows.item_beginnings(item) for item in new],
        ).scalars()
        known |= dict(zip((item.public_id for item in new), made, strict=True))
    findings = [
        row for item in public_ids.values() for row in rows.finding_values(known[item.public_id], item.findings)
    ]
    if findings:
        session.execute(insert(FindingRow), findings)
    _keep_aliases(session, {known[item.public_id]: item for item in public_ids.values()})
    renamed = touched.lead_anew(session, told_in, version)
    placed.place(session, told_in | renamed)
    touched.touch(session, touched.stories_of(session, public_ids), version)


def _keep_aliases(session: Session, items: dict[int, Item]) -> None:
    """An alias means the item that was first seen under it, for good."""
    wanted = {
        (row["source"], row["alias"]): row
        for item_id, item in items.items()
        for row in rows.alias_values(item_id, item)
    }
    taken: set[tuple[str, str]] = set()
    for source in {source for source, _ in wanted}:
        for part in reading.parts(sorted(alias for owner, alias in wanted if owner == source)):
            asked = select(AliasRow.alias).where(AliasRow.source == source, col(AliasRow.alias).in_(part))
            taken |= {(source, alias) for alias in session.exec(asked)}
    if free := [row for key, row in wanted.items() if key not in taken]:
        session.execute(insert(AliasRow), free)
