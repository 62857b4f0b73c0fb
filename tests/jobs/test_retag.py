"""Retagging and explaining: the rules are asked again, and everybody can see what they said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import Configured
from made import AREA, NOON, an_entry, an_item, cykel

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Item, Visit
from aggregator.storage import open_storage

TABLES = AREA + cykel()
PIN = '[[rule]]\nwhen = { words = ["vätternrundan"] }\nthen = { places = "Motala" }'


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(TABLES)


def keep(config: Config, *items: Item) -> None:
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), items)


def stored(config: Config) -> list[Item]:
    with open_storage(config.store) as storage:
        return list(storage.items())


def retag(config: Config, keep: bool = True) -> jobs.Retagged:
    with open_storage(config.store) as storage:
        return jobs.retag(config, storage, NOON + timedelta(days=2), keep)


def test_a_new_rule_in_feeds_toml_moves_what_is_kept(configured: Configured, config: Config) -> None:
    keep(config, an_item(1, entry=an_entry(title="Vätternrundan i Hjo", html="")), an_item(2))
    retag(config)
    pinned = configured(TABLES + PIN)
    retagged = retag(pinned)
    assert retagged.asked == 2
    [move] = retagged.moves
    assert (move.before.codes, move.after.codes, move.changes_places) == ({"1497"}, {"0583"}, True)
    assert {item.codes for item in stored(config)} == {frozenset({"0583"}), frozenset({"1493"})}
    assert retag(pinned).moves == ()


def test_a_dry_run_only_says_what_would_move(config: Config) -> None:
    keep(config, an_item(1, "2480"))
    assert [move.after.codes for move in retag(config, keep=False).moves] == [{"1493"}]
    assert [item.codes for item in stored(config)] == [{"2480"}]
    retag(config)
    assert [item.codes for item in stored(config)] == [{"1493"}]


def test_nothing_that_a_source_told_is_changed_by_retagging(config: Config) -> None:
    item = an_item(1, "2480")
    keep(config, item)
    retag(config)
    [after] = stored(config)
    assert replace(after.judged(item.findings, item.themes, item.kind), entered=item.entered) == item


def test_what_moves_enters_its_newsfeeds_when_it_moves(config: Config) -> None:
    keep(config, an_item(1, "2480"))
    retag(config)
    [after] = stored(config)
    assert after.codes != {"2480"}
    assert after.changed.replace(microsecond=0) == NOON + timedelta(days=2)


def test_the_items_of_an_actor_that_is_gone_from_feeds_toml_are_asked_about_too(config: Config) -> None:
    keep(config, an_item(1, "1493", actor="borta", entry=an_entry(title="Sol i Hjo", html="")))
    retag(config)
    assert [item.codes for item in stored(config)] == [{"1497"}]


def test_an_item_is_explained_by_its_rules_its_words_and_the_newsfeeds_that_carry_it(config: Config) -> None:
    keep(config, an_item(1, entry=an_entry(title="Eva Lund cyklar i Mariestad", html="")))
    retag(config)
    with open_storage(config.store) as storage:
        [explained] = jobs.explain(config, storage, "Eva Lund")
    assert [(finding.code, finding.words) for finding in explained.counted] == [("1493", "Mariestad")]
    assert [(finding.words, finding.rejected) for finding in explained.rejected] == [("Lund", "a person's name")]
    assert [channel.path for channel in explained.carried_by] == ["vastra-gotaland/", "vastra-gotaland/mariestad/"]
    assert explained.now == explained.item
    assert explained.item.themes == ("transport",)


def test_an_item_whose_municipality_is_unsure_is_in_the_countys_newsfeed_only(config: Config) -> None:
    keep(config, an_item(1, actor="borta", entry=an_entry(title="Fest i Husby", html="")))
    retag(config)
    [item] = stored(config)
    assert all(len(code) == 2 for code in item.codes)
    with open_storage(config.store) as storage:
        assert storage.found_by("unsure") == [item]
        [explained] = jobs.explain(config, storage, item.public_id)
    assert [channel.level for channel in explained.carried_by] == ["county"]
