"""Opening a database by its address: a SQLite file by default, PostgreSQL when told so.

What differs between the two stands here. SQLite is brought to the newest schema on opening; PostgreSQL, which others
may be using, only by `nyhetsflode db upgrade`.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from aggregator.errors import StoreError
from aggregator.storage import lock

BeforeUpgrade = Callable[[str], None]

MIGRATIONS = Path(__file__).parent / "migrations"


def engine_for(address: str) -> Engine:
    """An engine for a path ("store/news.db"), or for an address that SQLAlchemy knows ("postgresql://…")."""
    if address.startswith("sqlite:"):
        raise StoreError(f'the store "{address}" is written as a path: "store/nyhetsflode.db"')
    if "://" not in address:
        file = Path(address)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the store {address} cannot be made: {error}") from error
        address = f"sqlite:///{file}"
    try:
        url = make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url)
    except ArgumentError as error:
        raise StoreError(f'the store "{address}" is neither a path nor the address of a database') from error
    except ModuleNotFoundError as error:
        if url.get_backend_name() != "postgresql":
            raise StoreError(f'the store "{address}" is neither in SQLite nor in PostgreSQL') from error
        raise StoreError(
            f"the store needs the package {error.name}; install nyhetsflode with the extra 'postgresql'"
        ) from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise StoreError(f"nyhetsflode keeps its store in SQLite or PostgreSQL; {engine.dialect.name} is neither")
    event.listen(engine, "handle_error", _as_ours)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    return engine


def make_ready(engine: Engine, before: BeforeUpgrade = lambda found: None) -> None:
    """See that the schema is the newest: SQLite is upgraded, of PostgreSQL it is asked."""
    found, newest = schema_of(engine), newest_schema()
    if found == newest:
        return
    if found > newest:
        raise StoreError(
            f"the store {_shown(engine)} has schema {found}, which is newer than this version of nyhetsflode knows "
            f"({newest}); upgrade nyhetsflode"
        )
    if engine.dialect.name != "sqlite":
        raise StoreError(
            f"the store {_shown(engine)} has schema {found or 'none'}, and this version of nyhetsflode needs {newest}; "
            "run 'nyhetsflode db upgrade'"
        )
    upgrade(engine, before)


def upgrade(engine: Engine, before: BeforeUpgrade = lambda found: None) -> None:
    """Bring the schema to the newest, in one transaction and one process at a time.

    BEFORE is called with the schema that was found, if there is one.
    """
    with lock.of(engine, "db upgrade", lock.PATIENCE_SECONDS):
        found = schema_of(engine)
        if found == newest_schema():
            return
        if found:
            before(found)
        _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    # Alembic takes a quarter of a second to import, and is needed once in a store's life.
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def scrub(engine: Engine) -> None:
    """Leave nothing in the files of the database of what was deleted; both kinds only mark its room as free."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.cursor().execute(statement).fetchall()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("item", "alias", "finding", "trace"):
            connection.execute(text(f"VACUUM (FULL) {table}"))


def schema_of(engine: Engine) -> str:
    """The schema's revision, "" for an empty database; StoreError if the database does not answer."""
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except SQLAlchemyError as error:
        reason = str(error.orig) if isinstance(error, OperationalError) else str(error)
        raise StoreError(f"the store {_shown(engine)} cannot be opened: {reason.strip()}") from error


def newest_schema() -> str:
    return max(file.stem[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _shown(engine: Engine) -> str:
    return engine.url.database or "" if engine.dialect.name == "sqlite" else engine.url.render_as_string()


def _as_ours(context: ExceptionContext) -> None:
    """A database that is full, locked, read-only, damaged or gone is told in a sentence wherever it happens."""
    # A database that is damaged raises the common ancestor itself; its other descendants are faults of ours.
    if type(context.sqlalchemy_exception) in (OperationalError, DatabaseError) and context.engine is not None:
        reason = str(context.original_exception).strip()
        raise StoreError(f"the store {_shown(context.engine)} does not work: {reason}") from context.original_exception


def _settle(connection: Any, _: object) -> None:
    """Readers do not wait for the writer, writers wait for each other, and keys are checked."""
    connection.isolation_level = None
    for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin in earnest: by itself, Python's sqlite3 leaves CREATE and ALTER outside the transaction."""
    connection.exec_driver_sql("BEGIN")
