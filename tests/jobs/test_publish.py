"""Publishing: every newsfeed has its files, and a file changes only with what it says."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from conftest import Configured
from icalendar import Calendar
from jinja2 import DictLoader, Environment
from made import AREA, NOON, SKAGERN, an_entry, an_item, cykel

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.errors import OutputError
from aggregator.jobs import Published
from aggregator.model import Alarm, Document, Event, Item, Visit
from aggregator.publishing import FORMATS, channels_of
from aggregator.publishing.pages import rendering
from aggregator.sources import FeedSource
from aggregator.storage import open_storage

TABLES = SKAGERN + AREA + cykel()

STATUS = {"status/index.html", "status/status.json", "status/atom.xml", "status/metrics.txt"}
HOUR = timedelta(hours=1)
NEWSFEEDS = 1 + 21 + 1 + 290

# Each newsfeed has these files; those that readers subscribe to, and those that show its newest articles.
SUBSCRIBED = ("rss.xml", "atom.xml", "feed.json")
SHOWING = (*SUBSCRIBED, "ninjs.json", "ttninjs.json", "index.html", "inbaddad.html", "utdrag.html")
ARCHIVE = ("arkiv/2026-11/rss.xml", "arkiv/2026-11/atom.xml")
SAMPLE = "redaktioner/index.html"
MONTH = "arkiv/2026-11/index.html"
PAGE = {f"nyhet/1/{name}" for name in ("index.html", "ninjs.json")}


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(TABLES)


def keep(config: Config, *items: Item) -> None:
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), items)


def publish(config: Config, hours: float = 0, full: bool = False) -> Published:
    with open_storage(config.store) as storage:
        return jobs.publish(config, storage, NOON + timedelta(hours=hours), full)


def files(config: Config) -> dict[str, bytes]:
    """What is published, as it is; what Pagefind makes of it is its own business."""
    found = (
        path
        for path in config.output.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.suffix not in (".gz", ".br")
    )
    named = {str(path.relative_to(config.output)): path for path in found}
    return {
        name: path.read_bytes() for name, path in named.items() if not name.startswith(("sok/pagefind/", ".manifest/"))
    }


def carrying(config: Config, words: str) -> set[str]:
    return {path for path, content in files(config).items() if words.encode() in content}


def test_every_newsfeed_has_its_files_also_where_nothing_happens(config: Config) -> None:
    assert publish(config).newsfeeds == NEWSFEEDS
    found = {path for path in files(config) if path not in STATUS}
    for channel in channels_of(config.nation, config.counties, config.networks, config.areas):
        assert {f"{channel.path}{name}" for name in FORMATS} <= found
    assert {path for path in files(config) if path.startswith("status/")} == STATUS
    common = {path for path in found if "/" not in path}
    pages, dress = {"index.html", "404.html"}, {"sida.css", "flode.css", "ikon.svg", "kopiera.js", "hitta.js", "sok.js"}
    assert common == {*pages, *dress, "floden.opml", "floden.json", "sitemap.xml", "robots.txt"}
    assert {f"{name}/index.html" for name in ("om", "integritet", "tillganglighet", "hitta", "sok")} <= found
    assert len([path for path in found if path.endswith("/floden.opml")]) == 21


def test_news_is_in_every_newsfeed_that_carries_its_place_under_one_id(config: Config) -> None:
    keep(config, an_item(entry=an_entry(title="Cykelfest")))
    publish(config)
    homes = ("vastra-gotaland/", "vastra-gotaland/mariestad/", "natverk/skagern/")
    archives = {f"{home}{name}" for home in (homes[0], homes[2]) for name in ARCHIVE}
    shown = {f"{home}{name}" for home in homes for name in (*SHOWING, MONTH)}
    assert carrying(config, "Cykelfest") == shown | archives | PAGE | {SAMPLE}
    under_its_id = {path for path in carrying(config, "tag:prov.example,2026:cykel/1<") if path.endswith(".xml")}
    assert under_its_id == archives | {f"{home}{name}" for home in homes for name in ("rss.xml", "atom.xml")}


def test_nothing_new_changes_no_file_and_no_time(config: Config) -> None:
    keep(config, an_item())
    publish(config)
    before = {path: path.stat().st_mtime_ns for path in config.output.rglob("*")}
    assert publish(config, hours=1) == Published(NEWSFEEDS, 0)
    assert publish(config, hours=1, full=True).changed == 0
    assert {path: path.stat().st_mtime_ns for path in config.output.rglob("*") if path.is_file()} == {
        path: time for path, time in before.items() if path.is_file()
    }


def test_one_new_item_changes_only_the_files_that_carry_it(config: Config) -> None:
    publish(config)
    before = files(config)
    keep(config, an_item(1, "2480"))
    told = publish(config)
    changed = {path for path, content in files(config).items() if before.get(path) != content}
    expected = {f"vasterbotten/{name}" for name in (*SHOWING, *ARCHIVE, MONTH)} | PAGE
    # The list of all newsfeeds and the map tell how much came out lately, the sitemap has a new month, search leads to
    # a county that had none before, newsrooms see the newest article, and the status tells how much its source gave
    # this week.
    status = {"status/index.html", "status/status.json"}
    assert changed == expected | status | {"floden.json", "index.html", "sitemap.xml", "sok/index.html", SAMPLE}
    assert told.changed == len(changed)
    keep(config, an_item(2, "2480"))
    before = files(config)
    publish(config)
    again = {path for path, content in files(config).items() if before.get(path) != content}
    assert again.isdisjoint({"sitemap.xml", "sok/index.html"})


def test_a_correction_arrives_under_the_same_id(config: Config) -> None:
    keep(config, an_item(entry=an_entry(title="Cykelfest")))
    publish(config)
    keep(config, replace(an_item(entry=an_entry(title="Cykelfest inställd")), corrected=NOON + timedelta(hours=1)))
    publish(config, hours=1)
    text = files(config)["vastra-gotaland/rss.xml"].decode()
    assert "Cykelfest inställd" in text
    assert "<atom:updated>2026-11-24T14:00:00+01:00</atom:updated>" in text
    assert text.count("tag:prov.example,2026:cykel/1<") == 1


def test_what_is_hidden_is_in_no_file(config: Config) -> None:
    keep(config, an_item(entry=an_entry(title="Cykelfest")))
    publish(config)
    keep(config, an_item(entry=an_entry(title="Cykelfest"), hidden="begärd av avsändaren"))
    publish(config)
    assert carrying(config, "Cykelfest") == set()


def test_nothing_that_was_published_disappears_without_a_word(config: Config) -> None:
    keep(config, an_item(1), an_item(2))
    publish(config)
    before = set(files(config))
    keep(config, an_item(1, hidden="begärd av avsändaren", withdrawn=NOON))
    publish(config, hours=1)
    assert set(files(config)) >= before
    assert b"tag:prov.example,2026:cykel/1" in files(config)["vastra-gotaland/mariestad/atom.xml"]
    assert b'<at:deleted-entry ref="tag:prov.example,2026:cykel/1"' in files(config)["vastra-gotaland/atom.xml"]
    for path in ("nyhet/1/ninjs.json", "vastra-gotaland/ninjs.json", "vastra-gotaland/ttninjs.json"):
        assert b'"pubstatus":"canceled"' in files(config)[path]


def test_where_an_article_was_taken_back_servers_find_a_mark_until_it_is_back(config: Config) -> None:
    mark = config.output / "nyhet/1/.gone"
    keep(config, an_item(1))
    publish(config)
    assert not mark.exists()
    keep(config, an_item(1, hidden="begärd av avsändaren", withdrawn=NOON))
    publish(config, hours=1)
    assert mark.exists()
    keep(config, an_item(1))
    publish(config, hours=2)
    assert not mark.exists()
    assert b"cykel/1" in files(config)["nyhet/1/index.html"]


def test_where_there_are_many_months_a_county_leads_back_through_them_all(config: Config) -> None:
    months = [NOON - timedelta(days=31 * back) for back in range(5)]
    keep(config, *(an_item(number, entered=moment, date=moment) for number, moment in enumerate(months)))
    publish(config)
    path, seen = "vastra-gotaland/atom.xml", []
    while path:
        feed = feedparser.parse(files(config)[path])
        assert not feed.bozo
        seen.append([entry.id for entry in feed.entries])
        earlier = [link.href for link in feed.feed.links if link.rel == "prev-archive"]
        path = earlier[0].removeprefix(config.site.url) if earlier else ""
    ids = [f"tag:prov.example,2026:cykel/{number}" for number in range(5)]
    assert seen == [ids, *([id] for id in ids)]
    assert not any(
        path.startswith("vastra-gotaland/mariestad/arkiv/") and path.endswith(".xml") for path in files(config)
    )


def test_a_renamed_actor_is_renamed_in_what_is_published(config: Config) -> None:
    keep(config, an_item())
    publish(config)
    config.path.write_text(
        config.path.read_text(encoding="utf-8").replace("Cykelvännerna", "Cykelfolket"), encoding="utf-8"
    )
    publish(load(config.path))
    assert carrying(config, "Cykelvännerna") == set()
    assert "vastra-gotaland/mariestad/index.html" in carrying(config, "Cykelfolket")


def test_a_file_that_was_lost_is_made_again(config: Config) -> None:
    publish(config)
    lost = config.output / "skane" / "lund" / "rss.xml"
    whole = lost.read_bytes()
    lost.unlink()
    assert publish(config).changed == 1
    assert lost.read_bytes() == whole


def test_a_store_and_an_output_built_anew_are_the_same_bytes(config: Config, tmp_path: Path) -> None:
    keep(config, *(an_item(number, date=NOON - timedelta(hours=number)) for number in range(60)))
    publish(config)
    again = replace(config, store=str(tmp_path / "again.db"), output=tmp_path / "again")
    keep(again, *(an_item(number, date=NOON - timedelta(hours=number)) for number in reversed(range(60))))
    publish(again)
    assert files(again) == files(config)


def test_a_visit_that_brings_nothing_changes_what_is_said_of_the_sources_and_no_other_file(config: Config) -> None:
    keep(config, an_item())
    publish(config)
    before = files(config)
    with open_storage(config.store) as storage:
        visit = Visit("https://cykel.example/feed/", NOON + HOUR, since=NOON, visited=NOON, succeeded=NOON)
        storage.keep("cykel/feed", visit)
    assert publish(config).changed == 3
    after = files(config)
    assert {path for path in after if after[path] != before[path]} == STATUS - {"status/atom.xml"}
    assert publish(config, hours=1).changed == 0


def test_an_alarm_comes_into_the_operators_newsfeed_when_it_opens_and_when_it_is_over(config: Config) -> None:
    alarm = Alarm("cykel/feed", "silent", "has had no news", NOON)
    publish(config)
    with open_storage(config.store) as storage:
        storage.keep_alarms([alarm])
    assert publish(config).changed == len(STATUS)
    assert files(config)["status/atom.xml"].count(b"<entry>") == 1
    with open_storage(config.store) as storage:
        storage.keep_alarms([alarm.over(NOON + HOUR)])
    assert publish(config).changed == len(STATUS)
    assert files(config)["status/atom.xml"].count(b"<entry>") == 2
    assert "ovanligt tyst" not in files(config)["status/index.html"].decode()


def test_a_lost_status_page_is_made_again(config: Config) -> None:
    publish(config)
    (config.output / "status" / "index.html").unlink()
    assert publish(config).changed == 1


def test_the_operators_newsfeed_is_no_newsfeed_of_a_place(config: Config) -> None:
    publish(config)
    assert not [path for path, text in files(config).items() if path.endswith(".opml") and b"status/" in text]


@pytest.mark.parametrize("name", ["index.html", "floden.opml", "sida.css", "skane/floden.opml"])
def test_a_common_file_that_was_lost_is_made_again_too(config: Config, name: str) -> None:
    publish(config)
    whole = (config.output / name).read_bytes()
    (config.output / name).unlink()
    assert publish(config).changed == 1
    assert (config.output / name).read_bytes() == whole


def test_a_newsfeed_that_is_no_more_is_told_of(config: Config) -> None:
    publish(config)
    text = config.path.read_text(encoding="utf-8")
    config.path.write_text(text.replace("[network.skagern]", "[network.kanal]"), encoding="utf-8")
    assert publish(load(config.path)).left == ("natverk/skagern/",)


def test_an_event_at_the_end_of_time_stops_nothing(config: Config) -> None:
    feed = """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item><title>Evigt</title>
    <link>https://cykel.example/1</link><ev:startdate>9999-12-31T23:59:00Z</ev:startdate></item></channel></rss>"""
    document = Document("https://cykel.example/feed/", feed.encode())
    [entry] = FeedSource(feed=document.location).read(document).entries
    assert entry.event is None
    keep(config, an_item(entry=entry))
    assert publish(config).changed > 0


