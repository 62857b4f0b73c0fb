"""The example network, end to end: what its hard cases become in the newsfeeds."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import REPOSITORY

NOON = "2026-11-24T12:00:00Z"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    (folder / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    (folder / "examples").symlink_to(REPOSITORY / "examples")
    run(folder, "run", "--once", "--quiet", "--at", NOON)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "aggregator", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def items(example: Path) -> dict[str, dict[str, Any]]:
    told = [json.loads(line) for line in run(example, "items", "--json").stdout.splitlines()]
    return {item["title"]: item for item in told}


def entries(example: Path, newsfeed: str) -> list[Any]:
    return list(feedparser.parse(example / "output" / newsfeed / "rss.xml").entries)


@pytest.mark.parametrize(
    ("title", "municipalities"),
    [
        ("Vara eller inte vara – cykelbanan Lyrestad–Sjötorp får vänta på besked", ["1493"]),
        ("Mark att odla på: 14 nya lotter vid Lidans östra strand", ["1494"]),
        ("Agneta Lund vann årets pumpavägning", ["1494"]),
        ("Berg lär oss löda – två kvällar i december", ["1471"]),
        ("Så gick det för bokashin på Skaragatan", ["1494"]),
    ],
)
def test_a_word_a_surname_and_a_street_are_no_places(
    items: dict[str, dict[str, Any]], title: str, municipalities: list[str]
) -> None:
    assert items[title]["municipalities"] == municipalities


def test_a_supplier_and_a_speaker_from_elsewhere_are_told_in_passing(items: dict[str, dict[str, Any]]) -> None:
    assert items["Växelriktarna är på plats i bystugan"]["municipalities"] == ["1473", "1493"]
    assert items["Föreläsning: Att elda mindre och frysa mindre"]["municipalities"] == ["1447"]


def test_news_of_another_municipality_goes_there(example: Path, items: dict[str, dict[str, Any]]) -> None:
    assert items["Cykelkartan över Götene är tryckt"]["municipalities"] == ["1471"]
    assert "Cykelkartan över Götene är tryckt" in [entry.title for entry in entries(example, "vastra-gotaland/gotene")]


def test_what_names_the_county_only_is_the_countys(items: dict[str, dict[str, Any]]) -> None:
    item = items["Så många delar bil i Örebro län"]
    assert (item["municipalities"], item["counties"]) == ([], ["18"])


def test_an_undated_item_is_dated_by_when_it_was_found(items: dict[str, dict[str, Any]]) -> None:
    assert items["Så fungerar klädbytet"]["published"] == NOON


def test_swedish_dates_are_read(items: dict[str, dict[str, Any]]) -> None:
    assert items["Första tranparet vid den nya dammen"]["published"] == "2026-11-07T12:00:00Z"


def test_a_story_shared_by_another_actor_is_in_the_county_once(example: Path) -> None:
    links = [entry.link for entry in entries(example, "vastra-gotaland")]
    assert len([link for link in links if "solpark" in link]) == 1
    assert len(set(links)) == len(links)


def test_events_only_is_events_only(example: Path) -> None:
    found = entries(example, "vastra-gotaland/gullspang")
    assert len(found) >= 7
    assert all("Evenemang" in [tag.term for tag in entry.tags] for entry in found)


# Scripts of ours by their names, and data.
OURS = re.compile(
    r'<script (?:type="module" )?src="[./]*(?:kopiera|hitta|sok)\.js"|<script type="application/ld\+json">'
)


def test_nothing_that_runs_is_in_any_file(example: Path) -> None:
    for path in (example / "output").rglob("*"):
        if path.suffix in (".xml", ".html"):
            text = OURS.sub("", path.read_text(encoding="utf-8"))
            assert not any(bad in text for bad in ("<script", "&lt;script", "onclick", "javascript:", "<iframe")), path


def test_a_title_with_signs_comes_through_as_it_is(example: Path) -> None:
    titles = [entry.title for entry in entries(example, "vastra-gotaland/mariestad")]
    assert "Batteri & värmepump: oktoberräkningen blev < 900 kronor" in titles


def test_the_national_actor_is_in_the_nations_newsfeed_and_not_in_its_towns(example: Path) -> None:
    nation = {entry.title for entry in entries(example, "sverige")}
    town = {entry.title for entry in entries(example, "vastra-gotaland/lidkoping")}
    assert "Nu är vi hundra delningsgrupper i landet" in nation
    assert "Nu är vi hundra delningsgrupper i landet" not in town


def test_the_dead_source_is_named_and_is_the_only_one(example: Path) -> None:
    done = run(example, "status", "--json")
    failed = [source for source in json.loads(done.stdout)["sources"] if source["failures"]]
    assert [source["source"] for source in failed] == ["solandelarna-degerfors/feed"]
    assert done.returncode == 1
