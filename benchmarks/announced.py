"""How well events are found in Swedish text: precision and recall on the labelled half that no rule was made from.

    python -m benchmarks.announced [--seen]

An event counts as right when its start is the labelled one; places and ends are told beside.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from aggregator.model import SWEDEN, Event
from aggregator.sources.announced import event_in

SETS = Path(__file__).parent.parent / "tests" / "sources"


def lines_of(name: str) -> list[list[str]]:
    text = (SETS / f"announced_{name}.txt").read_text(encoding="utf-8")
    return [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]


def when(told: str) -> datetime | date | None:
    if told == "-":
        return None
    if "T" not in told:
        return date.fromisoformat(told)
    return datetime.fromisoformat(told).replace(tzinfo=SWEDEN).astimezone(UTC)


def found_in(line: list[str]) -> Event | None:
    """What is found when the text came out at noon of its day."""
    noon = datetime.combine(date.fromisoformat(line[0]), time(8), SWEDEN)
    return event_in(line[1], line[2], noon)


@dataclass
class Score:
    """How many of the WANTED events were found right, and how many found that are none; of the right, what else is."""

    texts: int = 0
    wanted: int = 0
    right: int = 0
    wrong: int = 0
    ends: int = 0
    places: int = 0
    told: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.wanted, 1)


def score(name: str) -> Score:
    counted = Score()
    for line in lines_of(name):
        label, found = when(line[3]), found_in(line)
        counted.texts += 1
        counted.wanted += label is not None
        if found is None:
            continue
        is_right = found.start == label
        counted.right += is_right
        counted.wrong += not is_right
        if is_right and line[4] != "?":
            counted.told += 1
            counted.ends += found.end == when(line[4])
            counted.places += found.place == line[5].replace("-", "")
    return counted


def main() -> None:
    found = score("seen" if "--seen" in sys.argv else "hidden")
    print(f"{found.texts} texts, {found.wanted} of them events: {found.right} found, {found.wrong} found wrongly")
    print(f"precision {found.precision:.1%}, recall {found.recall:.1%}")
    print(f"of those found: end right {found.ends / found.told:.1%}, place right {found.places / found.told:.1%}")


if __name__ == "__main__":
    main()
