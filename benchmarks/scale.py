"""What very many sources would need, reckoned from what was measured: `python -m benchmarks.scale FILE [--write]`.

FILE is what `python -m benchmarks.workers --json` wrote. What nobody measured is assumed, as docs/scale.md says;
--write puts the tables there.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parent.parent / "docs" / "scale.md"
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Town:
    """How much there is; assumptions, of which each line of docs/scale.md says why."""

    name: str
    sources: int
    areas: int
    visits_a_day: float = 8.0
    news_a_day: float = 0.3
    years: float = 2.0
    peak: float = 2.0
    load: float = 0.6


@dataclass(frozen=True, slots=True)
class Costs:
    """What one thing took, in seconds of the processor and bytes."""

    idle_worker: float
    idle_database: float
    news_worker: float
    news_database: float
    idle_bytes: float
    news_bytes: float
    item_bytes: float
    source_bytes: float
    newsfeed: float


TOWNS = (
    Town("Sweden's actors", 2_000, 313),
    Town("all of a large country", 100_000, 10_000),
    Town("the order", 1_000_000, 100_000),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    told = json.loads(given.file.read_text(encoding="utf-8"))
    tables = {
        "measured": "\n".join(_measured(told)),
        "costs": "\n".join(_costs_table(costs_of(told))),
        "needed": "\n".join(_needed(costs_of(told))),
    }
    for table in tables.values():
        print(table, end="\n\n")
    if given.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        for name, table in tables.items():
            text = re.sub(f"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", f"{table}\n", text, flags=re.S)
        DOCUMENT.write_text(text, encoding="utf-8")
    return 0


def costs_of(told: Mapping[str, Any]) -> Costs:
    """What each thing costs, with one worker."""
    one = {figure["phase"]: figure for figure in told["figures"] if figure["workers"] == 1}
    idle, cold = one["IDLE"], one["COLD"]
    visits = idle["visits"]
    # In COLD, a feed brought so many entries; each cost an equal part of what it cost more than in IDLE.
    entries = told["entries"]
    return Costs(
        idle["cpu_workers"] / visits,
        idle["cpu_database"] / visits,
        (cold["cpu_workers"] - idle["cpu_workers"]) / visits / entries + idle["cpu_workers"] / visits,
        (cold["cpu_database"] - idle["cpu_database"]) / visits / entries + idle["cpu_database"] / visits,
        idle["received"] / visits,
        cold["received"] / visits,
        told["bytes_per_item"],
        told["bytes_per_source"],
        max(told["publish_COLD"] - told["publish_nothing"], 0) / NEWSFEEDS,
    )


# So many newsfeeds `publish` writes from an empty output.
NEWSFEEDS = 1 + 21 + 290


def _measured(told: Mapping[str, Any]) -> Iterator[str]:
    yield "| phase | workers | visits/s | ms of workers a visit | ms of PostgreSQL a visit | bytes a visit |"
    yield "|---|---|---|---|---|---|"
    for figure in told["figures"]:
        if figure["phase"] == "START":
            continue
        each = 1000 / figure["visits"]
        yield (
            f"| {figure['phase']} | {figure['workers']} | {figure['visits'] / figure['wall']:.1f} "
            f"| {figure['cpu_workers'] * each:.1f} | {figure['cpu_database'] * each:.1f} "
            f"| {figure['received'] / figure['visits']:,.0f} |"
        )


def _costs_table(costs: Costs) -> Iterator[str]:
    yield "| what | costs |"
    yield "|---|---|"
    idle = f"{_ms(costs.idle_worker)} of a worker, {_ms(costs.idle_database)} of PostgreSQL"
    yield f"| a visit that brings nothing | {idle}, {costs.idle_bytes:,.0f} bytes |"
    news = f"{_ms(costs.news_worker)} of a worker, {_ms(costs.news_database)} of PostgreSQL"
    yield f"| one with a new entry | {news}, {costs.news_bytes:,.0f} bytes |"
    yield f"| an item kept | {costs.item_bytes:,.0f} bytes of PostgreSQL, with its indexes |"
    yield f"| what is remembered of a source | {costs.source_bytes:,.0f} bytes |"
    yield f"| a newsfeed written in all formats, with months and articles | {_ms(costs.newsfeed)} of a worker |"


def _needed(costs: Costs) -> Iterator[str]:
    rows = [(town.name, _reckoned(town, costs)) for town in TOWNS]
    yield f"| | {' | '.join(name for name, _ in rows)} |"
    yield f"|---|{'---|' * len(rows)}"
    for what in rows[0][1]:
        yield f"| {what} | {' | '.join(reckoned[what] for _, reckoned in rows)} |"


def _reckoned(town: Town, costs: Costs) -> dict[str, str]:
    visits = town.sources * town.visits_a_day
    news = town.sources * town.news_a_day
    idle = visits - news
    # Each item changes its municipality's newsfeed, its county's and perhaps a network's; within a minute, they share.
    written = min(news * 3, town.areas * 24 * 60)
    cpu = idle * costs.idle_worker + news * costs.news_worker + written * costs.newsfeed
    database = idle * costs.idle_database + news * costs.news_database
    store = news * 365 * town.years * costs.item_bytes + town.sources * costs.source_bytes
    received = idle * costs.idle_bytes + news * costs.news_bytes
    return {
        "sources": f"{town.sources:,}",
        "areas with a newsfeed": f"{town.areas:,}",
        "visits a second, on average": f"{visits / DAY:,.1f}",
        "visits a second, at the busiest hour": f"{visits / DAY * town.peak:,.1f}",
        "new items a day": f"{news:,.0f}",
        "received a day": _bytes(received),
        "newsfeeds written a day": f"{written:,.0f}",
        "items kept": f"{news * 365 * town.years:,.0f}",
        "the store": _bytes(store),
        "it grows a day, until what is old goes": _bytes(news * costs.item_bytes),
        "processors for workers": _count(cpu / DAY * town.peak / town.load),
        "processors for PostgreSQL": _count(database / DAY * town.peak / town.load),
    }


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _count(processors: float) -> str:
    return "less than 1" if processors < 1 else f"{processors:.0f}"


def _bytes(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


if __name__ == "__main__":
    sys.exit(main())
