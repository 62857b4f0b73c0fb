"""The hub: told of every newsfeed that changed, until it has taken it; and nothing that it does hinders publishing."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from conftest import Configured, Site
from made import NOON, an_item

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Visit
from aggregator.storage import open_storage

ACTOR = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "https://cykel.example/feed/"
"""
HOME = "https://prov.example/flode/"


@pytest.fixture
def config(configured: Configured, site: Site) -> Config:
    without = configured(ACTOR)
    return replace(without, site=replace(without.site, hub=f"{site.url}/hub"))


def publish(config: Config, *numbers: int, hours: int = 0) -> str:
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [an_item(number) for number in numbers])
        jobs.publish(config, storage, NOON + timedelta(hours=hours))
    return asyncio.run(jobs.ping(config))


def told_of(site: Site) -> list[str]:
    """What the hub was told of since it was last asked here."""
    asked = [parse_qs(body.decode()) for path, body in site.posted if path == "/hub"]
    site.posted.clear()
    assert all(each["hub.mode"] == ["publish"] and each["hub.topic"] == each["hub.url"] for each in asked)
    return sorted(each["hub.url"][0] for each in asked)


def test_it_is_told_of_each_newsfeed_that_changed_and_of_no_other(config: Config, site: Site) -> None:
    site.says("/hub", status=204)
    assert publish(config) == ""
    corrections = 1 + 21 + len(["redaktioner"])
    assert len(told_of(site)) == 3 * (1 + 21 + 290) + corrections
    assert publish(config, 1) == ""
    names = ("atom.xml", "feed.json", "rss.xml")
    assert told_of(site) == [f"{HOME}vastra-gotaland/{name}" for name in names]
    assert publish(config, hours=1) == ""
    assert told_of(site) == []


def test_what_it_did_not_take_is_named_and_told_again_in_the_next_round(config: Config, site: Site) -> None:
    site.says("/hub", status=204)
    publish(config)
    told_of(site)
    site.says("/hub", status=503)
    problem = publish(config, 1)
    assert problem.endswith("/hub: answered 503 Service Unavailable; it is told of 3 changed newsfeeds next time")
    assert len(told_of(site)) == 1
    assert (config.output / "vastra-gotaland" / "rss.xml").read_text().count("<item>") == 1
    site.says("/hub", status=204)
    assert publish(config) == ""
    assert len(told_of(site)) == 3


def test_a_hub_that_is_not_there_is_named(config: Config, site: Site) -> None:
    gone = replace(config, site=replace(config.site, hub="http://127.0.0.1:9/hub"))
    assert "http://127.0.0.1:9/hub: " in publish(gone, 1)


def test_a_hub_that_is_no_more_in_feeds_toml_leaves_nothing_waiting(config: Config, site: Site) -> None:
    site.says("/hub", status=503)
    publish(config)
    without = replace(config, site=replace(config.site, hub=""))
    assert publish(without) == ""
    site.says("/hub", status=204)
    site.posted.clear()
    assert asyncio.run(jobs.ping(config)) == ""
    assert told_of(site) == []


def test_without_a_hub_nobody_is_told(configured: Configured, site: Site) -> None:
    assert publish(configured(ACTOR), 1) == ""
    assert site.posted == []
