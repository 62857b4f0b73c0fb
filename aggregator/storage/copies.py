"""Copies of the store: a backup is a store in a SQLite file, wherever the store itself is.

It can be looked at with any tool that reads SQLite, used in place of the store, or read back into one, also into
another database.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text
from sqlmodel import SQLModel

from aggregator.errors import StoreError
from aggregator.storage import database

ROWS_AT_ONCE = 1_000

# Where the copies lie that are made by themselves, beside the store, and how their names end.
COPIES = "backups"
DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
SCHEMA = "schema-[0-9][0-9][0-9][0-9]"


def back_up(engine: Engine, file: Path) -> None:
    """Write FILE, whole or not at all, as the store is at one moment; others may go on writing to it meanwhile."""
    draft = file.with_name(f".{file.name}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(file, error) from error
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(Path(engine.url.database or ""), draft)
        else:
            with _opened(str(draft)) as copy:
                _copy_rows(engine, copy)
        draft.replace(file)
    except OSError as error:
        raise _unwritten(file, error) from error
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm"), Path(f"{draft}.lock")):
            leftover.unlink(missing_ok=True)


def _unwritten(file: Path, error: OSError) -> StoreError:
    return StoreError(f"the backup {file} cannot be written: {error.strerror or error}")


def back_up_daily(engine: Engine, day: date, keep: int) -> Path | None:
    """Copy a store in SQLite once a DAY into the folder `backups` beside it, and KEEP so many copies; 0 makes none.

    Return the copy, if it was made now. A store in PostgreSQL is copied by those who look after that.
    """
    if engine.dialect.name != "sqlite" or not keep:
        return None
    file = _copy_called(engine, f"{day}")
    if file.exists():
        return None
    back_up(engine, file)
    for old in sorted(_copies(engine, DAY), reverse=True)[keep:]:
        old.unlink(missing_ok=True)
    return file


def back_up_before_upgrade(engine: Engine, schema: str) -> None:
    """Copy a store in SQLite as it is with an older SCHEMA; one such copy is kept."""
    if engine.dialect.name == "sqlite":
        file = _copy_called(engine, f"schema-{schema}")
        back_up(engine, file)
        for old in _copies(engine, SCHEMA):
            if old != file:
                old.unlink(missing_ok=True)


def forget_copies(engine: Engine) -> int:
    """Remove the copies that were made by themselves, and say how many there were: something must not be in them."""
    if engine.dialect.name != "sqlite":
        return 0
    found = [*_copies(engine, DAY), *_copies(engine, SCHEMA)]
    for old in found:
        old.unlink(missing_ok=True)
    return len(found)


def _copy_called(engine: Engine, name: str) -> Path:
    store = Path(engine.url.database or "")
    return store.parent / COPIES / f"{store.stem}-{name}.db"


def _copies(engine: Engine, pattern: str) -> list[Path]:
    called = _copy_called(engine, pattern)
    return list(called.parent.glob(called.name))


def restore(file: Path, address: str) -> None:
    """Fill the store at ADDRESS, which must be empty, with what is in FILE; an older one is upgraded on the way."""
    if not file.is_file():
        raise StoreError(f"there is no backup {file}")
    if "://" not in address:
        target = Path(address)
        if target.exists() and target.stat().st_size:
            raise StoreError(f"the store {address} is there already; move it away first")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.draft")
        draft.unlink(missing_ok=True)
        _copy_file(file, draft)
        draft.replace(target)
        with _opened(address):
            return
    copy = file.with_name(f".{file.name}.draft")
    _copy_file(file, copy)
    try:
        with _opened(str(copy)) as source, _opened(address) as target_engine:
            _copy_rows(source, target_engine)
    finally:
        for leftover in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm"), Path(f"{copy}.lock")):
            leftover.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    """SQLite copies a database that is in use (https://sqlite.org/backup.html), and one that is not a database not."""
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old:
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with closing(sqlite3.connect(target)) as new:
                old.backup(new)
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied: {error}") from error


@contextmanager
def _opened(address: str) -> Iterator[Engine]:
    engine = database.engine_for(address)
    try:
        if engine.dialect.name == "sqlite":
            database.make_ready(engine)
        else:
            database.upgrade(engine)
        yield engine
    finally:
        engine.dispose()


def _copy_rows(source: Engine, target: Engine) -> None:
    """All rows of all tables, as they are at one moment."""
    tables = SQLModel.metadata.sorted_tables
    with source.connect() as old, target.begin() as new:
        if source.dialect.name == "postgresql":
            old.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        for table in tables:
            if new.execute(select(func.count()).select_from(table)).scalar():
                raise StoreError(f"the store has {table.name} rows already; a backup is only read into an empty one")
        for table in tables:
            for rows in old.execute(select(table)).mappings().partitions(ROWS_AT_ONCE):
                new.execute(insert(table), [dict(row) for row in rows])
        if target.dialect.name == "postgresql":
            _count_on(new, tables)


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """PostgreSQL counts ids by itself, and must go on after those that were brought along."""
    for table in tables:
        [key, *others] = inspect(table).primary_key.columns
        if others or not key.autoincrement or key.type.python_type is not int:
            continue
        newest = select(func.max(key)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(select(func.setval(sequence, func.coalesce(newest, 1))))
