"""Named locks in PostgreSQL, for several processes on several machines that work from one store.

They are advisory locks of one connection, so they end with the process that holds them, whatever happens to it; and if
the connection is lost, nobody may go on as if it held them: every call is a StoreError then.
"""

import threading
import time
from hashlib import blake2b

from sqlalchemy import Engine, text

from aggregator.storage.lock import ADVISORY_KEY, named

# How often it is asked whether somebody waits to have the store alone.
LOOK_SECONDS = 0.5

_TRY = text("SELECT pg_try_advisory_lock(:key)")
_DROP = text("SELECT pg_advisory_unlock(:key)")
_TRY_SHARED = text("SELECT pg_try_advisory_lock_shared(:key)")
_DROP_SHARED = text("SELECT pg_advisory_unlock_shared(:key)")
_IS_WAITED_FOR = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)


class Locks:
    """The locks of one process, for all its threads and tasks."""

    def __init__(self, engine: Engine, what: str) -> None:
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": named(what)})
        self._one_at_a_time = threading.Lock()
        self._held: set[str] = set()
        self._within = 0
        self._looked = 0.0
        self._waited_for = False

    def close(self) -> None:
        """Let go of everything."""
        with self._one_at_a_time:
            self._connection.detach()
            self._connection.close()

    def hold(self, name: str) -> bool:
        """Hold the lock called NAME, if nobody does: neither here nor elsewhere."""
        with self._one_at_a_time:
            if name in self._held or not self._connection.execute(_TRY, {"key": _key(name)}).scalar():
                return False
            self._held.add(name)
            return True

    def drop(self, name: str) -> None:
        with self._one_at_a_time:
            self._held.discard(name)
            self._connection.execute(_DROP, {"key": _key(name)})

    def enter(self) -> bool:
        """Begin to work in the store beside others, unless somebody has it alone or waits to; `leave` ends it.

        Who wants the store alone (`nyhetsflode takedown`) must not wait until nobody is at work: those who are finish,
        and nobody begins.
        """
        with self._one_at_a_time:
            if self._within == 0:
                if not self._connection.execute(_TRY_SHARED, {"key": ADVISORY_KEY}).scalar():
                    return False
            elif self._is_waited_for():
                return False
            self._within += 1
            return True

    def leave(self) -> None:
        with self._one_at_a_time:
            self._within -= 1
            if self._within == 0:
                self._connection.execute(_DROP_SHARED, {"key": ADVISORY_KEY})

    def _is_waited_for(self) -> bool:
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._waited_for = bool(self._connection.execute(_IS_WAITED_FOR, {"key": ADVISORY_KEY}).scalar())
            self._looked = time.monotonic()
        return self._waited_for


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
