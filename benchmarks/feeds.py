"""What it costs to read a feed of which we have seen all entries but one.

    python -m benchmarks.feeds

A feed of 20 entries and 57 KB is read whole, then with 19 entries known, then with all of them known. The three are
timed in turns, in processor time, so that what else the machine does touches them alike; read the ratios.
"""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

from aggregator.model import Document
from aggregator.sources import FeedSource

ENTRIES = 20
SIZE = 57_000
ROUNDS = 40

ADDRESS = "https://prov.example/feed/"
PARAGRAPH = (
    "<p>På lördag öppnar vi portarna till <a href='/verkstan'>verkstan</a> igen. Ta med cykeln, så hjälps vi åt att "
    "byta däck &amp; kedja. <strong>Alla är välkomna</strong>, också den som inte har någon cykel.</p>\n"
)


def item(number: int, length: int) -> str:
    text = PARAGRAPH * max(1, length // len(PARAGRAPH))
    return (
        f"<item><title>Nyhet nummer {number}</title><link>https://prov.example/{number}/</link>"
        f"<dc:creator><![CDATA[Maja Lind]]></dc:creator><pubDate>Tue, 24 Nov 2026 10:{number:02}:00 +0000</pubDate>"
        f"<category><![CDATA[Verkstad]]></category><guid isPermaLink='false'>https://prov.example/?p={number}</guid>"
        f"<description><![CDATA[{PARAGRAPH}]]></description>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>\n"
    )


def feed() -> bytes:
    """As WordPress writes one."""
    items = "".join(item(number, SIZE // ENTRIES - 700) for number in range(ENTRIES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        "<title>Cykelköket</title><link>https://prov.example/</link><language>sv-SE</language>"
        f"<sy:updatePeriod>hourly</sy:updatePeriod>{items}</channel></rss>"
    ).encode()


def seconds(read: Callable[[], object]) -> float:
    before = time.process_time()
    read()
    return time.process_time() - before


def main() -> None:
    content = feed()
    source = FeedSource(feed=ADDRESS)
    marks = source.read(Document(ADDRESS, content)).fingerprints
    cases = {
        "all are new": frozenset[bytes](),
        "one is new": frozenset(marks[1:]),
        "none is new": frozenset(marks),
    }
    told: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(ROUNDS):
        for name, seen in cases.items():
            told[name].append(seconds(partial(source.read, Document(ADDRESS, content, seen=seen))))
    whole = median(told["all are new"])
    print(f"{ENTRIES} entries, {len(content):,} bytes      median ms   share")
    for name, times in told.items():
        print(f"{name:32} {1000 * median(times):10.2f} {median(times) / whole:7.2f}")


if __name__ == "__main__":
    main()
