"""Aging: what is old loses its texts in the store and nothing else; what was published of it stays, and stays gone."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import Configured, Site
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.jobs import aging
from aggregator.model import Alarm, Item, Letter
from aggregator.publishing import edition
from aggregator.storage import Storage, open_storage

TABLES = """
[keep]
items = "{keep}"

[area.mariestad]
municipality = "Mariestad"
content = "extended"

[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"

[actor.cykel.source.feed]
feed = "{feed}"
publish = "full"
"""

ENTRY = """<item><title>{title}</title><guid>{guid}</guid><link>https://cykel.example/{guid}</link>
<pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>{text}</description></item>"""


@pytest.fixture(autouse=True)
def few_are_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is among the newest of a newsfeed is kept: with two, three are enough to see it."""
    monkeypatch.setattr(edition, "NEWEST", 2)


def a_feed(*entries: tuple[str, str, datetime], text: str = "Hemligheten om {}") -> str:
    told = "".join(
        ENTRY.format(title=title, guid=guid, date=date, text=text.format(title)) for guid, title, date in entries
    )
    return f'<rss version="2.0"><channel><title>Cykel</title>{told}</channel></rss>'


OLD = ("1", "Första nytt", NOON - timedelta(days=1))
NEW = [("2", "Andra nytt", NOON + timedelta(days=800)), ("3", "Tredje nytt", NOON + timedelta(days=801))]
LATER = NOON + timedelta(days=802)


def configured_for(configured: Configured, site: Site, store: str, keep: str = "1y") -> Config:
    return configured(TABLES.format(feed=site.url + "/feed", keep=keep), store=store)


def a_round(config: Config, storage: Storage, now: datetime) -> jobs.PutAway:
    asyncio.run(jobs.collect(config, storage, now, config.sources.values()))
    jobs.publish(config, storage, now)
    return jobs.put_away(config, storage, now)


def aged(config: Config, storage: Storage, site: Site) -> Item:
    """The old item, put away two years after it came in, when two others had come."""
    site.says("/feed", a_feed(OLD))
    a_round(config, storage, NOON)
    site.says("/feed", a_feed(OLD, *NEW))
    assert a_round(config, storage, LATER) == jobs.PutAway(1, "2028-02")
    [item] = storage.called("Första nytt")
    return item


def months_of(config: Config) -> list[Path]:
    return sorted((config.output / "vastra-gotaland").rglob("arkiv/2026-11/*.xml"))


def test_what_is_old_loses_its_text_and_keeps_its_id_its_address_and_its_place(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        item = aged(config, storage, site)
        assert item.is_put_away
        assert (item.entry.summary, item.entry.html, item.entry.url) == ("", "", "https://cykel.example/1")
        assert [(finding.code, finding.words) for finding in item.findings] == [("1493", "")]
        assert item.aliases
        assert item.first_seen == NOON
        whole = [each.entry.title for each in storage.items(whole=True)]
        assert whole == ["Tredje nytt", "Andra nytt"]
        assert jobs.first_open_month(storage) == "2028-02"


def test_nothing_old_comes_back_as_new_nor_is_its_text_kept_again(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        item = aged(config, storage, site)
        site.says("/feed", a_feed(OLD, *NEW, ("4", "Fjärde nytt", LATER)))
        [call] = asyncio.run(jobs.collect(config, storage, LATER, config.sources.values()))
        assert (call.new, call.changed) == (1, 0)
        assert storage.called("Första nytt") == [item]


def test_its_page_and_the_archive_of_its_month_stay_as_they_were_published(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        item = aged(config, storage, site)
        page = config.output / "nyhet" / item.public_id.rpartition("/")[2] / "index.html"
        before = {path: path.read_bytes() for path in (page, *months_of(config))}
        assert len(before) > 2
        assert all("Hemligheten om Första".encode() in content for content in before.values())
        jobs.publish(config, storage, LATER + timedelta(days=1), full=True)
        assert {path: path.read_bytes() for path in before} == before


def test_a_late_correction_makes_it_whole_again_under_its_id_and_the_next_day_it_is_put_away_again(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        item = aged(config, storage, site)
        page = config.output / "nyhet" / item.public_id.rpartition("/")[2] / "index.html"
        months = {path: path.read_bytes() for path in months_of(config)}
        site.says("/feed", a_feed(OLD, *NEW, text="Rättelsen av {}"))
        a_round(config, storage, LATER)
        [corrected] = storage.called("Första nytt")
        assert (corrected.public_id, corrected.entered) == (item.public_id, item.entered)
        assert not corrected.is_put_away
        assert "Rättelsen av Första".encode() in page.read_bytes()
        assert a_round(config, storage, LATER + timedelta(days=1)).items == 1
        assert storage.called("Första nytt")[0].is_put_away
        assert "Rättelsen av Första".encode() in page.read_bytes()
        assert {path: path.read_bytes() for path in months} == months


def test_a_take_down_reaches_what_was_put_away_and_the_archives_that_name_it(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        site.says("/feed", a_feed(OLD, ("0", "Nollte nytt", NOON - timedelta(days=2))))
        a_round(config, storage, NOON)
        site.says("/feed", a_feed(*NEW))
        a_round(config, storage, LATER)
        [item] = storage.called("Första nytt")
        assert item.is_put_away
        jobs.take_down(config, storage, item.public_id, "asked for", "eva", LATER + timedelta(days=1))
        files = [path for path in config.output.rglob("*") if path.suffix in (".html", ".xml", ".txt", ".eml", ".json")]
        assert not [path for path in files if "Första nytt".encode() in path.read_bytes()]
        assert all(b"Nollte nytt" in path.read_bytes() for path in months_of(config))


def test_an_output_that_was_lost_is_made_again_with_titles_and_links_of_what_was_put_away(
    configured: Configured, site: Site, store: str, tmp_path: Path
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        aged(config, storage, site)
        config.output.rename(tmp_path / "lost")
        jobs.publish(config, storage, LATER + timedelta(days=1))
        assert months_of(config)
        for path in months_of(config):
            assert b"https://cykel.example/1" in path.read_bytes()
            assert b"Hemligheten" not in path.read_bytes()


def test_what_newsfeeds_still_carry_among_their_newest_is_kept_whole(
    configured: Configured, site: Site, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "NEWEST", 3)
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        site.says("/feed", a_feed(OLD))
        a_round(config, storage, NOON)
        site.says("/feed", a_feed(OLD, *NEW))
        assert a_round(config, storage, LATER) == jobs.PutAway()


@pytest.mark.parametrize(("keep", "count"), [("for ever", 0), ("5y", 0), ("90d", 1)])
def test_how_long_texts_are_kept_is_for_feeds_toml_to_say(
    configured: Configured, site: Site, store: str, keep: str, count: int
) -> None:
    config = configured_for(configured, site, store, keep)
    with open_storage(store) as storage:
        site.says("/feed", a_feed(OLD))
        a_round(config, storage, NOON)
        site.says("/feed", a_feed(OLD, *NEW))
        assert a_round(config, storage, LATER).items == count


def test_much_is_put_away_a_part_in_each_round_until_it_is_done(
    configured: Configured, site: Site, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aging, "MOST", 2)
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        site.says("/feed", a_feed(*((f"{n}", f"Nytt {n}", NOON - timedelta(hours=n)) for n in range(10, 15))))
        a_round(config, storage, NOON)
        site.says("/feed", a_feed(*NEW))
        a_round(config, storage, LATER)
        counts = [jobs.put_away(config, storage, LATER + timedelta(minutes=n)).items for n in range(3)]
        assert counts == [2, 1, 0]


def test_what_waited_for_an_operator_until_its_text_was_put_away_is_not_released_without_it(
    configured: Configured, site: Site, store: str
) -> None:
    from dataclasses import replace

    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        site.says("/feed", a_feed(OLD))
        a_round(config, storage, NOON)
        storage.keep_items([replace(item, hidden="held: a flood") for item in storage.items()])
        site.says("/feed", a_feed(*NEW))
        a_round(config, storage, LATER)
        assert storage.held("cykel/feed") == 0
        assert storage.called("Första nytt")[0].hidden


def test_alarms_that_were_over_and_letters_of_that_age_are_forgotten(
    configured: Configured, site: Site, store: str
) -> None:
    config = configured_for(configured, site, store)
    with open_storage(store) as storage:
        over = Alarm("cykel/feed", "silent", "x", NOON, NOON + timedelta(days=1))
        storage.keep_alarms([over, Alarm("cykel/feed", "failing", "y", NOON)])
        storage.letters.keep(Letter("vastra-gotaland/", "2026/v48", "a@b.example", NOON, NOON, "x"))
        jobs.put_away(config, storage, LATER)
        assert [alarm.kind for alarm in storage.alarms_told(9)] == ["failing"]
        assert storage.letters.undelivered(9) == []
