"""The shared queue, if several machines work from it: what waits, what is at work, what failed, and who works."""

from dataclasses import dataclass
from datetime import datetime

# Calls at the web; folders, which lie on some machine; what is published; and what keeps all of it going.
QUEUES = ("web", "folders", "press", "desk")


@dataclass(frozen=True, slots=True)
class Backlog:
    """The jobs of one kind: how many are `waiting`, at work (`doing`), waiting again after they failed (`retried`), and
    `dead`, since they failed each time."""

    kind: str
    waiting: int = 0
    doing: int = 0
    retried: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job that failed, and why; it `is_dead` if it is not tried again by itself soon."""

    job: str
    attempts: int
    is_dead: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that works from the queue: on which machine, when it was last seen, and by which feeds.toml it goes."""

    name: str
    begun: datetime
    seen: datetime
    config: str
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    backlogs: tuple[Backlog, ...]
    troubles: tuple[Trouble, ...]
    workers: tuple[Worker, ...]

    @property
    def disagreement(self) -> str:
        """What is to be said if workers go by feeds.toml files that differ, else empty."""
        configs: dict[str, list[str]] = {}
        for worker in self.workers:
            configs.setdefault(worker.config, []).append(worker.name)
        if len(configs) < 2:
            return ""
        told = "; ".join(f"{', '.join(names)} by {config}" for config, names in sorted(configs.items()))
        return f"the workers go by different feeds.toml, so that each undoes what the other says: {told}"

    @property
    def is_well(self) -> bool:
        return not self.disagreement and not any(backlog.dead for backlog in self.backlogs)
