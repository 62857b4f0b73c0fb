"""The feeds that collecting is measured with, and the server that gives them.

They are made, served and changed by a program beside the repository (`../shared/workload/wl.py`, or what
NYHETSFLODE_WORKLOAD names): some hundreds or thousands of deterministic feeds of 20 entries and 57 kB, each at a
loopback address of its own, by nginx with validators.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PROGRAM = Path(os.environ.get("NYHETSFLODE_WORKLOAD", REPOSITORY.parent / "shared" / "workload" / "wl.py"))


class Workload:
    """The feeds in FOLDER."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def urls(self) -> list[str]:
        return self._does("urls").split()

    def churn(self) -> None:
        """One new entry in one of twenty feeds."""
        self._does("mutate", "churn")

    def reset(self) -> None:
        """Back to the beginning."""
        self._does("reset")

    def expected(self) -> set[tuple[str, str]]:
        """The address and the title of every entry that whoever read all phases must have."""
        feeds = map(json.loads, self._does("expect").splitlines())
        return {(entry["url"], entry["title"]) for feed in feeds for entry in feed["entries"]}

    @contextmanager
    def served(self) -> Iterator[None]:
        self._does("start")
        try:
            yield
        finally:
            self._does("stop")

    def _does(self, *arguments: str) -> str:
        return _run(arguments[0], str(self._folder), *arguments[1:])


def generated(folder: Path, feeds: int) -> Workload:
    """A workload of FEEDS in FOLDER. SystemExit says what is missing where there is no program for it."""
    if not PROGRAM.exists():
        raise SystemExit(f"{PROGRAM} is not there; put the address of wl.py into NYHETSFLODE_WORKLOAD")
    _run("gen", str(folder), "-n", str(feeds))
    # nginx reads as nobody, to whom temporary folders are closed.
    folder.parent.chmod(0o755)
    return Workload(folder)


def _run(*arguments: str) -> str:
    # nginx stands where only administrators look for programs.
    paths = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    command = [sys.executable, str(PROGRAM), *arguments]
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | {"PATH": paths}
    ).stdout
