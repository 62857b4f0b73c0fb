"""Collecting, over real HTTP: what comes in, what stays out, and when the next call is."""

import asyncio
import json
import sys
from datetime import datetime, timedelta

import pytest
from conftest import Configured, Site
from made import NOON

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.jobs import Call
from aggregator.model import Item, Visit
from aggregator.storage import open_storage

HOUR = timedelta(hours=1)

FEED = """<rss version="2.0"><channel><title>Cykel</title><link>{base}/</link>
<item><title>Ny cykelbana i Götene</title><link>/nytt?utm_source=rss</link><guid>1</guid>
<description>&lt;p&gt;Klar &amp;aring;r 2027.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
<pubDate>tisdagen den 24 november 2026 kl. 10.00</pubDate></item>
<item><title>Det kan vara bra att veta</title><link>/veta</link><guid>2</guid></item>
</channel></rss>"""


@pytest.fixture
def config(configured: Configured, site: Site) -> Config:
    site.says("/feed", FEED.format(base=site.url), ETag='"a"')
    return configured(
        f"""
        every = "1h"
        [actor.cykel]
        name = "Cykelvännerna"
        area = "Mariestad"
        homepage = "https://cykel.example/"
        feed = "{site.url}/feed"
        """
    )


def collect(config: Config, now: datetime = NOON) -> list[Call]:
    with open_storage(config.store) as storage:
        return asyncio.run(jobs.collect(config, storage, now))


def items(config: Config) -> dict[str, Item]:
    with open_storage(config.store) as storage:
        return {item.entry.title: item for item in storage.items()}


def visit(config: Config) -> Visit:
    with open_storage(config.store) as storage:
        return storage.visits()["cykel/feed"]


def test_news_goes_to_the_place_that_it_names_else_to_its_actors_area(config: Config) -> None:
    assert collect(config) == [Call("cykel/feed", new=2)]
    found = items(config)
    assert found["Ny cykelbana i Götene"].codes == {"1471"}
    assert found["Det kan vara bra att veta"].codes == {"1493"}


def test_what_is_kept_is_clean_whole_and_in_utc(config: Config, site: Site) -> None:
    collect(config)
    item = items(config)["Ny cykelbana i Götene"]
    assert (item.entry.url, item.entry.html) == (f"{site.url}/nytt", "<p>Klar år 2027.</p>")
    assert item.date == NOON.replace(hour=9)
    assert item.entry.published_raw == "tisdagen den 24 november 2026 kl. 10.00"


def test_a_missing_date_is_when_we_saw_it_and_stays_so(config: Config, site: Site) -> None:
    collect(config)
    site.says("/feed", FEED.format(base=site.url).replace("bra att", "mycket bra att"))
    collect(config, NOON + HOUR)
    item = items(config)["Det kan vara mycket bra att veta"]
    assert (item.date, item.first_seen) == (NOON, NOON)
    assert item.corrected
    assert item.corrected.replace(microsecond=0) == NOON + HOUR


def test_a_date_in_the_future_is_when_we_saw_it(config: Config, site: Site) -> None:
    site.says("/feed", FEED.format(base=site.url).replace("den 24 november 2026", "den 24 november 2036"))
    collect(config)
    assert items(config)["Ny cykelbana i Götene"].date == NOON


def test_the_second_call_asks_only_for_what_is_new(config: Config, site: Site) -> None:
    collect(config)
    assert collect(config) == [], "not due yet"
    assert collect(config, NOON + HOUR) == [Call("cykel/feed")]
    assert [headers.get("if-none-match") for _, headers in site.asked] == [None, '"a"']


def test_the_same_bytes_without_validators_are_not_read_again(config: Config, site: Site) -> None:
    site.says("/feed", FEED.format(base=site.url))
    collect(config)
    assert collect(config, NOON + HOUR) == [Call("cykel/feed")]
    assert visit(config).succeeded == NOON + HOUR


def test_a_source_that_moves_in_feeds_toml_is_asked_at_once_and_without_the_old_sites_validators(
    config: Config, site: Site
) -> None:
    collect(config)
    site.says("/nytt-flode", FEED.format(base=site.url))
    text = config.path.read_text(encoding="utf-8").replace("/feed", "/nytt-flode")
    config.path.write_text(text, encoding="utf-8")
    assert collect(load(config.path)) == [Call("cykel/feed")]
    path, headers = site.asked[-1]
    assert path == "/nytt-flode"
    assert "if-none-match" not in headers


