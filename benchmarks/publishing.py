"""Publishing, measured: `python -m benchmarks.publishing [ITEMS]` (120,000 items if none are named).

A generator that always makes the same fills a store with items over places, years and events. Then, in one process:
every newsfeed in every format from an empty output; the pages of articles, and a county's months, apart; five items
that changed, with all that follows from it; and nothing that changed. Prints seconds by the wall clock and of the
processor, and the most memory that was ever in use. Judge by the processor's, and by what one line takes compared to
another: machines are noisy.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from aggregator.config import Config, load
from aggregator.jobs.press import Press
from aggregator.jobs.publish import publish
from aggregator.model import Channel, Entry, Event, Finding, Image, Item, Kind, Visit
from aggregator.places import Place, municipalities
from aggregator.publishing import Output, channels_of
from aggregator.storage import Storage, open_storage

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
YEARS = 4
ACTORS = 2000
PAGES = 5000

HEAD = """
schema = 1

[site]
title = "Omställningsnyheter"
url = "https://nyheter.example/"
authority = "nyheter.example"
contact = "redaktion@nyheter.example"
publisher = "Redaktionen"
store = "news.db"
"""

WORDS = """cykel bana solceller delning verkstad odling granne buss tåg vind mat klimat möte kommun skola hus energi
lagning byte torg kurs natur vatten skog framtid tillsammans förening budget förslag arbete kväll hållbar omställning
återbruk kompost bibliotek frivillig insamling""".split()


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120_000
    with tempfile.TemporaryDirectory() as name:
        config = configured(Path(name))
        with open_storage(config.store) as storage:
            rows = list(measured(config, storage, count))
    width = max(len(what) for what, *_ in rows)
    print(f"{count} items, {ACTORS} actors")
    print(f"{'':{width}}  wall s   CPU s    files  peak MB")
    for what, wall, processor, files, peak in rows:
        print(f"{what:{width}}  {wall:6.2f}  {processor:6.2f}  {files:7}  {peak:7}")
    return 0


def measured(config: Config, storage: Storage, count: int) -> Iterator[tuple[str, float, float, int, int]]:
    yield timed("filling the store", lambda: fill(config, storage, count))
    with without("publish_articles", "publish_months"):
        yield timed("all newsfeeds, from an empty output", lambda: publish(config, storage, NOW).changed)
        yield timed("all newsfeeds, none of them other (--full)", lambda: publish(config, storage, NOW, True).changed)
    yield timed(f"the pages of {PAGES} articles", lambda: pages(config, storage))
    yield timed(f"the same {PAGES}, none of them other", lambda: pages(config, storage))
    yield timed("a county's months, days and weeks of four years", lambda: months(config, storage))
    yield timed("nothing changed", lambda: publish(config, storage, NOW).changed)
    change(storage, 5)
    yield timed("five items changed", lambda: publish(config, storage, NOW).changed)
    yield timed("nothing changed", lambda: publish(config, storage, NOW).changed)


def press_for(config: Config, storage: Storage, output: Output) -> tuple[Press, Sequence[Channel]]:
    channels = channels_of(config.nation, config.counties, config.networks, config.areas)
    return Press(config, storage, output, channels, NOW, since=0, full=False), channels


def pages(config: Config, storage: Storage) -> int:
    output = Output(config.output)
    press, _ = press_for(config, storage, output)
    everything = storage.stories.changed
    storage.stories.changed = lambda *given: islice(everything(*given), PAGES)  # type: ignore[method-assign]
    press.publish_articles()
    del storage.stories.changed
    output.finish()
    return output.changed


def months(config: Config, storage: Storage) -> int:
    output = Output(config.output)
    press, channels = press_for(config, storage, output)
    press.publish_months(next(channel for channel in channels if channel.path == "uppsala/"))
    return output.changed


class without:  # noqa: N801 - reads as a statement
    """The press with some of its work left out, so that the rest can be measured alone."""

    def __init__(self, *methods: str) -> None:
        self._methods = methods

    def __enter__(self) -> None:
        self._kept = {name: getattr(Press, name) for name in self._methods}
        for name in self._methods:
            setattr(Press, name, lambda *given: None)

    def __exit__(self, *error: object) -> None:
        for name, method in self._kept.items():
            setattr(Press, name, method)


def timed(what: str, work: Callable[[], int]) -> tuple[str, float, float, int, int]:
    began, processor = time.perf_counter(), time.process_time()
    files = work()
    took = time.perf_counter() - began, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {took[0]:.2f} s, {took[1]:.2f} s CPU, {files} files, {peak} MB", file=sys.stderr)
    return what, *took, files, peak


def configured(folder: Path) -> Config:
    """Two networks, some areas with everything, two thousand actors at home all over the country."""
    everywhere = municipalities()
    tables = [
        '[network.skagern]\ntitle = "Skagernbygden"\nmunicipalities = ["Mariestad", "Laxå", "Gullspång"]\n',
        '[network.malardalen]\ntitle = "Mälardalen"\nmunicipalities = ["Västerås", "Enköping", "Strängnäs"]\n',
    ]
    for place in everywhere[::3]:
        tables.append(f'[area.a{place.code}]\nmunicipality = "{place.name}"\ncontent = "extended"\n')
    for number in range(ACTORS):
        place = everywhere[number * 7 % len(everywhere)]
        tables.append(
            f'[actor.a{number}]\nname = "Förening {number}"\narea = "{place.name}"\n'
            f'homepage = "https://a{number}.example/"\nfeed = "https://a{number}.example/feed/"\n'
        )
    path = folder / "feeds.toml"
    path.write_text(HEAD + "\n".join(tables), encoding="utf-8")
    return load(path)


def fill(config: Config, storage: Storage, count: int) -> int:
    everywhere = municipalities()
    for first, source in enumerate(config.sources):
        random = Random(source)
        items = [item(random, number, source, everywhere) for number in range(first, count, len(config.sources))]
        storage.keep(source, Visit(), items)
    return count


def item(random: Random, number: int, source: str, everywhere: tuple[Place, ...]) -> Item:
    """One of five is an event; one of eight is about two places, one of thirty about none."""
    actor = source.partition("/")[0]
    home = everywhere[int(actor[1:]) * 7 % len(everywhere)]
    when = NOW - timedelta(minutes=random.randrange(YEARS * 365 * 24 * 60))
    places = [home, random.choice(everywhere)] if number % 8 == 0 else [] if number % 30 == 1 else [home]
    title = " ".join(random.choices(WORDS, k=7)).capitalize()
    text = " ".join(random.choices(WORDS, k=90)).capitalize()
    begins = (when + timedelta(days=random.randrange(60))).replace(minute=0, second=0)
    event = None
    if number % 5 == 0:
        event = Event(begins, begins + timedelta(hours=2), "Folkets hus") if number % 2 else Event(begins.date())
    image = Image(f"https://{actor}.example/{number}.jpg", "image/jpeg", "", "", 1200, 800, 99_000)
    entry = Entry(
        id=f"{number}",
        url=f"https://{actor}.example/{number}",
        title=title,
        html=f"<p>{text[:400]}</p><p>{text[400:]}</p>",
        categories=("Klimat", random.choice(WORDS)),
        published=when,
        image=image if number % 3 == 0 else None,
        event=event,
    )
    kind: Kind = "event" if event else "article"
    return Item(
        public_id=f"tag:nyheter.example,2026:{actor}/{number:012x}",
        source=source,
        actor=actor,
        entry=entry,
        findings=tuple(Finding(place.code, "name") for place in dict.fromkeys(places)),
        aliases=frozenset({f"guid:{number}"}),
        date=when,
        first_seen=when,
        entered=when + timedelta(minutes=20),
        kind=kind,
    )


def change(storage: Storage, count: int) -> None:
    """COUNT of the newest items get another title."""
    found = list(islice(storage.items(since=NOW - timedelta(days=1)), count))
    for each in found:
        entry = replace(each.entry, title=each.entry.title + " – nytt")
        storage.keep(each.source, Visit(), [replace(each, entry=entry, corrected=NOW)])


if __name__ == "__main__":
    sys.exit(main())
