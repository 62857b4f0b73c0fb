"""Is the store sound? What the database itself checks, and what must hold between the rows whoever wrote them."""

from collections.abc import Iterator

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, select

from aggregator.errors import StoreError
from aggregator.storage import database, reading
from aggregator.storage.tables import AliasRow, CounterRow, FindingRow, ItemRow, PlacedRow, TombstoneRow

ITEMS_AT_ONCE = 1_000


def unsound(engine: Engine) -> Iterator[str]:
    """What is wrong with the store, a sentence each; nothing if it is sound."""
    try:
        yield from _unsound(engine)
    except StoreError as error:
        yield str(error)


def _unsound(engine: Engine) -> Iterator[str]:
    if engine.dialect.name == "sqlite":
        yield from _damaged_file(engine)
    if database.schema_of(engine) != database.newest_schema():
        yield f"its schema is {database.schema_of(engine) or 'none'}, not {database.newest_schema()}"
        return
    with Session(engine) as session:
        yield from _wrong_between_rows(session)
        yield from _unreadable_items(session)


def _damaged_file(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        for (told,) in connection.execute(text("PRAGMA integrity_check")):
            if told != "ok":
                yield f"SQLite finds it damaged: {told}"
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"row {row} of {table} belongs to a row of {parent} that is not there"


def _wrong_between_rows(session: Session) -> Iterator[str]:
    leads = select(ItemRow.public_id).where(ItemRow.public_id == ItemRow.story)
    for story in session.exec(select(ItemRow.story).where(col(ItemRow.story).not_in(leads)).distinct()):
        yield f"the story {story} is led by an item that is not there"
    shown = select(ItemRow.story).where(
        ItemRow.public_id == ItemRow.story, ItemRow.hidden == "", ItemRow.withheld == ""
    )
    for story in session.exec(shown.where(col(ItemRow.story).not_in(select(PlacedRow.story)))):
        yield f"no newsfeed would find the story {story}: it is not noted where it stands"
    nameless = select(ItemRow.public_id).where(col(ItemRow.id).not_in(select(AliasRow.item_id)))
    for public_id in session.exec(nameless):
        yield f"{public_id} has no identity, and would come back as new"
    back = select(ItemRow.public_id).where(col(ItemRow.public_id).in_(select(TombstoneRow.public_id)))
    for public_id in session.exec(back):
        yield f"{public_id} was removed, and is there all the same"
    for table in (AliasRow, FindingRow):
        orphans = select(func.count()).where(col(table.item_id).not_in(select(ItemRow.id)))
        if count := session.exec(orphans).one():
            yield f"{count} rows of {table.__tablename__} belong to no item"
    newest = session.exec(select(func.max(ItemRow.version))).one() or 0
    counted = session.exec(select(CounterRow.value).where(CounterRow.name == "items")).one_or_none() or 0
    if newest > counted:
        yield f"items are of version {newest}, but the store counts only {counted}: newsfeeds may not be made anew"


def _unreadable_items(session: Session) -> Iterator[str]:
    ids = session.exec(select(ItemRow.id).order_by(col(ItemRow.id))).all()
    for part in reading.parts([id for id in ids if id is not None], ITEMS_AT_ONCE):
        try:
            reading.items_with_ids(session, part)
        except (ValueError, TypeError, KeyError, LookupError) as error:
            yield f"an item between rows {part[0]} and {part[-1]} cannot be read: {error!r}"