def test_ids_are_the_same_in_a_store_that_was_built_anew(config: Config) -> None:
    collect(config)
    first = {item.public_id for item in items(config).values()}
    with open_storage(str(config.path.parent / "other.db")) as storage:
        asyncio.run(jobs.collect(config, storage, NOON + timedelta(days=3)))
        assert {item.public_id for item in storage.items()} == first


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"status": 500}, "answers 500 (Internal Server Error)"),
        ({"status": 404}, "answers 404 (Not Found)"),
        ({"body": b""}, "answers with nothing at all"),
        ({"body": b"\x00\x01\x02 rubbish"}, "is neither RSS, Atom nor JSON Feed"),
        ({"body": "<!doctype html><html><title>Hej</title></html>"}, "is a web page and no newsfeed"),
        ({"body": b'{"version": "1"}'}, "is JSON but no JSON Feed"),
        ({"body": b"<rss>" + b" " * 5_100_000}, "answers with more than 5,000,000 bytes"),
    ],
)
def test_what_a_source_answers_instead_of_news_is_named_and_nothing_of_it_is_kept(
    config: Config, site: Site, answer: dict[str, object], problem: str
) -> None:
    site.says("/feed", **answer)  # type: ignore[arg-type]
    [call] = collect(config)
    assert problem in call.problem
    assert problem in visit(config).problem
    assert items(config) == {}


def test_one_bad_source_costs_itself_only(configured: Configured, site: Site) -> None:
    site.says("/god", FEED.format(base=site.url))
    site.says("/dalig", "<html>")
    config = configured(
        "".join(
            f"""
            [actor.{name}]
            name = "{name}"
            area = "Mariestad"
            homepage = "https://{name}.example/"
            feed = "{site.url}/{name}"
            """
            for name in ("dalig", "god", "borta")
        )
    )
    assert {call.source: (call.new, bool(call.problem)) for call in collect(config)} == {
        "god/feed": (2, False),
        "dalig/feed": (0, True),
        "borta/feed": (0, True),
    }


def test_our_own_fault_costs_one_source_and_is_called_so(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["aggregator.tagging"], "judged", lambda *_: 1 / 0)
    [call] = collect(config)
    assert "which is our own fault: ZeroDivisionError" in call.problem


def test_a_failing_source_is_left_alone_for_longer_each_time_but_never_for_more_than_a_day(
    config: Config, site: Site
) -> None:
    site.says("/feed", status=500)
    now, pauses = NOON, []
    for _ in range(8):
        collect(config, now)
        pauses.append(round((visit(config).due - now) / HOUR))
        now = visit(config).due
    assert pauses == [2, 4, 8, 16, 24, 24, 24, 24]


def test_a_source_that_comes_back_is_well_again_at_once(config: Config, site: Site) -> None:
    site.says("/feed", status=500)
    collect(config)
    site.says("/feed", FEED.format(base=site.url))
    collect(config, NOON + timedelta(days=30))
    assert (visit(config).failures, visit(config).problem) == (0, "")
    assert visit(config).due == NOON + timedelta(days=30) + HOUR


def test_an_answer_that_could_not_be_read_leaves_the_validators_of_the_last_that_could(
    config: Config, site: Site
) -> None:
    collect(config)
    site.says("/feed", "<html>", ETag='"b"')
    collect(config, NOON + HOUR)
    assert visit(config).validators.etag == '"a"'


def test_a_json_feed_is_news_too(config: Config, site: Site) -> None:
    item = {"id": 7, "url": "/7", "title": "Träff i Töreboda", "content_text": "Kl. 18 < 19.\n\nVälkomna!"}
    site.says("/feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}))
    collect(config)
    entry = items(config)["Träff i Töreboda"].entry
    assert (entry.id, entry.url, entry.html) == ("7", f"{site.url}/7", "<p>Kl. 18 &lt; 19.</p><p>Välkomna!</p>")


def test_a_file_is_read_like_an_answer_and_only_when_it_has_changed(configured: Configured) -> None:
    config = configured(
        """
        [actor.cykel]
        name = "Cykelvännerna"
        area = "Mariestad"
        homepage = "https://cykel.example/"
        feed = "cykel.xml"
        """
    )
    file = config.path.parent / "cykel.xml"
    [call] = collect(config)
    assert call.problem.endswith("cykel.xml: there is no such file")
    file.write_text(FEED.format(base="https://cykel.example"), encoding="utf-8")
    assert collect(config, NOON + timedelta(days=1)) == [Call("cykel/feed", new=2)]
    assert collect(config, NOON + timedelta(days=2)) == [Call("cykel/feed")]


def test_a_renamed_actor_and_source_keep_their_news_and_its_ids(config: Config, site: Site) -> None:
    collect(config)
    before = {title: item.public_id for title, item in items(config).items()}
    text = config.path.read_text(encoding="utf-8")
    new = text.replace("[actor.cykel]", '[actor.hjul]\nwas = ["cykel"]').replace(
        "feed = ", '[actor.hjul.source.nytt]\nwas = "feed"\nfeed = '
    )
    config.path.write_text(new, encoding="utf-8")
    third = "<item><title>Ny</title><link>/ny</link><guid>3</guid></item></channel>"
    site.says("/feed", FEED.format(base=site.url).replace("</channel>", third))

    assert collect(load(config.path), NOON + HOUR) == [Call("hjul/nytt", new=1)]

    found = items(config)
    assert {title: found[title].public_id for title in before} == before
    assert {item.actor for item in found.values()} == {"hjul"}
    assert found["Ny"].public_id.startswith("tag:prov.example,2026:cykel/")
