"""Whole rounds over many feeds, beside a peer and beside a bare limit: `python -m benchmarks.collect [--feeds N]`.

Three phases, each in turns in one run: COLD (all is new), IDLE (nothing is) and CHURN (one feed in twenty has one new
entry). Ours is `nyhetsflode run --once`: collected, tagged, compared, published. The peer is PyPI's `reader`, with one
worker and with twenty; the bare limit is benchmarks/bare.py. Every entry must have arrived with its title. Seconds are
of whole processes, and of all their children; for each, the middle of several rounds. `--write` puts the table and the
picture into docs/, `--json` writes what was measured for other programs.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Literal, get_args

from aggregator.places import municipalities
from benchmarks.picture import bars
from benchmarks.workload import Workload, generated

Phase = Literal["COLD", "IDLE", "CHURN"]
PHASES: tuple[Phase, ...] = get_args(Phase)
# Two hours apart, so that every feed is due again, on one day.
MOMENTS: Mapping[Phase, str] = {"COLD": "2026-11-22T08:00", "IDLE": "2026-11-22T10:00", "CHURN": "2026-11-22T12:00"}

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
PICTURE = DOCUMENT.with_name("collecting.svg")
BEGIN, END = "<!-- python -m benchmarks.collect --write -->\n", "<!-- end -->\n"

HEAD = """schema = 1
[site]
title = "Mätning"
url = "https://matning.example/"
authority = "matning.example"
contact = "redaktion@matning.example"
[collect]
private_networks = ["127.0.0.0/8"]
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of the processor, the most memory in MB, and what lies on the disk in MB."""

    wall: float
    processor: float
    peak: float
    kept: float = 0.0


class Ours:
    """The whole machine."""

    name = "nyhetsflode"

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        self._folder = folder
        everywhere = municipalities()
        actors = (
            f'[actor.a{number}]\nname = "Förening {number}"\narea = "{everywhere[number % len(everywhere)].name}"\n'
            f'homepage = "https://a{number}.example/"\nfeed = "{url}"\n'
            for number, url in enumerate(urls)
        )
        folder.mkdir()
        (folder / "feeds.toml").write_text("\n".join([HEAD, *actors]), encoding="utf-8")

    def empty(self) -> None:
        for name in ("store", "output"):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def does(self, phase: Phase) -> Took:
        return timed(self._command("run", "--once", "--quiet", "--at", MOMENTS[phase]), self._folder)

    def starts(self) -> Took:
        """What a round takes that has nothing to do."""
        return self.does("CHURN")

    def titles(self) -> set[tuple[str, str]]:
        lines = printed(self._command("items", "--json"), self._folder)
        return {(item["url"], item["title"]) for item in map(json.loads, lines)}

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "aggregator", *arguments]


class Other:
    """A program of benchmarks/ that takes the name of its database and the addresses."""

    def __init__(self, name: str, program: str, folder: Path, urls: Sequence[str], *arguments: str) -> None:
        self.name = name
        self._folder = folder
        self._urls = "\n".join(urls)
        self._command = [sys.executable, "-m", program, "database"]
        self._arguments = arguments
        folder.mkdir()

    def empty(self) -> None:
        for file in self._folder.iterdir():
            file.unlink()

    def does(self, phase: Phase) -> Took:
        return timed([*self._command, *self._arguments], self._folder, self._urls)

    def starts(self) -> Took:
        return timed([*self._command, *self._arguments], self._folder)

    def titles(self) -> set[tuple[str, str]]:
        return {(url, title) for url, title in map(json.loads, printed([*self._command, "--titles"], self._folder))}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write what was measured to this file")
    parser.add_argument("--write", action="store_true", help="put the table and the picture into docs/")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        workload = generated(Path(name, "workload"), given.feeds)
        collectors = collectors_in(Path(name), workload.urls())
        with workload.served():
            rounds = [dict(measured(workload, collectors)) for _ in range(given.rounds)]
    found = {key: middle([round[key] for round in rounds]) for key in rounds[0]}
    table = "\n".join(table_of(found, given.feeds)) + "\n"
    sys.stdout.write(table)
    if given.json:
        told = [
            {"collector": who, "phase": phase, "feeds": given.feeds, **asdict(took)}
            for (who, phase), took in found.items()
        ]
        given.json.write_text(json.dumps(told, indent=2), encoding="utf-8")
    if given.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        DOCUMENT.write_text(f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}", encoding="utf-8")
        speeds: dict[str, dict[str, float]] = {}
        for (who, phase), took in found.items():
            if phase in PHASES:
                speeds.setdefault(who, {})[phase] = given.feeds / took.wall
        PICTURE.write_text(bars(f"Feeds a second, {given.feeds} feeds", speeds), encoding="utf-8")
    return 0


def collectors_in(folder: Path, urls: Sequence[str]) -> list[Ours | Other]:
    return [
        Ours(folder / "ours", urls),
        Other("reader, 1 worker", "benchmarks.peer", folder / "reader1", urls, "1"),
        Other("reader, 20 workers", "benchmarks.peer", folder / "reader20", urls, "20"),
        Other("bare limit", "benchmarks.bare", folder / "bare", urls),
    ]


def measured(workload: Workload, collectors: Iterable[Ours | Other]) -> Iterator[tuple[tuple[str, str], Took]]:
    """Each phase of one round, collector by collector. SystemExit names who lost or made up an entry."""
    workload.reset()
    for phase in PHASES:
        if phase == "CHURN":
            workload.churn()
        for collector in collectors:
            if phase == "COLD":
                collector.empty()
            yield (collector.name, phase), collector.does(phase)
    expected = workload.expected()
    for collector in collectors:
        found = collector.titles()
        if found != expected:
            lost, more = len(expected - found), len(found - expected)
            raise SystemExit(f"{collector.name}: {lost} of {len(expected)} entries are missing, and {more} are others")
        yield (collector.name, "start"), collector.starts()


def timed(command: Sequence[str], folder: Path, given: str = "") -> Took:
    """What COMMAND takes in FOLDER, with GIVEN at its input. CalledProcessError if it fails."""
    before = perf_counter()
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, env=environment(), text=True) as process:
        assert process.stdin is not None
        process.stdin.write(given)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = perf_counter() - before
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Of the output, nothing is counted: what the others keep is a store.
    kept = sum(file.stat().st_size for file in folder.rglob("*") if "output" not in file.parts and file.is_file())
    return Took(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, kept / 1e6)


def printed(command: Sequence[str], folder: Path) -> list[str]:
    told = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True, env=environment())
    return told.stdout.splitlines()


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(DOCUMENT.parent.parent)}


def middle(times: Sequence[Took]) -> Took:
    return Took(*(median(getattr(took, name) for took in times) for name in Took.__slots__))


def table_of(found: Mapping[tuple[str, str], Took], feeds: int) -> Iterator[str]:
    yield f"| {feeds} feeds | phase | wall s | CPU s | feeds/s | peak MB | store MB |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for (who, phase), took in found.items():
        speed = f"{feeds / took.wall:.0f}" if phase != "start" else ""
        seconds = f"{took.wall:.2f} | {took.processor:.2f}"
        yield f"| {who} | {phase} | {seconds} | {speed} | {took.peak:.0f} | {took.kept:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
