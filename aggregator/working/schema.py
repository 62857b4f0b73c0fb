"""The tables of the queue, which are Procrastinate's own: made by its schema, and brought on by its migrations."""

import re
from pathlib import Path

import procrastinate
import psycopg
from procrastinate.schema import SchemaManager

from aggregator.errors import StoreError, without_secrets
from aggregator.storage import open_storage

# By this name the store remembers by which version of Procrastinate its tables were made.
QUEUE = "procrastinate"

_VERSION = re.compile(r"\d+\.\d+\.\d+")


def conninfo(store: str) -> str:
    """The address of the store as PostgreSQL's own library knows it; StoreError if it is none of PostgreSQL."""
    scheme, colon, rest = store.partition("://")
    if not colon or scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise StoreError(
            f"workers share a store in PostgreSQL, and {without_secrets(store)} is a file that SQLite has on one "
            "machine; 'nyhetsflode run' works with it, and docs/handbok/driftsatta.md tells how a store moves to "
            "PostgreSQL"
        )
    return f"postgresql://{rest}"


def upgrade_queue(store: str) -> str:
    """Bring the tables of the queue to what this version of Procrastinate needs; return that version."""
    newest = procrastinate.__version__
    with open_storage(store) as storage, storage.alone("db upgrade"):
        known = storage.recall(QUEUE)
        if known == newest:
            return newest
        with psycopg.connect(conninfo(store)) as connection:
            has_tables = connection.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL").fetchone()
            statements = [SchemaManager.get_schema()] if not has_tables or not has_tables[0] else _since(known)
            for statement in statements:
                connection.execute(statement.encode())
        storage.remember(QUEUE, newest)
    return newest


def _since(known: str) -> list[str]:
    """The migrations that came after version KNOWN, in their order."""
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    told = [(found.group(), file) for file in files if (found := _VERSION.match(file.name))]
    return [file.read_text(encoding="utf-8") for version, file in told if known and _numbers(version) > _numbers(known)]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")[:3]))
