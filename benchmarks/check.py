"""How long it takes to check a feeds.toml with many actors: python -m benchmarks.check [ACTORS]."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator import places
from aggregator.config import load
from aggregator.errors import ConfigError

HEAD = """schema = 1
[site]
title = "Prov"
url = "https://prov.example/"
authority = "prov.example"
contact = "a@prov.example"
"""
ACTOR = """
[actor.a{number}]
name = "Förening {number}"
area = "{area}"
homepage = "https://a{number}.example/"
feed = "https://a{number}.example/feed/"
"""


def text_with(actors: int) -> str:
    areas = [place.name for place in places.all_places() if place.is_municipality]
    return HEAD + "".join(ACTOR.format(number=number, area=areas[number % len(areas)]) for number in range(actors))


def measured(path: Path) -> tuple[float, int]:
    """Seconds, and how many problems were found."""
    begun, problems = time.perf_counter(), 0
    try:
        load(path)
    except ConfigError as error:
        problems = len(error.problems)
    return time.perf_counter() - begun, problems


def main(actors: int) -> None:
    with TemporaryDirectory() as folder:
        path, right = Path(folder) / "feeds.toml", text_with(actors)
        for text in (right, right.replace("homepage", "homepge")):
            path.write_text(text, encoding="utf-8")
            seconds, problems = measured(path)
            print(f"{actors} actors, {problems} problems: {seconds:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
