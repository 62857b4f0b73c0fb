"""Copies of the store: a backup is a store in a SQLite file, wherever the store itself is.

It can be looked at with any tool that reads SQLite, used in place of the store, or read back into one, also into
another database.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text
from sqlmodel import SQLModel

from aggregator.errors import StoreError
from aggregator.storage import database

ROWS_AT_ONCE = 1_000


def back_up(engine: Engine, file: Path) -> None:
    """Write FILE, whole or not at all, as the store is at one moment; others may go on writing to it meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(Path(engine.url.database or ""), draft)
        else:
            with _opened(str(draft)) as copy:
                _copy_rows(engine, copy)
        draft.replace(file)
    except OSError as error:
        raise StoreError(f"the backup {file} cannot be written: {error.strerror or error}") from error
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm"), Path(f"{draft}.lock")):
            leftover.unlink(missing_ok=True)


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
