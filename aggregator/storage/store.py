"""The store, as the jobs use it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, func, literal_column, or_
from sqlmodel import Session, col, select

from aggregator.errors import StoreError
from aggregator.model import HELD, Alarm, Host, Item, Kind, Known, Renames, Tombstone, Visit
from aggregator.storage import (
    away,
    copies,
    database,
    keeping,
    lock,
    reading,
    renaming,
    rows,
    soundness,
    tombstones,
)
from aggregator.storage.away import Age
from aggregator.storage.letters import Letters
from aggregator.storage.locks import Locks
from aggregator.storage.queue import Desk
from aggregator.storage.reading import parts
from aggregator.storage.stories import Stories
from aggregator.storage.tables import (
    AlarmRow,
    AliasRow,
    FindingRow,
    HostRow,
    ImportRow,
    ItemRow,
    MetaRow,
    VisitRow,
)
from aggregator.storage.traces import Traces

ITEMS_AT_ONCE = 500

# In the words of an index, which a value that is handed in is not.
_IS_HIDDEN = col(ItemRow.hidden) != literal_column("''")

T = TypeVar("T")


@contextmanager
def open_storage(address: str) -> Iterator["Storage"]:
    """The store at ADDRESS, a path or an address of PostgreSQL; StoreError if it cannot be used."""
    engine = database.engine_for(address)
    try:
        database.make_ready(engine, partial(copies.back_up_before_upgrade, engine))
        yield Storage(engine)
    finally:
        engine.dispose()


def upgrade_storage(address: str) -> tuple[str, str]:
    """Bring the schema of the store to the newest; return the revisions before ("" if there was none) and after."""
    engine = database.engine_for(address)
    try:
        before = database.schema_of(engine)
        database.upgrade(engine, partial(copies.back_up_before_upgrade, engine))
        return before, database.schema_of(engine)
    finally:
        engine.dispose()


def restore_storage(file: Path, address: str) -> None:
    """Fill the empty store at ADDRESS with the backup in FILE."""
    copies.restore(file, address)


def check_storage(address: str) -> list[str]:
    """What is wrong with the store at ADDRESS, a sentence each."""
    engine = database.engine_for(address)
    try:
        return list(soundness.unsound(engine))
    finally:
        engine.dispose()


class Storage:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.stories = Stories(engine)
        self.traces = Traces(engine)
        self.letters = Letters(engine)
        self.desk = Desk(engine)

    def back_up(self, file: Path) -> None:
        """Write the store as it is now to FILE, which others can restore from."""
        copies.back_up(self._engine, file)

    def back_up_daily(self, day: date, keep: int) -> Path | None:
        """Copy a store in SQLite once a DAY, and KEEP so many copies; return the copy, if it was made now."""
        return copies.back_up_daily(self._engine, day, keep)

    def forget_copies(self) -> int:
        """Remove the copies that were made by themselves; say how many there were."""
        return copies.forget_copies(self._engine)

    def visits(self, source: str = "") -> dict[str, Visit]:
        """The last visit at each source that was ever called at, or at SOURCE."""
        asked = select(VisitRow).where(VisitRow.source == source) if source else select(VisitRow)
        with Session(self._engine) as session:
            return {row.source: rows.visit_of(row) for row in session.exec(asked)}

    def known(self, source: str, aliases: Collection[str]) -> Known:
        """What we know of the entries of SOURCE that go by any of ALIASES."""
        with Session(self._engine) as session:
            found: dict[str, int] = {}
            for part in parts(sorted(aliases)):
                asked = select(AliasRow).where(AliasRow.source == source, col(AliasRow.alias).in_(part))
                found |= {row.alias: row.item_id for row in session.exec(asked)}
            items = reading.items_with_ids(session, set(found.values()))
            gone, barred = tombstones.known(session, source, aliases)
        return Known({alias: items[item_id] for alias, item_id in found.items()}, gone, barred)

    def take_down(self, gone: Sequence[Tombstone]) -> None:
        """Remove what operators took down, so that no byte of it is left in the files of the database."""
        with Session(self._engine) as session, session.begin():
            tombstones.bury(session, gone)
        database.scrub(self._engine)

    def taken_down(self, source: str = "") -> list[Tombstone]:
        """What operators took down, of SOURCE or of all; the latest first."""
        with Session(self._engine) as session:
            return tombstones.taken_down(session, source)

    def imports(self, source: str) -> frozenset[str]:
        """The fingerprints of all that was handed in for SOURCE and read."""
        with Session(self._engine) as session:
            return frozenset(session.exec(select(ImportRow.fingerprint).where(ImportRow.source == source)))

    def keep_import(
        self,
        source: str,
        read: Mapping[str, str],
        items: Iterable[Item],
        gone: Sequence[Tombstone],
        now: datetime,
    ) -> None:
        """Keep what an import brought and what it took away, and what was READ (fingerprint: name): all or nothing.

        There may be so many ITEMS that they should not be in memory together.
        """
        with Session(self._engine) as session, session.begin():
            for fingerprint, name in read.items():
                session.merge(ImportRow(source=source, fingerprint=fingerprint, name=name, read=now))
            if gone:
                tombstones.bury(session, gone)
            for part in _batches(items):
                tombstones.lift(session, source, {alias for item in part for alias in item.aliases})
                keeping.keep_items(session, part)

    def hosts(self, name: str = "") -> dict[str, Host]:
        """What we know of the hosts that said something about themselves, or of the one called NAME."""
        asked = select(HostRow).where(HostRow.name == name) if name else select(HostRow)
        with Session(self._engine) as session:
            return {row.name: rows.host_of(row) for row in session.exec(asked)}

    def keep_hosts(self, hosts: Iterable[Host]) -> None:
        with Session(self._engine) as session, session.begin():
            for host in hosts:
                # Another worker may have learnt something else of it meanwhile.
                known = session.get(HostRow, host.name, with_for_update=True)
                session.merge(HostRow(**asdict(rows.host_of(known).with_all_of(host) if known else host)))

    def alarms(self, sources: Collection[str] = ()) -> list[Alarm]:
        """What someone should look at now; only what is about SOURCES, if there are any."""
        asked = select(AlarmRow).where(col(AlarmRow.closed).is_(None)).order_by(AlarmRow.source, AlarmRow.kind)
        if sources:
            asked = asked.where(col(AlarmRow.source).in_(sources))
        with Session(self._engine) as session:
            return [rows.alarm_of(row) for row in session.exec(asked)]

    def alarms_told(self, limit: int) -> list[Alarm]:
        """The alarms, over or not, of which something was told last: that they were opened, or closed."""
        asked = select(AlarmRow)
        closed = asked.where(col(AlarmRow.closed).is_not(None)).order_by(col(AlarmRow.closed).desc()).limit(limit)
        opened = asked.order_by(col(AlarmRow.opened).desc()).limit(limit)
        with Session(self._engine) as session:
            found = {rows.alarm_of(row) for last in (closed, opened) for row in session.exec(last)}
        return sorted(found, key=_as_told)[:limit]

    def keep_alarms(self, alarms: Iterable[Alarm]) -> None:
        with Session(self._engine) as session, session.begin():
            _keep_alarms(session, alarms)

    def held(self, source: str) -> int:
        """How many items of SOURCE wait for an operator."""
        asked = select(func.count()).where(ItemRow.source == source, _IS_HIDDEN, col(ItemRow.hidden).startswith(HELD))
        with Session(self._engine) as session:
            return session.exec(asked).one()

    def held_items(self, source: str = "") -> list[Item]:
        """The items that wait for an operator, or those of SOURCE."""
        asked = (
            select(ItemRow)
            .where(_IS_HIDDEN, col(ItemRow.hidden).startswith(HELD))
            .order_by(ItemRow.source, col(ItemRow.date))
        )
        if source:
            asked = asked.where(ItemRow.source == source)
        with Session(self._engine) as session:
            return reading.items_of(session, session.exec(asked).all())

    def recall(self, name: str) -> str:
        """What was last remembered under NAME; empty if nothing was."""
        with Session(self._engine) as session:
            return session.exec(select(MetaRow.value).where(MetaRow.name == name)).one_or_none() or ""

    def rename(self, renames: Renames) -> None:
        """Let what is kept go by the new names of its actors and sources."""
        with Session(self._engine) as session, session.begin():
            renaming.rename(session, renames)

    def remember(self, name: str, value: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.merge(MetaRow(name=name, value=value))

    def keep_items(self, items: Sequence[Item]) -> None:
        """Keep ITEMS as they are now: all of it or nothing."""
        with Session(self._engine) as session, session.begin():
            for part in parts(items, 500):
                keeping.keep_items(session, part)

    def keep(self, source: str, visit: Visit, items: Sequence[Item] = (), alarms: Iterable[Alarm] = ()) -> None:
        """Keep a visit at SOURCE, the items it brought that are new or changed, and alarms: all of it or nothing."""
        with Session(self._engine) as session, session.begin():
            values = rows.visit_values(visit)
            known = session.get(VisitRow, source)
            if known is None:
                session.add(VisitRow(source=source, **values))
            else:
                known.sqlmodel_update(values)
            if items:
                keeping.keep_items(session, items)
            _keep_alarms(session, alarms)

    def items(
        self,
        source: str = "",
        codes: Collection[str] = (),
        since: datetime | None = None,
        kind: Kind | None = None,
        withheld: bool = False,
        whole: bool = False,
    ) -> Iterator[Item]:
        """All items, or those of SOURCE (one, or an actor's), about any of the places with CODES, first seen SINCE, of
        this KIND, or those only that no newsfeed carries (WITHHELD) or that were not put away (WHOLE); newest first."""
        newest_first = col(ItemRow.date).desc(), col(ItemRow.public_id).desc()
        asked = select(ItemRow.id)
        if source:
            asked = asked.where(or_(col(ItemRow.source) == source, col(ItemRow.actor) == source))
        if codes:
            asked = asked.where(reading.about(codes))
        if since:
            asked = asked.where(ItemRow.first_seen >= since)
        if kind:
            asked = asked.where(ItemRow.kind == kind)
        if withheld:
            asked = asked.where(or_(col(ItemRow.hidden) != "", col(ItemRow.withheld) != ""))
        if whole:
            asked = asked.where(col(ItemRow.remains).is_(None))
        with Session(self._engine) as session:
            if since:
                # In no order: for its sake, everything would be read.
                with_order = session.execute(asked.add_columns(col(ItemRow.date), col(ItemRow.public_id)))
                found = [row.id for row in sorted(with_order, key=lambda row: row[1:], reverse=True)]
            else:
                found = list(session.scalars(asked.order_by(*newest_first)))
            for part in parts(found, 500):
                items = reading.items_with_ids(session, part)
                yield from (items[item_id] for item_id in part)

    def counts(self, moments: Sequence[datetime]) -> dict[str, tuple[int, ...]]:
        """For each source, how many of its items came out from each of MOMENTS until the next; from the last, ever."""
        found: dict[str, list[int]] = {}
        with Session(self._engine) as session:
            for place, (begin, end) in enumerate(zip_longest(moments, moments[1:])):
                # By the dates, not through all sources for the sake of their order.
                name = func.coalesce(ItemRow.source, "").label("name")
                asked = select(name, func.count()).where(col(ItemRow.date) >= begin)
                asked = asked.where(col(ItemRow.date) < end) if end else asked
                for source, count in session.exec(asked.group_by(name)):
                    found.setdefault(source, [0] * len(moments))[place] = count
        return {source: tuple(counted) for source, counted in found.items()}

    def aged(self, age: Age, spared: Collection[str], limit: int) -> list[str]:
        """LIMIT stories that are to be put away because of their AGE, and are none of SPARED; the oldest first."""
        with Session(self._engine) as session:
            return away.aged(session, age, spared, limit)

    def put_away(self, stories: Collection[str]) -> int:
        """Take texts, pictures and evidence from all that tell STORIES; how many items that were."""
        with Session(self._engine) as session, session.begin():
            return away.put_away(session, stories)

    def forget_happenings(self, before: datetime) -> None:
        """Forget alarms that were over, and letters that were begun, BEFORE."""
        with Session(self._engine) as session, session.begin():
            away.forget_happenings(session, before)

    def called(self, name: str, limit: int = 10) -> list[Item]:
        """The items with this public id or address; if there are none, the newest with NAME in their title."""
        if found := self.called_exactly(name):
            return found[:limit]
        titled = col(ItemRow.title).icontains(name, autoescape=True)
        with Session(self._engine) as session:
            asked = select(ItemRow).where(titled).order_by(col(ItemRow.date).desc()).limit(limit)
            return reading.items_of(session, session.exec(asked).all())

    def called_exactly(self, name: str) -> list[Item]:
        """The items with this public id or address, newest first."""
        exactly = or_(col(ItemRow.public_id) == name, col(ItemRow.url) == name)
        with Session(self._engine) as session:
            asked = select(ItemRow).where(exactly).order_by(col(ItemRow.date).desc(), ItemRow.public_id)
            return reading.items_of(session, session.exec(asked).all())

    def paged(self, page: str) -> list[Item]:
        """The items whose page is at this path below the site."""
        last = page.strip("/").rpartition("/")[2]
        ends = col(ItemRow.public_id).endswith(f"/{last}", autoescape=True)
        with Session(self._engine) as session:
            return reading.items_of(session, session.exec(select(ItemRow).where(ends)).all()) if last else []

    def found_by(self, rule: str) -> list[Item]:
        """The items of which a place was found by RULE and counts, newest first."""
        found = select(FindingRow.item_id).where(FindingRow.rule == rule, FindingRow.rejected == "")
        asked = select(ItemRow).where(col(ItemRow.id).in_(found)).order_by(col(ItemRow.date).desc())
        with Session(self._engine) as session:
            return reading.items_of(session, session.exec(asked).all())

    @contextmanager
    def locks(self, what: str) -> Iterator[Locks]:
        """Named locks, held while WHAT is done beside others; StoreError if the store is none that others share."""
        if self._engine.dialect.name != "postgresql":
            raise StoreError("several can work from one store only in PostgreSQL, and this one is in SQLite")
        locks = Locks(self._engine, what)
        try:
            yield locks
        finally:
            locks.close()

    @contextmanager
    def alone(self, what: str, patience: float = lock.PATIENCE_SECONDS) -> Iterator[None]:
        """Hold the right to collect and publish while WHAT is done; wait PATIENCE seconds for it, then StoreError."""
        with lock.of(self._engine, what, patience):
            yield


def _as_told(alarm: Alarm) -> tuple[float, str, str]:
    return -(alarm.closed or alarm.opened).timestamp(), alarm.source, alarm.kind


def _keep_alarms(session: Session, alarms: Iterable[Alarm]) -> None:
    for alarm in alarms:
        session.merge(AlarmRow(**asdict(alarm)))


def _batches(things: Iterable[T], size: int = ITEMS_AT_ONCE) -> Iterator[Sequence[T]]:
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part
