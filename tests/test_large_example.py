"""The large example, from its script to its newsfeeds: all that its actors tell arrives, and where it belongs."""

import asyncio
import json
import runpy
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from conftest import REPOSITORY

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.jobs import Call
from aggregator.model import Item
from aggregator.storage import Storage, open_storage

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCRIPT = REPOSITORY / "examples" / "vastra-gotaland" / "build.py"


def build(folder: Path) -> None:
    runpy.run_path(str(SCRIPT))["build"](folder)


@dataclass(frozen=True)
class Round:
    """What one round on the example brought; `facts` is what its actors told."""

    config: Config
    storage: Storage
    calls: list[Call]
    facts: list[dict[str, Any]]
    items: list[Item]


@pytest.fixture(scope="module")
def round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("vastra-gotaland")
    build(folder)
    config = load(folder / "feeds.toml")
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    with open_storage(config.store) as storage:
        calls = asyncio.run(jobs.collect(config, storage, NOON))
        jobs.publish(config, storage, NOON)
        yield Round(config, storage, calls, facts, list(storage.items()))


def test_the_example_is_the_same_every_time_it_is_made(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(files) > 100
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_no_source_fails_and_every_actor_is_heard(round: Round) -> None:
    assert not [call for call in round.calls if call.problem]
    assert {item.actor for item in round.items} == set(round.config.actors)


def test_all_that_is_told_arrives_once(round: Round) -> None:
    assert Counter(item.actor for item in round.items) == Counter(fact["actor"] for fact in round.facts)


def test_every_item_is_about_the_place_where_it_happens(round: Round) -> None:
    titles: defaultdict[str, dict[str, Item]] = defaultdict(dict)
    for item in round.items:
        titles[item.actor][item.entry.title.rstrip(".…")] = item
    for fact in round.facts:
        [item] = [item for title, item in titles[fact["actor"]].items() if fact["title"].startswith(title)]
        assert fact["code"] in item.codes, fact["title"]
        if fact["kind"] != "page":  # which says of its events only when they were announced
            assert item.is_event == fact["event"], fact["title"]


def test_nothing_is_in_no_newsfeed(round: Round) -> None:
    assert not [item.entry.title for item in round.items if not item.is_visible]
    for item in round.items:
        [explained] = jobs.explain(round.config, round.storage, item.public_id)
        assert explained.carried_by, item.entry.title


def test_what_an_actor_passes_on_is_the_same_story(round: Round) -> None:
    told: defaultdict[str, set[str]] = defaultdict(set)
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for item in round.items:
        if item.entry.url:
            address = urlsplit(item.entry.url)
            told[f"{address.hostname}{address.path}"].add(item.told_in)
            tellers[f"{address.hostname}{address.path}"].add(item.actor)
    shared = [address for address, actors in tellers.items() if len(actors) > 1]
    assert len(shared) > 5
    for address in shared:
        assert len(told[address]) == 1, address


def test_every_newsfeed_can_be_read_and_those_of_the_county_are_full(round: Round) -> None:
    files = sorted(round.config.output.rglob("atom.xml")) + sorted(round.config.output.rglob("rss.xml"))
    assert len(files) > 2 * 300
    for file in files:
        assert not feedparser.parse(file.read_bytes()).bozo, file
    for place in ("mark", "ale", "tanum", "goteborg"):
        feed = feedparser.parse((round.config.output / "vastra-gotaland" / place / "atom.xml").read_bytes())
        assert len(feed.entries) >= 2, place
