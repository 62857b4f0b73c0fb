"""Entries that are known are not read again, and nothing that follows from a call is judged otherwise for that."""

import asyncio
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from conftest import HEAD, Configured, Site
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NOON

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.model import Item
from aggregator.storage import Storage, open_storage

HOUR = timedelta(hours=1)
WORDS = "Det är en lång text om att cykla i Mariestad, och den har många ord på svenska som alla känner till. " * 4
ENGLISH = "This is a text about the bikes of the town, and it is in English for all that we know of it. " * 6

TABLES = """
every = "1h"
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "{feed}"
"""


@dataclass(frozen=True)
class Post:
    guid: str
    title: str
    link: str
    text: str = WORDS
    days: int = 0

    def written(self) -> str:
        date = format_datetime(NOON - timedelta(days=self.days))
        return (
            f"<item><guid isPermaLink='false'>{self.guid}</guid><title>{self.title}</title><link>{self.link}</link>"
            f"<description>{self.text}</description><pubDate>{date}</pubDate></item>"
        )


def feed(*posts: Post, head: str = "") -> str:
    items = "".join(post.written() for post in posts)
    return (
        f"<rss version='2.0'><channel><title>T</title><link>https://cykel.example/</link>{head}{items}</channel></rss>"
    )


def post(number: int, **told: object) -> Post:
    return replace(Post(f"g{number}", f"Rubrik {number}", f"/{number}"), **told)  # type: ignore[arg-type]


def forgetting(storage: Storage) -> None:
    """As if no entry had ever been read: the whole document will be."""
    for source, visit in storage.visits().items():
        storage.keep(source, replace(visit, seen=b""))


def after(config: Config, documents: list[str], say: object, knowing: bool) -> tuple[list[Item], list[tuple[str, str]]]:
    """The items and open alarms after a round for each of DOCUMENTS."""
    with open_storage(config.store) as storage:
        for number, document in enumerate(documents):
            say(document)  # type: ignore[operator]
            if not knowing:
                forgetting(storage)
            asyncio.run(jobs.collect(config, storage, NOON + number * HOUR))
        items = sorted(storage.items(), key=lambda item: item.public_id)
        return items, [(alarm.kind, alarm.problem) for alarm in storage.alarms()]


def both(documents: list[str]) -> tuple[tuple[list[Item], list[tuple[str, str]]], ...]:
    """What comes of DOCUMENTS for one who knows what it has read, and for one who reads all of it every time."""
    told = []
    for knowing in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            path, file = Path(folder) / "feeds.toml", Path(folder) / "feed.xml"
            path.write_text(HEAD.format(store="news.db") + TABLES.format(feed="feed.xml"), encoding="utf-8")
            told.append(after(load(path), documents, file.write_text, knowing))
    return tuple(told)


TEN = [post(number, days=number) for number in range(10)]

HISTORIES = {
    "one more": [feed(*TEN), feed(post(11), *TEN)],
    "nothing but another date in the head": [feed(*TEN), feed(*TEN, head="<lastBuildDate>Tue</lastBuildDate>")],
    "one is told differently": [feed(*TEN), feed(replace(TEN[0], text="Rättad. " + WORDS), *TEN[1:])],
    "half of the ids are given anew": [
        feed(*TEN),
        feed(*[replace(told, guid=f"x{told.guid}") for told in TEN[:5]], *TEN[5:]),
    ],
    "all ids are given anew": [feed(*TEN), feed(*[replace(told, guid=f"x{told.guid}") for told in TEN])],
    "the same title and link under a second id": [feed(*TEN), feed(replace(TEN[0], guid="y"), *TEN)],
    "an id that another has already": [feed(*TEN), feed(*TEN, post(12, guid="g3"))],
    "two with one id, and the first is gone": [feed(TEN[0], post(1, guid="g0")), feed(post(1, guid="g0"))],
    "one that is told twice": [feed(*TEN, TEN[0]), feed(*TEN, TEN[0], replace(TEN[0], text="Annat. " + WORDS))],
    "the old ones in another language": [feed(*TEN), feed(*TEN, head="<language>en</language>")],
    "new ones in another language": [
        feed(*TEN),
        *(feed(*[post(20 + n, text=ENGLISH) for n in range(more)], *TEN[: 10 - more]) for more in (1, 3, 6, 9)),
    ],
    "new ones that are short": [
        feed(*TEN),
        *(feed(*[post(20 + n, text="Kort.") for n in range(more)], *TEN[: 10 - more]) for more in (1, 3, 6, 9)),
    ],
    "one in the future, then not": [
        feed(*TEN),
        feed(post(30, days=-9), *TEN),
        feed(post(31), post(30, days=-9), *TEN),
        feed(post(31), *TEN),
    ],
    "most are gone, then back": [feed(*TEN), feed(*TEN[:2]), feed(*TEN)],
    "none is left, then all": [feed(*TEN), feed(), feed(*TEN)],
    "a flood": [feed(*TEN), feed(*TEN, *[post(100 + number, days=90) for number in range(30)])],
    "an end that is missing": [feed(*TEN), feed(post(11), *TEN)[:-400], feed(post(11), *TEN)],
}


@pytest.mark.parametrize("documents", HISTORIES.values(), ids=HISTORIES)
def test_what_follows_is_what_would_follow_from_the_whole(documents: list[str]) -> None:
    knowing, reading_all = both(documents)
    assert knowing == reading_all


POSTS = st.builds(
    Post,
    guid=st.sampled_from(["g1", "g2", "g3", "g4"]),
    title=st.sampled_from(["Rubrik 1", "Rubrik 2", "Rubrik 3"]),
    link=st.sampled_from(["/1", "/2", "/3"]),
    text=st.sampled_from([WORDS, WORDS + "Mer.", "Kort."]),
    days=st.integers(0, 2),
)


@given(st.lists(st.lists(POSTS, max_size=5), min_size=2, max_size=4))
@settings(max_examples=40)
def test_however_a_feed_confuses_its_entries_they_become_the_same_items(rounds: list[list[Post]]) -> None:
    knowing, reading_all = both([feed(*posts) for posts in rounds])
    assert knowing[0] == reading_all[0]


def test_what_is_remembered_is_eight_bytes_an_entry_of_the_last_reading(configured: Configured, site: Site) -> None:
    config = configured(TABLES.format(feed=f"{site.url}/feed"))
    with open_storage(config.store) as storage:
        for number, posts in enumerate((TEN, [post(50), *TEN[:4]])):
            site.says("/feed", feed(*posts))
            asyncio.run(jobs.collect(config, storage, NOON + number * HOUR))
            assert len(storage.visits()["cykel/feed"].seen) == 8 * len(posts)


def test_a_source_that_moves_is_read_whole(configured: Configured, site: Site) -> None:
    config = configured(TABLES.format(feed=f"{site.url}/feed"))
    site.says("/feed", feed(*TEN))
    with open_storage(config.store) as storage:
        asyncio.run(jobs.collect(config, storage, NOON))
        assert storage.visits()["cykel/feed"].at("https://annan.example/").seen == b""
