"""A newsroom pulls over HTTP, as its programs do: what is new, what was corrected, and what is to be taken out."""

import asyncio
import json
from calendar import timegm
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
from conftest import Configured, Site
from lxml import etree
from made import NOON
from readers import in_rome, in_wordpress, needs_rome, needs_wordpress

from aggregator import jobs
from aggregator.config import Config
from aggregator.serving import Address, Folder, served
from aggregator.storage import open_storage

HOUR = timedelta(hours=1)
WORDS = "Hemligheten"

TABLES = """
[network.skagern]
title = "Skagernbladets område"
municipalities = ["Mariestad"]

[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "{feed}"
"""
NEWSFEED = "natverk/skagern/"
PULLED = [
    *(f"{NEWSFEED}{name}" for name in ("rss.xml", "atom.xml", "feed.json", "ninjs.json", "ttninjs.json")),
    *(f"{NEWSFEED}{name}" for name in ("rattelser.xml", "rattelser-ninjs.json", "rattelser-ttninjs.json")),
    "redaktioner/rattelser.xml",
]


class Newsroom:
    """Asks as a well-behaved program does: only for what is other than what it has."""

    def __init__(self, web: httpx.Client) -> None:
        self._web = web
        self._tags: dict[str, str] = {}
        self._held: dict[str, bytes] = {}

    def pull(self, path: str) -> int:
        known = {"If-None-Match": self._tags[path]} if path in self._tags else {}
        answer = self._web.get(path, headers=known)
        if answer.status_code == 200:
            self._tags[path], self._held[path] = answer.headers["ETag"], answer.content
        return answer.status_code

    def pull_all(self) -> dict[int, set[str]]:
        told: dict[int, set[str]] = {}
        for path in PULLED:
            told.setdefault(self.pull(path), set()).add(path)
        return told

    def held(self, name: str) -> bytes:
        return self._held[f"{NEWSFEED}{name}"]

    def hits(self, name: str = "ninjs.json") -> dict[str, dict[str, str]]:
        return {hit["uri"]: hit for hit in json.loads(self.held(name))["hits"]}

    def entries(self, name: str = "rss.xml") -> dict[str, feedparser.FeedParserDict]:
        feed = feedparser.parse(self.held(name))
        assert not feed.bozo
        return {entry.id: entry for entry in feed.entries}


