"""Fifty hostile hosts among five hundred good ones: how much later are the good ones all read?

    python -m benchmarks.hostile

Each host has an address of its own on loopback and answers as the town of tests/conformance/ does. The good ones are
read once without the hostile ones and once with them, several times in turn; what counts is when the last good one was
read, and the middle of what was measured.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from conformance.answers import HELD_UP, HOSTILE, bombs, feed, says
from conformance.town import Ask, Manner, Town

from aggregator import jobs
from aggregator.config import load
from aggregator.storage import open_storage

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOOD, BAD, TIMES = 500, 50, 3
SLOWNESS = 0.3
HEAD = """
schema = 1
[site]
title = "Prov"
url = "https://prov.example/flode/"
authority = "prov.example"
contact = "redaktion@prov.example"
store = "news.db"
[collect]
timeout = "30s"
private_networks = ["127.0.0.0/8"]
"""


def main() -> int:
    kinds: dict[str, list[Manner]] = {
        "of every kind": [*HELD_UP.values(), *HOSTILE.values(), *bombs().values()],
        "that all drip": [HELD_UP["drips its head"], HELD_UP["drips its body"]],
    }
    with Town() as town:
        good = [town.host(_good(number)).url for number in range(GOOD)]
        bad = {
            kind: [town.host(manners[number % len(manners)]).url for number in range(BAD)]
            for kind, manners in kinds.items()
        }
        rounds = [{"": _seconds(good, []), **{kind: _seconds(good, bad[kind]) for kind in bad}} for _ in range(TIMES)]
    measured = {kind: [round[kind] for round in rounds] for kind in rounds[0]}
    alone = median(measured.pop(""))
    sys.stdout.write(f"{GOOD} good hosts alone: {alone:.2f} s (middle of {TIMES})\n")
    shares = {kind: median(seconds) / alone - 1 for kind, seconds in measured.items()}
    for kind, share in shares.items():
        sys.stdout.write(f"with {BAD} hostile ones {kind}: {median(measured[kind]):.2f} s, {share:+.1%}\n")
    sys.stdout.write("A fifth (+20 %) is allowed.\n")
    return int(max(shares.values()) > 0.2)


def _good(number: int) -> Manner:
    """A host that thinks for a while and then tells ten pieces of news."""
    answer = list(says(200, feed(*(f"Nyhet {number}-{n}" for n in range(10))))(Ask("", {}, "", 0)))
    return lambda ask: [SLOWNESS, *answer]


def _seconds(good: list[str], bad: list[str]) -> float:
    """When the last good host was read and kept, counted from the beginning of the round."""
    # Of every eleven sources one is hostile, so that they stand between the good ones, as they would in a feeds.toml.
    mixed = [
        url
        for number, first in enumerate(good)
        for url in (first, *(bad[number // 10 : number // 10 + 1] if number % 10 == 0 else []))
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.toml"
        path.write_text(HEAD + "".join(_actor(number, url) for number, url in enumerate(mixed)), encoding="utf-8")
        config = load(path)
        done: dict[str, float] = {}
        with open_storage(config.store) as storage:
            began = time.monotonic()
            asyncio.run(jobs.collect(config, storage, NOW, tell=_noting(done, began)))
    return max(done[f"a{number}/feed"] for number, url in enumerate(mixed) if url in set(good))


def _noting(done: dict[str, float], began: float) -> Callable[[jobs.Call], None]:
    return lambda call: done.update({call.source: time.monotonic() - began})


def _actor(number: int, url: str) -> str:
    return (
        f'[actor.a{number}]\nname = "Aktör {number}"\narea = "Mariestad"\nhomepage = "https://a{number}.example/"\n'
        f'feed = "{url}/feed"\n'
    )


if __name__ == "__main__":
    sys.exit(main())
