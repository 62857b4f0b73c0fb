"""New names for actors and sources: all that is kept goes by them, and what is published under an id keeps that id."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, exists, update
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlmodel import Session, SQLModel, col, select

from aggregator.model import Renames
from aggregator.storage import touched
from aggregator.storage.tables import AlarmRow, AliasRow, ImportRow, ItemRow, MetaRow, TombstoneRow, VisitRow

# By this name the store remembers which renames have been done.
RENAMED = "renamed"

# The tables of what is known of a source, each with what else makes a row the only one of its kind.
_OF_SOURCES: Mapping[type[SQLModel], tuple[str, ...]] = {
    VisitRow: (),
    AliasRow: ("alias",),
    TombstoneRow: ("alias",),
    ImportRow: ("fingerprint",),
    AlarmRow: ("kind", "opened"),
}


def rename(session: Session, renames: Renames) -> None:
    """Do what RENAMES say, unless it was done before."""
    done = session.get(MetaRow, RENAMED)
    if renames.told == (done.value if done else ""):
        return
    version = touched.next_version(session)
    for old, new in _sources(session, renames).items():
        for table, others in _OF_SOURCES.items():
            _rename_rows(session, table, others, old, new)
        _rename_items(session, "source", old, new, version)
    for old, new in renames.actors.items():
        _rename_items(session, "actor", old, new, version)
    session.merge(MetaRow(name=RENAMED, value=renames.told))


def _sources(session: Session, renames: Renames) -> dict[str, str]:
    """The sources with a new name; also those of renamed actors that only the store knows any more."""
    known = set(_known(session)) - {""}
    return {source: renames.source(source) for source in sorted(known) if renames.source(source) != source}


def _known(session: Session) -> Iterable[str]:
    tables: list[type[SQLModel]] = [ItemRow, *_OF_SOURCES]
    for table in tables:
        yield from session.exec(select(_source_of(table)).distinct())


def _rename_rows(session: Session, table: type[SQLModel], others: tuple[str, ...], old: str, new: str) -> None:
    """Where both names were in use, what was known first stays."""
    before: Any = aliased(table)
    same = (getattr(before, other) == getattr(table, other) for other in others)
    source = _source_of(table)
    session.execute(
        delete(table)
        .where(source == new, exists().where(before.source == old, *same))
        .execution_options(synchronize_session=False)
    )
    session.execute(update(table).where(source == old).values(source=new).execution_options(synchronize_session=False))


def _rename_items(session: Session, name: str, old: str, new: str, version: int) -> None:
    """What is published of those that were put away stays as it is: no version of theirs grows."""
    known = update(ItemRow).where(getattr(ItemRow, name) == old)
    session.execute(known.where(col(ItemRow.remains).is_(None)).values({name: new, "version": version}))
    session.execute(known.values({name: new}))


def _source_of(table: type[SQLModel]) -> InstrumentedAttribute[str]:
    column: InstrumentedAttribute[str] = table.__dict__["source"]
    return column
