"""What the tables of Procrastinate say of the queue, for whoever looks; only `working/` works from it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session, col, delete, select

from aggregator.model import Backlog, Queue, Trouble, Worker
from aggregator.storage.tables import MetaRow

# Before the name of a worker, and before the lock of a job that failed, among what the store remembers.
WORKER, PROBLEM = "worker:", "problem:"

# Who has not been seen for so long is not at work.
LATELY = timedelta(minutes=5)

_COUNTS = text(
    "SELECT task_name, count(*) FILTER (WHERE status = 'todo' AND attempts = 0), "
    "count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'todo' AND attempts > 0), "
    "count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs "
    "WHERE status IN ('todo', 'doing', 'failed') GROUP BY task_name ORDER BY task_name"
)
_TROUBLES = text(
    "SELECT coalesce(lock, task_name), attempts, status = 'failed' FROM procrastinate_jobs "
    "WHERE status = 'failed' OR (status = 'todo' AND attempts > 0) ORDER BY id DESC LIMIT 20"
)


class Desk:
    """What the workers tell of themselves. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def queue(self, now: datetime) -> Queue | None:
        """The queue as it is; None if there is none."""
        if self._engine.dialect.name != "postgresql":
            return None
        with self._engine.connect() as connection:
            if not inspect(connection).has_table("procrastinate_jobs"):
                return None
            workers = tuple(
                _worker(name, told)
                for name, told in sorted(_remembered(connection, WORKER).items())
                if now - datetime.fromisoformat(json.loads(told)["seen"]) < LATELY
            )
            backlogs = tuple(Backlog(*row) for row in connection.execute(_COUNTS))
            problems = _remembered(connection, PROBLEM)
            troubles = tuple(
                Trouble(job, attempts, is_dead, problems.get(job, ""))
                for job, attempts, is_dead in connection.execute(_TROUBLES)
            )
        return Queue(backlogs, troubles, workers) if workers or backlogs else None

    def there(self) -> frozenset[str]:
        """The locks of the jobs that wait, are at work, or are dead."""
        asked = text(
            "SELECT lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') AND lock IS NOT NULL"
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(asked).scalars())

    def at_work(self, worker: Worker) -> None:
        """Note that WORKER was seen."""
        told = {
            "begun": worker.begun.isoformat(),
            "seen": worker.seen.isoformat(),
            "config": worker.config,
            "queues": list(worker.queues),
        }
        with Session(self._engine) as session, session.begin():
            session.merge(MetaRow(name=f"{WORKER}{worker.name}", value=json.dumps(told)))

    def gone(self, name: str) -> None:
        """Note that the worker called NAME is at work no more."""
        self._forget(f"{WORKER}{name}")

    def forget_lost(self, now: datetime) -> None:
        """Forget the workers that were not seen for a day."""
        with self._engine.connect() as connection:
            known = _remembered(connection, WORKER)
        for name, told in known.items():
            if now - datetime.fromisoformat(json.loads(told)["seen"]) > timedelta(days=1):
                self.gone(name)

    def failed(self, job: str, problem: str) -> None:
        """Note why JOB, which goes by its lock, failed."""
        with Session(self._engine) as session, session.begin():
            session.merge(MetaRow(name=f"{PROBLEM}{job}", value=problem))

    def went_well(self, job: str) -> None:
        """Forget why JOB failed before."""
        self._forget(f"{PROBLEM}{job}")

    def _forget(self, name: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.exec(delete(MetaRow).where(col(MetaRow.name) == name))


def _remembered(connection: Connection, kind: str) -> Mapping[str, str]:
    asked = select(MetaRow.name, MetaRow.value).where(col(MetaRow.name).startswith(kind, autoescape=True))
    return {name.removeprefix(kind): value for name, value in connection.execute(asked)}


def _worker(name: str, told: str) -> Worker:
    values = json.loads(told)
    begun, seen = (datetime.fromisoformat(values[key]) for key in ("begun", "seen"))
    return Worker(name, begun, seen, values["config"], tuple(values["queues"]))