def test_a_missing_template_is_named_and_what_was_published_stays(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(config)
    before = files(config)
    monkeypatch.setattr(rendering, "_template", Environment(loader=DictLoader({}), autoescape=True).get_template)
    keep(config, an_item())
    with pytest.raises(OutputError, match=r"the template status.html is missing"):
        publish(config)
    after = files(config)
    assert {path: after[path] for path in before} == before
    monkeypatch.undo()
    publish(config)
    assert "vastra-gotaland/rss.xml" in carrying(config, "Ny cykelbana")


def test_the_status_page_tells_how_many_items_came_each_week(config: Config) -> None:
    keep(config, an_item(1), an_item(2, date=NOON - timedelta(weeks=25)), an_item(3, date=NOON - timedelta(weeks=26)))
    publish(config)
    [source] = json.loads(files(config)["status/status.json"])["sources"]
    assert source["weeks"] == [1, *[0] * 23, 1, 0]


def test_the_list_tells_when_each_newsfeed_last_changed_also_of_those_that_did_not_now(config: Config) -> None:
    def told() -> dict[str, str]:
        listed = json.loads(files(config)["floden.json"])["newsfeeds"]
        return {each["path"]: each["updated"] for each in listed}

    keep(config, an_item())
    publish(config)
    before = told()
    assert (len(before), before["vastra-gotaland/"]) == (NEWSFEEDS, "2026-11-24T12:00:00Z")
    keep(config, an_item(2, "2480", entered=NOON + HOUR))
    publish(config, hours=1)
    assert told() == {**before, "vasterbotten/": "2026-11-24T13:00:00Z"}


def test_a_network_that_is_no_more_says_that_its_newsfeed_is_finished_until_it_is_back(config: Config) -> None:
    keep(config, an_item())
    publish(config)
    before = files(config)
    text = config.path.read_text(encoding="utf-8")
    config.path.write_text(text[: text.index("[network")] + text[text.index("[area") :], encoding="utf-8")
    assert publish(load(config.path)).left == ("natverk/skagern/",)
    told = json.loads(files(config)["natverk/skagern/feed.json"])
    assert told["expired"] is True
    assert [item["id"] for item in told["items"]] == [an_item().public_id]
    assert publish(load(config.path)).changed == 0
    config.path.write_text(text, encoding="utf-8")
    assert publish(load(config.path)).left == ()
    assert files(config)["natverk/skagern/feed.json"] == before["natverk/skagern/feed.json"]


def test_a_newsfeeds_page_leads_to_its_digests_and_they_lead_back(config: Config) -> None:
    keep(config, an_item())
    publish(config)
    publish(config, hours=24 * 7)
    page = files(config)["vastra-gotaland/index.html"].decode()
    assert '<a href="2026/v48/index.html">vecka\u00a048, 2026</a>' in page
    assert '<a href="2026/11-24/index.html">24\u00a0november 2026</a>' in page
    for name in ("2026/v48", "2026/11-24"):
        assert b'href="../../../vastra-gotaland/index.html"' in files(config)[f"vastra-gotaland/{name}/index.html"]


def test_an_event_has_a_file_for_ones_calendar_as_long_as_it_is_one(config: Config) -> None:
    entry = an_entry(event=Event(NOON + 24 * HOUR, place="Torget"))
    keep(config, an_item(1, entry=entry), an_item(2))
    publish(config)
    [appointment] = Calendar.from_ical(files(config)["nyhet/1/evenemang.ics"]).walk("VEVENT")
    assert (str(appointment["UID"]), str(appointment["LOCATION"])) == (an_item(1).public_id, "Torget")
    assert b'<a href="evenemang.ics" download>' in files(config)["nyhet/1/index.html"]
    assert "nyhet/2/evenemang.ics" not in files(config)
    keep(config, an_item(1, entry=replace(entry, event=None), corrected=NOON + HOUR))
    publish(config, hours=1)
    assert "nyhet/1/evenemang.ics" not in files(config)
