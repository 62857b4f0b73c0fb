"""One round at a time: two at once would call at the same sites twice and write the same files.

Both locks end with the process that holds them, whatever happens to it.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from aggregator.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows has no flock; there, one process at a time is up to the operator.
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 30.0

# Any number that no other program on the same server uses for an advisory lock: "koso" in ASCII.
ADVISORY_KEY = 0x6B6F736F

# What PostgreSQL answers when it was waited for too long (SQLSTATE).
LOCK_NOT_AVAILABLE = "55P03"


def of(engine: Engine, what: str, patience: float) -> AbstractContextManager[None]:
    """The lock of the store that ENGINE leads to, held while WHAT is done."""
    if engine.dialect.name == "sqlite":
        return on_file(Path(engine.url.database or ""), what, patience)
    return on_server(engine, what, patience)


@contextmanager
def on_file(store: Path, what: str, patience: float) -> Iterator[None]:
    """Hold the lock of the SQLite file STORE: the operating system's, on a file beside it."""
    if fcntl is None:
        yield
        return
    with store.with_name(f"{store.name}.lock").open("a+", encoding="utf-8") as file:

        def locked() -> bool:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        def holder() -> str:
            file.seek(0)
            return file.read()

        _wait(locked, holder, str(store), patience)
        file.truncate(0)
        file.write(named(what))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


@contextmanager
def on_server(engine: Engine, what: str, patience: float) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock, on a connection that does nothing else.

    It is waited for in PostgreSQL's own queue, so that those who share it meanwhile (locks.py) see that somebody waits.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": named(what)})
        connection.execute(text("SELECT set_config('lock_timeout', :most, false)"), {"most": f"{patience * 1000:.0f}"})
        key = {"key": ADVISORY_KEY}
        try:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
        except StoreError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            asked = text(
                "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND granted AND pg_locks.database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            holder = str(connection.execute(asked, key).scalar() or "")
            raise _in_use(engine.url.render_as_string(), holder) from error
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _wait(locked: Callable[[], bool], holder: Callable[[], str], store: str, patience: float) -> None:
    until = time.monotonic() + patience
    while not locked():
        if time.monotonic() > until:
            raise _in_use(store, holder())
        time.sleep(0.1)


def _in_use(store: str, holder: str) -> StoreError:
    return StoreError(f"the store {store} is in use by {holder or 'another process'}; try again when it is done")


def named(what: str) -> str:
    """At most 63 characters, which is what PostgreSQL keeps."""
    return f"nyhetsflode {what}, process {os.getpid()} on {socket.gethostname()}"[:63]