def a_feed(title: str = f"{WORDS} om cykelvägen") -> str:
    return f"""<rss version="2.0"><channel><title>Cykel</title>
<item><title>{title}</title><guid>1</guid><link>https://cykel.example/1</link>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>{WORDS} står här</description></item>
<item><title>Nytt i Mariestad</title><guid>2</guid><link>https://cykel.example/2</link>
<pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def config(configured: Configured, site: Site) -> Config:
    config = configured(TABLES.format(feed=site.says("/feed", a_feed())))
    a_round(config)
    return config


@pytest.fixture
def web(config: Config) -> Iterator[httpx.Client]:
    with (
        served(Folder(config.output, config.site.url), Address(port=0)) as at,
        httpx.Client(base_url=f"http://{at.host}:{at.port}") as web,
    ):
        yield web


@pytest.fixture
def newsroom(web: httpx.Client) -> Newsroom:
    newsroom = Newsroom(web)
    assert newsroom.pull_all() == {200: set(PULLED)}
    return newsroom


def a_round(config: Config, hours: int = 0) -> None:
    now = NOON + hours * HOUR
    with open_storage(config.store) as storage:
        asyncio.run(jobs.collect(config, storage, now, list(config.sources.values())))
        jobs.publish(config, storage, now)


def secret(newsroom: Newsroom) -> str:
    """The id of the item that is corrected and taken down."""
    [id] = (id for id, hit in newsroom.hits().items() if WORDS in hit["headline"])
    return id


def correct(config: Config, site: Site, hours: int) -> None:
    site.says("/feed", a_feed(f"{WORDS} om cykelvägen, rättad kl. {hours}"))
    a_round(config, hours)


def test_what_a_newsroom_has_is_not_sent_again(newsroom: Newsroom, config: Config) -> None:
    assert newsroom.pull_all() == {304: set(PULLED)}
    a_round(config, hours=1)
    assert newsroom.pull_all() == {304: set(PULLED)}


def test_a_correction_comes_under_the_same_id_with_a_later_update(
    newsroom: Newsroom, config: Config, site: Site
) -> None:
    id, before = secret(newsroom), newsroom.entries()
    correct(config, site, hours=1)
    assert newsroom.pull_all() == {200: set(PULLED)}
    after = newsroom.entries()
    assert list(after) == list(before)
    assert after[id].title.endswith("rättad kl. 1")
    assert after[id].published_parsed == before[id].published_parsed
    assert after[id].updated_parsed > before[id].updated_parsed
    for name in ("ninjs.json", "ttninjs.json"):
        hit = newsroom.hits(name)[id]
        assert (hit["version"], hit["versioncreated"]) == ("2026-11-24T13:00:00Z", "2026-11-24T13:00:00Z")
        assert hit["ednote"].replace("\u00a0", " ").startswith("Rättad 24 november 2026 kl. 14.00: Rubriken är ändrad.")


def test_each_correction_is_told_once_for_good_with_what_changed(
    newsroom: Newsroom, config: Config, site: Site
) -> None:
    id = secret(newsroom)
    correct(config, site, hours=1)
    newsroom.pull_all()
    [(first, notice)] = newsroom.entries("rattelser.xml").items()
    assert notice.summary == f"Rubriken är ändrad. Nyhetens id: {id}"
    assert notice.link.startswith("https://prov.example/flode/nyhet/")
    correct(config, site, hours=3)
    newsroom.pull_all()
    second, again = newsroom.entries("rattelser.xml").values()
    assert (second.id != first, again.id) == (True, first)
    assert (again.published, again.summary) == (notice.published, notice.summary)
    assert list(newsroom.hits("rattelser-ninjs.json")) == [id]
    a_round(config, hours=24 * 61)
    newsroom.pull_all()
    assert newsroom.entries("rattelser.xml") == {}


def test_a_take_down_comes_as_a_tombstone_and_as_canceled_and_its_page_is_gone(
    newsroom: Newsroom, config: Config, site: Site, web: httpx.Client
) -> None:
    id = secret(newsroom)
    correct(config, site, hours=1)
    [page] = (link for link in [json.loads(newsroom.held("feed.json"))["items"][1]["_koso"]["page"]])
    assert web.get(page.removeprefix(config.site.url)).status_code == 200
    with open_storage(config.store) as storage:
        jobs.take_down(config, storage, id, "asked for", "eva", NOON + 2 * HOUR)
    assert newsroom.pull_all() == {200: set(PULLED)}
    assert not [path for path in PULLED if WORDS.encode() in newsroom._held[path]]
    [tombstone] = etree.fromstring(newsroom.held("atom.xml")).iterfind("{*}deleted-entry")
    assert tombstone.get("ref") == id
    for name in ("ninjs.json", "ttninjs.json", "rattelser-ninjs.json", "rattelser-ttninjs.json"):
        assert newsroom.hits(name)[id]["pubstatus"] == "canceled"
    [notice] = newsroom.entries("rattelser.xml").values()
    assert notice.title == "Tillbakadragen nyhet"
    assert notice.link == page
    for name in ("", "index.html", "ninjs.json"):
        gone = web.get(f"{page.removeprefix(config.site.url)}{name}")
        assert (gone.status_code, WORDS in gone.text) == (410, False)


def test_a_take_down_of_the_only_news_of_a_newsfeed_is_told_too(newsroom: Newsroom, config: Config) -> None:
    with open_storage(config.store) as storage:
        for id in newsroom.hits():
            jobs.take_down(config, storage, id, "asked for", "eva", NOON + HOUR)
    newsroom.pull_all()
    assert [hit["pubstatus"] for hit in newsroom.hits().values()] == ["canceled", "canceled"]
    assert len(newsroom.entries("rattelser.xml")) == 2


@needs_rome
@needs_wordpress
@pytest.mark.parametrize("name", ["rss.xml", "rattelser.xml"])
def test_rome_and_wordpress_have_what_is_pulled(
    newsroom: Newsroom, config: Config, site: Site, tmp_path: Path, name: str
) -> None:
    correct(config, site, hours=1)
    newsroom.pull_all()
    path = tmp_path / "pulled.xml"
    path.write_bytes(newsroom.held(name))
    wanted = [(id, entry.link, timegm(entry.published_parsed)) for id, entry in newsroom.entries(name).items()]
    assert [(row[0], row[1], int(row[3])) for row in in_rome(path)] == wanted
    assert [(each["id"], each["link"], each["date"]) for each in in_wordpress(path)["items"]] == wanted
