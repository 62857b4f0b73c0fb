"""A newspaper that is also an actor: its network's newsfeed, which it takes in, does without what it tells itself."""

import json
from pathlib import Path

import pytest
from conftest import Configured
from made import AREA, NOON, SKAGERN, an_entry, an_item, cykel
from typer.testing import CliRunner

from aggregator import jobs
from aggregator.cli import app
from aggregator.config import Config, load
from aggregator.model import Item, Visit
from aggregator.storage import open_storage

TABLES = (
    SKAGERN
    + AREA
    + cykel()
    + """
[actor.bladet]
name = "Skagernbladet"
area = "Mariestad"
homepage = "https://bladet.example/"
"""
)
WITHOUT = 'municipalities = ["Mariestad", "Laxå"]\nwithout = "bladet"'
FORMATS = ("rss.xml", "atom.xml", "feed.json", "ninjs.json", "index.html")


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(TABLES)


def own(number: int = 1, **told: object) -> Item:
    given = {"entry": an_entry(title="Bladets egen nyhet"), "actor": "bladet", "source": "bladet/feed"}
    return an_item(number, **{**given, **told})


def keep(config: Config, *items: Item) -> None:
    with open_storage(config.store) as storage:
        storage.keep("bladet/feed", Visit(), items)


def publish(config: Config) -> None:
    with open_storage(config.store) as storage:
        jobs.publish(config, storage, NOON)


def showing(config: Config, words: str = "Bladets egen nyhet") -> set[str]:
    """The newsfeeds that show WORDS, in every format alike."""
    found = set()
    for folder in ("sverige", "vastra-gotaland", "vastra-gotaland/mariestad", "natverk/skagern"):
        shown = {words in (config.output / folder / name).read_text(encoding="utf-8") for name in FORMATS}
        assert len(shown) == 1, folder
        found |= {folder} if shown == {True} else set()
    return found


def edit(config: Config, before: str, after: str) -> Config:
    text = config.path.read_text(encoding="utf-8")
    assert before in text
    config.path.write_text(text.replace(before, after), encoding="utf-8")
    return load(config.path)


def test_the_newspapers_own_news_leaves_its_newsfeed_when_feeds_toml_says_so_and_comes_back(config: Config) -> None:
    keep(config, own(), an_item(2, entry=an_entry(title="Cykelfest")))
    publish(config)
    everywhere = {"vastra-gotaland", "vastra-gotaland/mariestad", "natverk/skagern"}
    assert showing(config) == everywhere
    config = edit(config, 'municipalities = ["Mariestad", "Laxå"]', WITHOUT)
    publish(config)
    assert showing(config) == {"vastra-gotaland", "vastra-gotaland/mariestad"}
    assert showing(config, "Cykelfest") == everywhere
    assert "bara Skagernbladet själv berättar" in (config.output / "natverk/skagern/rss.xml").read_text("utf-8")
    publish(edit(config, WITHOUT, 'municipalities = ["Mariestad", "Laxå"]'))
    assert showing(config) == everywhere


def test_what_another_actor_tells_too_is_there_under_the_one_id_that_it_has_everywhere(config: Config) -> None:
    config = edit(config, 'municipalities = ["Mariestad", "Laxå"]', WITHOUT)
    keep(config, own())
    publish(config)
    assert "natverk/skagern" not in showing(config)
    keep(config, an_item(2, story=own().public_id))
    publish(config)
    assert "natverk/skagern" in showing(config)
    [told] = json.loads((config.output / "natverk/skagern/ninjs.json").read_bytes())["hits"]
    assert told["uri"] == own().public_id
    assert [source["name"] for source in told["infosource"]] == ["Skagernbladet", "Cykelvännerna"]


def test_the_articles_page_and_explain_say_where_it_is_left_out(config: Config) -> None:
    config = edit(config, 'municipalities = ["Mariestad", "Laxå"]', WITHOUT)
    keep(config, own())
    publish(config)
    page = (config.output / "nyhet/1/index.html").read_text("utf-8")
    assert "som inte tar med det som bara Skagernbladet själv berättar" in page
    asked = ["explain", "Bladets egen", "--config", str(config.path)]
    told = CliRunner().invoke(app, asked).output
    assert "Left out: Skagernbladets område (network): natverk/skagern/  without what only bladet tells" in told
    [values] = [json.loads(line) for line in CliRunner().invoke(app, [*asked, "--json"]).output.splitlines()]
    assert values["left_out_of"] == ["natverk/skagern/"]
    assert "natverk/skagern/" not in values["newsfeeds"]


def test_plan_tells_what_would_leave_the_newsfeed(config: Config, tmp_path: Path) -> None:
    keep(config, own())
    publish(config)
    edited = edit(config, 'municipalities = ["Mariestad", "Laxå"]', WITHOUT)
    with open_storage(config.store) as storage:
        flows = jobs.plan(edited, storage).flows
    assert [(path, [item.public_id for item in flow.leave]) for path, flow in flows.items()] == [
        ("natverk/skagern/", [own().public_id])
    ]
