"""How well it is known who tells the same story, and how fast: `python -m benchmarks.stories [--write]`.

With --write, the table in docs/newsfeeds.md is made anew.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

from aggregator.matching.stories import Telling, bond_between
from aggregator.model import SWEDEN, Entry, Event, Finding, Item

REPOSITORY = Path(__file__).parent.parent
PAIRS = REPOSITORY / "tests" / "matching"
DOCS = REPOSITORY / "docs" / "newsfeeds.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings, in a case of that shape, and whether they tell the same story."""

    shape: str
    one: Telling
    other: Telling
    same: bool

    @property
    def joined(self) -> bool:
        return bond_between(self.one, self.other) is not None


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs there are of one story and of two, how many of the first were found, and those that were not."""

    same: int
    different: int
    found: int
    false: tuple[Pair, ...]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.false))

    @property
    def recall(self) -> float:
        return self.found / self.same


def main() -> None:
    scores = {half: scored(half) for half in ("seen", "hidden")}
    table = "".join(_table(scores))
    if "--write" in sys.argv:
        text = DOCS.read_text(encoding="utf-8")
        DOCS.write_text(f"{text.split(BEGIN)[0]}{BEGIN}{table}{END}{text.split(END)[1]}", encoding="utf-8")
    sys.stdout.write(f"{table}\n{_speed()}")


def _table(scores: Mapping[str, Score]) -> Iterator[str]:
    yield "| half | pairs of one story | of two | found | false | precision | recall |\n|---|--:|--:|--:|--:|--:|--:|\n"
    for half, score in scores.items():
        counts = f"{score.same} | {score.different} | {score.found} | {len(score.false)}"
        yield f"| {half} | {counts} | {score.precision:.1%} | {score.recall:.1%} |\n"


def _speed() -> str:
    pairs = list(pairs_in("seen"))
    begun = perf_counter()
    traced = sum(len(Telling(pair.one.item).traces) for pair in pairs)
    between = perf_counter()
    for pair in pairs:
        bond_between(Telling(pair.one.item), Telling(pair.other.item))
    compared = (perf_counter() - between) / len(pairs)
    return (
        f"{1000 * (between - begun) / len(pairs):.2f} ms an item to trace it ({traced / len(pairs):.0f} traces each), "
        f"{1000 * compared:.2f} ms a pair to compare it\n"
    )


def pairs_in(half: str) -> Iterator[Pair]:
    """The pairs of that half: "seen" or "hidden"."""
    with (PAIRS / f"pairs_{half}.toml").open("rb") as file:
        cases = tomllib.load(file)["case"]
    for number, case in enumerate(cases):
        told = [(one["story"], Telling(_item(f"{number}-{place}", one))) for place, one in enumerate(case["told"])]
        for (story, one), (other_story, other) in combinations(told, 2):
            yield Pair(case["shape"], one, other, story == other_story)


def scored(half: str) -> Score:
    pairs = list(pairs_in(half))
    same = [pair for pair in pairs if pair.same]
    return Score(
        len(same),
        len(pairs) - len(same),
        sum(pair.joined for pair in same),
        tuple(pair for pair in pairs if pair.joined and not pair.same),
        tuple(pair for pair in same if not pair.joined),
    )


def _item(id: str, told: Mapping[str, Any]) -> Item:
    """Each is of a source of its own."""
    text, moment = told.get("text", ""), _moment(told["at"])
    html = text if text.startswith("<") or "<a " in text else "".join(f"<p>{line}</p>" for line in text.splitlines())
    entry = Entry(
        id=id,
        url=told.get("url", f"https://sida.example/{id}"),
        title=told.get("title", ""),
        html=html,
        published=moment,
        event=_event(told) if "starts" in told else None,
        form=told.get("form", "article"),
    )
    return Item(
        public_id=id,
        source=f"{id}/feed",
        actor=id,
        entry=entry,
        findings=tuple(Finding(code, "name") for code in told.get("codes", ())),
        aliases=frozenset(),
        date=moment,
        first_seen=moment,
        entered=moment,
    )


def _event(told: Mapping[str, Any]) -> Event:
    return Event(_when(told["starts"]), _when(told["ends"]) if "ends" in told else None, told.get("place", ""))


def _when(text: str) -> datetime | date:
    return _moment(text) if " " in text else date.fromisoformat(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN).astimezone(UTC)


if __name__ == "__main__":
    main()
