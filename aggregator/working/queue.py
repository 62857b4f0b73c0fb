"""The jobs that wait in the queue: what each is called, which lock it holds, and who takes it first."""

from dataclasses import dataclass, field

from procrastinate.jobs import Job

from aggregator.model import QUEUES, Source
from aggregator.sources import ExportSource, InboxSource

WEB, FOLDERS, PRESS, DESK = QUEUES

SWEEP, NEWS, CALL, PUBLISH, DEPLOY = "sweep", "news", "call", "publish", "deploy"

_QUEUES = {SWEEP: DESK, NEWS: DESK, CALL: WEB, PUBLISH: PRESS, DEPLOY: PRESS}

# Those with the higher number come first: nothing is published late because many sources are due.
_PRIORITIES = {SWEEP: 30, NEWS: 20, DEPLOY: 10, PUBLISH: 10, CALL: 0}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job that is to be done once, soon: what, and of what. Only one with its `lock` is at work at any time."""

    task: str
    of: dict[str, str] = field(default_factory=dict)
    lock: str = ""
    queue: str = ""

    def job(self) -> Job:
        lock = self.lock or self.task
        return Job(
            queue=self.queue or _QUEUES[self.task],
            lock=lock,
            queueing_lock=lock,
            task_name=self.task,
            task_kwargs=dict(self.of),
            priority=_PRIORITIES[self.task],
        )


def call_of(source: Source) -> Wanted:
    is_folder = isinstance(source, ExportSource | InboxSource)
    return Wanted(CALL, {"source": source.id}, f"source:{source.id}", FOLDERS if is_folder else WEB)


def publishing_of(group: str) -> Wanted:
    return Wanted(PUBLISH, {"group": group}, f"publish:{group}")
