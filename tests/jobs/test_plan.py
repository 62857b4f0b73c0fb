"""Plan: what an edited feeds.toml would change is told before it does."""

from pathlib import Path

import pytest
from conftest import Configured
from made import AREA, NOON, SKAGERN, an_entry, an_item, cykel

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.jobs import Plan
from aggregator.model import Visit
from aggregator.storage import open_storage

TABLES = SKAGERN + AREA + cykel()

HOME = "vastra-gotaland/mariestad/"


@pytest.fixture
def config(configured: Configured, store: str) -> Config:
    made = configured(TABLES, store=store)
    with open_storage(store) as storage:
        item = an_item(entry=an_entry(title="Cykelfest i Laxå", url="https://cykel.example/1"))
        storage.keep("cykel/feed", Visit(), [item])
        jobs.retag(made, storage, NOON)
        jobs.publish(made, storage, NOON)
    return made


def planned(config: Config, old: str = "", new: str = "", more: str = "") -> Plan:
    config.path.write_text(config.path.read_text(encoding="utf-8").replace(old, new) + more, encoding="utf-8")
    with open_storage(config.store) as storage:
        return jobs.plan(load(config.path), storage)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_unedited_file_changes_nothing(config: Config) -> None:
    plan = planned(config)
    assert (plan.sources.any, plan.newsfeeds.any, plan.flows, plan.is_first) == (False, False, {}, False)


def test_sources_that_come_go_and_move_are_told(config: Config) -> None:
    more = '[actor.klimat]\nname = "K"\narea = "Laxå"\nhomepage = "https://k.example/"\nfeed = "https://k.example/f"\n'
    plan = planned(config, "https://cykel.example/feed/", "https://cykel.example/nytt/", more)
    assert plan.sources.added == ("klimat/feed",)
    assert plan.sources.other == {"cykel/feed": ("https://cykel.example/feed/", "https://cykel.example/nytt/")}
    gone = planned(config, "[actor.cykel]", "[actor.velo]")
    assert (gone.sources.lost, gone.sources.added) == (("cykel/feed",), ("klimat/feed", "velo/feed"))


def test_a_newsfeed_that_would_show_events_only_loses_what_is_none(config: Config) -> None:
    plan = planned(
        config, 'municipality = "Mariestad"\ncontent = "extended"', 'municipality = "Laxå"\ncontent = "extended"'
    )
    assert set(plan.newsfeeds.other) >= {HOME, "orebro/laxa/"}
    assert [item.entry.title for item in plan.flows["orebro/laxa/"].appear] == ["Cykelfest i Laxå"]


def test_a_rule_moves_items_before_it_is_applied_and_a_newsfeed_that_goes_loses_all(config: Config) -> None:
    rule = '[[rule]]\nwhen = { words = ["Cykelfest"] }\nthen = { hide = true }\n'
    plan = planned(config, more=rule)
    leaving = {path for path, flow in plan.flows.items() if flow.leave}
    assert "natverk/skagern/" in leaving
    assert not any(flow.appear for flow in plan.flows.values())
    with_network = TABLES.split("[area")[0]
    assert planned(config, with_network, "\n").newsfeeds.lost == ("natverk/skagern/",)


def test_planning_writes_nothing(config: Config) -> None:
    before = files(config.output)
    with open_storage(config.store) as storage:
        kept = list(storage.items()), storage.stories.version()
    planned(config, 'name = "Cykelvännerna"\narea = "Mariestad"', 'name = "Cykelvännerna"\narea = "Hjo"')
    assert files(config.output) == before
    with open_storage(config.store) as storage:
        assert (list(storage.items()), storage.stories.version()) == kept


def test_before_anything_was_published_there_is_nothing_to_compare_with(configured: Configured) -> None:
    made = configured(TABLES)
    with open_storage(made.store) as storage:
        assert jobs.plan(made, storage).is_first
