"""How well events are found in Swedish text: precision and recall on the labelled half that no rule was made from.

    python -m benchmarks.announced [--seen]

An event counts as right when its start is the labelled one; places and ends are told beside.
"""

import sys
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


def main() -> None:
    seen = "--seen" in sys.argv
    lines = lines_of("seen" if seen else "hidden")
    right = wrong = wanted = ends = places = 0
    for line in lines:
        label, found = when(line[3]), found_in(line)
        wanted += label is not None
        ok = found is not None and found.start == label
        right += ok
        wrong += found is not None and not ok
        if ok and found:
            ends += found.end == when(line[4])
            places += found.place == line[5].replace("-", "")
        if seen and (ok != (label is not None) or (found and not ok)):
            print(line[1:4], found and (found.start, found.end))
        elif seen and ok and found and (found.end != when(line[4]) or found.place != line[5].replace("-", "")):
            print("   ", line[2][:110], "|", line[5], "|", found.place, "|", found.address, found.end and "end")
    print(f"{len(lines)} texts, {wanted} of them events: {right} found, {wrong} found wrongly")
    print(f"precision {right / max(right + wrong, 1):.1%}, recall {right / wanted:.1%}")
    print(f"of those found: end right {ends / max(right, 1):.1%}, place right {places / max(right, 1):.1%}")


if __name__ == "__main__":
    main()
