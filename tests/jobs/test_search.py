"""Search is made of the articles' pages when they changed, and at most once an hour."""

from datetime import timedelta
from pathlib import Path

import pytest
from made import MARIESTAD, NOON, SITE, an_article

from aggregator.jobs.search import INDEX, make_searchable
from aggregator.model import Whereabouts
from aggregator.publishing import Output, article_publications

pytest.importorskip("pagefind_bin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Output(tmp_path).write(article_publications(SITE, an_article(1), Whereabouts((MARIESTAD,))))
    return tmp_path


def search(folder: Path, origin: str, hours: float = 0) -> tuple[str, int]:
    """What was told, and when the index that stands there was made."""
    output = Output(folder)
    told = make_searchable(folder, output, origin, NOON + timedelta(hours=hours))
    output.finish()
    made = folder / INDEX / "pagefind-entry.json"
    return told, made.stat().st_mtime_ns if made.exists() else 0


def test_it_is_made_once_of_the_same(folder: Path) -> None:
    told, first = search(folder, "a")
    assert told == ""
    assert first
    assert search(folder, "a", hours=5) == ("", first)


def test_what_changes_within_the_hour_is_found_in_the_next(folder: Path) -> None:
    _, first = search(folder, "a")
    assert search(folder, "b", hours=0.5) == ("", first)
    _, second = search(folder, "b", hours=1)
    assert second > first
    assert search(folder, "b", hours=2) == ("", second)


def test_an_index_that_was_lost_is_made_again(folder: Path) -> None:
    _, first = search(folder, "a")
    (folder / INDEX).rename(folder / "lost")
    assert search(folder, "a")[1] > first


def test_where_there_is_nothing_to_search_nothing_is_made(tmp_path: Path) -> None:
    assert search(tmp_path, "a") == ("", 0)
    assert not (tmp_path / "sok").exists()


def test_when_pagefind_fails_what_was_there_stays_and_it_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, first = search(folder, "a")
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no room left' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(broken))
    told, still = search(folder, "b", hours=1)
    assert told.endswith("so search shows what was there before: no room left")
    assert still == first
    assert not list((folder / "sok").glob(".pagefind"))
