"""Workers as they are: processes that share a PostgreSQL, and hosts that see who calls at them, and when."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

# A worker whose heart beats so fast that a test need not wait for minutes; told to, it dies in the middle of something.
WORKER = """
import os, signal, sys
from pathlib import Path
from aggregator.cli.followed import Followed, load_or_last_good
from aggregator.cli.worker import work
from aggregator.model import QUEUES
from aggregator.publishing import folder
from aggregator.storage import keeping
from aggregator.working import Pulse

def dying(function, number):
    count = 0
    def until_then(*given):
        nonlocal count
        count += 1
        done = function(*given)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return until_then

path, dies, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if dies == "keep":
    keeping.keep_items = dying(keeping.keep_items, number)
if dies == "publish":
    folder.Folder.put = dying(folder.Folder.put, number)
pulse = Pulse(beat=0.5, dead=2, stop=10, sweep="* * * * * */2")
work(Followed(path, load_or_last_good(path)), QUEUES, True, pulse)
"""

PLACES = ("Mariestad", "Skövde", "Lund", "Sundsvall")
FOLDERS = ("vastra-gotaland/mariestad", "vastra-gotaland/skovde", "skane/lund", "vasternorrland/sundsvall")


@dataclass
class Hosts:
    """Hosts on this machine (127.0.0.1, 127.0.0.2 …), each with newsfeeds of two entries, and what they saw."""

    port: int = 0
    takes: float = 0.05
    calls: Counter[str] = field(default_factory=Counter)
    most_at_host: int = 0
    most_at_source: int = 0
    starts: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    told: Callable[[str], None] = lambda path: None


def titles(name: str) -> list[str]:
    return [f"Nytt nummer {name} {word}" for word in ("alfa", "beta")]


def feed(name: str, host: str) -> bytes:
    entries = "".join(
        f"<item><title>{title}</title><link>http://{host}/{name}/{number}</link><guid>{name}-{number}</guid>"
        f"<description>{title} om något helt eget: {name * 9}.</description></item>"
        for number, title in enumerate(titles(name))
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{entries}</channel></rss>".encode()


@dataclass
class Team:
    """Workers over one store, and the folder with their feeds.toml."""

    folder: Path
    store: str
    sources: int
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, dies: str = "", number: int = 0, file: str = "feeds.toml") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", WORKER, str(self.folder / file), dies, str(number)]
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        with log:
            self.workers.append(subprocess.Popen(command, cwd=self.folder, stderr=log, stdout=log, env=os.environ))
        return self.workers[-1]

    def stop(self) -> list[int]:
        """Ask all to stop, and say how they ended."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(60) for worker in self.workers]

    def asked(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.store) as connection:
            return connection.execute(question.encode()).fetchall()

    def published(self) -> bool:
        """Whether all newsfeeds say what they should by now."""
        return all(
            (found := self.folder / "output" / path / "rss.xml").exists()
            and all(found.read_bytes().count(f"<title>{each}".encode()) == 1 for each in self.titles_of(number))
            for number, path in enumerate(FOLDERS)
        )

    def titles_of(self, place: int) -> list[str]:
        return [title for name in range(self.sources) if name % len(PLACES) == place for title in titles(f"f{name}")]

    def logs(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))


def until(is_so: Callable[[], bool], team: Team, seconds: float = 150) -> None:
    """Wait; the time is only how long a failure takes to be one."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, team.logs() + str(team.asked("SELECT status, lock FROM procrastinate_jobs"))
        time.sleep(0.2)
