"""The street, timed on the example: `python -m benchmarks.street`.

Prints a table with the median of several runs and the bound that each must stay below. Exit code 1 if one does not.
Times are whole processes by the wall clock, so that starting Python is counted.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PYTHON = sys.executable
AT = ("--at", "2026-11-24T12:00")
ROUNDS = 5


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(REPOSITORY / "feeds.toml", folder)
        shutil.copytree(REPOSITORY / "examples", folder / "examples")
        rows = [
            ("importing the command line", 0.4, timed(lambda: None, [PYTHON, "-c", "import aggregator.cli"], folder)),
            ("run --once on the example, all new", 3.0, timed(lambda: empty(folder), command("run", "--once"), folder)),
            ("publish from an empty output", 10.0, timed(lambda: empty(folder, "output"), command("publish"), folder)),
            ("publish when nothing is new", 1.0, timed(lambda: None, command("publish"), folder)),
            ("for comparison: starting Python", 0.0, timed(lambda: None, [PYTHON, "-c", "pass"], folder)),
        ]
    width = max(len(what) for what, _, _ in rows)
    print(f"{'':{width}}  median s  at most s")
    for what, bound, median in rows:
        print(f"{what:{width}}  {median:8.2f}  {bound or '':>9}")
    return int(any(bound and median > bound for _, bound, median in rows))


def command(*arguments: str) -> list[str]:
    return [PYTHON, "-m", "aggregator", *arguments, *AT, "--quiet"]


def timed(prepare: Callable[[], None], command: list[str], folder: Path) -> float:
    """The median time of COMMAND in seconds, each time after PREPARE."""
    times = []
    for _ in range(ROUNDS):
        prepare()
        started = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def empty(folder: Path, *names: str) -> None:
    for name in names or ("output", "store"):
        shutil.rmtree(folder / name, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
