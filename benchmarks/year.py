"""A year of a county: `python -m benchmarks.year [SOURCES [DAYS [STEP]]]` (300 sources, 365 days, a round every day).

Actors tell of something every third day or so, in files on this machine; a clock that moves by STEP days has real
rounds collect, tag, publish and put away. Texts are kept for 90 days here, so that a year shows what several do. Prints
for each month what was told, what the store holds of it (whole, and put away), how large the store and the output are,
and the CPU seconds of a round. Exit code 1 if anything that was told is missing, doubled, or not in one archive.
"""

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.model import month_of
from aggregator.publishing import folder_of
from aggregator.storage import Storage, open_storage
from benchmarks.county import WINDOW, Actor, actors_in

FIRST = datetime(2026, 1, 1, 5, tzinfo=UTC)
SOURCES, DAYS, STEP = 300, 365, 1
A_DAY = 0.3
WIDTHS = (8, 8, 8, 8, 8, 10, 11, 8, 7)


def main() -> int:
    given = [int(word) for word in sys.argv[1:]]
    sources, days, step = (*given, *(SOURCES, DAYS, STEP)[len(given) :])
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        actors = actors_in(folder, sources, "90d")
        config = load(folder / "feeds.toml")
        print(f"{sources} sources, {days} days, a round every {step} days, texts kept for 90 days")
        heads = ("month", "told", "kept", "whole", "away", "store MB", "output MB", "files", "CPU s")
        print("".join(f"{head:>{width}}" for head, width in zip(heads, WIDTHS, strict=True)))
        with open_storage(config.store) as storage:
            return lived(config, storage, actors, days, step)


def lived(config: Config, storage: Storage, actors: Sequence[Actor], days: int, step: int) -> int:
    random, costs = Random(1), list[float]()
    for day in range(0, days, step):
        now = FIRST + timedelta(days=day)
        for actor in actors:
            # No more than its file holds may come between two rounds.
            told = sum(random.random() < A_DAY for _ in range(step))
            for number in range(min(told, WINDOW)):
                actor.tell(now - timedelta(hours=1 + number))
            if told:
                actor.write()
        began = time.process_time()
        a_round(config, storage, now)
        costs.append(time.process_time() - began)
        if month_of(now) != month_of(now + timedelta(days=step)):
            tell(config, storage, actors, now, costs)
            costs.clear()
    return wrong(config, storage, actors)


def a_round(config: Config, storage: Storage, now: datetime) -> None:
    """What `run` does, in its order."""
    asyncio.run(jobs.collect(config, storage, now))
    jobs.take_effect(config, storage, now)
    jobs.publish(config, storage, now)
    jobs.put_away(config, storage, now)


def tell(config: Config, storage: Storage, actors: Sequence[Actor], now: datetime, costs: Sequence[float]) -> None:
    kept = [item.is_put_away for item in storage.items()]
    files = [path.stat().st_size for path in folder_of(config.output, "this").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in config.path.parent.glob("news.db*"))
    told = sum(len(actor.told) for actor in actors)
    output = f"{sum(files) / 1e6:.1f}"
    row = (month_of(now), told, len(kept), kept.count(False), kept.count(True), f"{size / 1e6:.1f}", output, len(files))
    cost = f"{sum(costs) / len(costs):.2f}"
    print("".join(f"{value:>{width}}" for value, width in zip((*row, cost), WIDTHS, strict=True)), flush=True)


def wrong(config: Config, storage: Storage, actors: Sequence[Actor]) -> int:
    """Whether anything that was told is not there once, and in its county's archives once."""
    told = sorted(f"https://a{actor.number}.example/{number}" for actor in actors for number in range(len(actor.told)))
    kept = sorted(item.entry.url for item in storage.items())
    output = folder_of(config.output, "this")
    archives = [path.read_text("utf-8") for path in output.glob("vastra-gotaland/arkiv/*/atom.xml")]
    leading = {story.leader.entry.url for story in storage.stories.changed(0)}
    found = [url for url in leading if sum(f'"{url}"' in archive for archive in archives) != 1]
    print(f"told {len(told)}, kept {len(kept)}, the same: {told == kept}; in not one archive: {len(found)}")
    return int(told != kept or bool(found))


if __name__ == "__main__":
    sys.exit(main())
