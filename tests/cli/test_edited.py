"""feeds.toml is edited while the program runs, and between two runs."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HEAD

ACTOR = '[actor.kor]\nname = "Kören"\narea = "Mariestad"\nhomepage = "https://kor.example/"\nfeed = "kor.json"\n'
FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "K", "items": []}'


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(HEAD.format(store="news.db") + ACTOR, encoding="utf-8")
    (tmp_path / "kor.json").write_text(FEED, encoding="utf-8")
    return path


def command(feeds: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "aggregator", *arguments, "--config", str(feeds)]


def done(feeds: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(feeds, *arguments), capture_output=True, text=True, check=False, timeout=120)


def alarms(feeds: Path) -> list[str]:
    status = feeds.parent / "output/status/status.json"
    return [alarm["kind"] for alarm in json.loads(status.read_text(encoding="utf-8"))["alarms"]]


def until(met: Callable[[], bool]) -> bool:
    end = time.monotonic() + 90
    while not met() and time.monotonic() < end:
        time.sleep(0.1)
    return met()


def test_a_restart_with_a_bad_file_goes_on_with_the_last_one_that_was_right(feeds: Path) -> None:
    good = feeds.read_text(encoding="utf-8")
    assert done(feeds, "run", "--once").returncode == 0
    feeds.write_text(good + "[actor", encoding="utf-8")

    again = done(feeds, "run", "--once")
    assert again.returncode == 1
    assert "is no TOML here" in again.stderr
    assert "GOING ON WITH THE LAST VERSION THAT WAS RIGHT" in again.stderr
    assert "312 newsfeeds" in again.stdout
    assert alarms(feeds) == ["config"]
    assert "feeds.toml has a problem in line" in (feeds.parent / "output/status/index.html").read_text("utf-8")
    for strict in ("check", "collect", "publish"):
        assert done(feeds, strict).returncode == 2

    feeds.write_text(good, encoding="utf-8")
    assert done(feeds, "run", "--once").returncode == 0
    assert alarms(feeds) == []


def test_what_was_included_is_kept_too(feeds: Path) -> None:
    text = feeds.read_text(encoding="utf-8")
    feeds.write_text(text.replace("schema = 1", 'schema = 1\ninclude = "more/*.toml"'), encoding="utf-8")
    more = feeds.parent / "more/a.toml"
    more.parent.mkdir()
    more.write_text(ACTOR.replace("kor", "spel").replace('"spel.json"', '"../kor.json"'), encoding="utf-8")
    assert "Called at 2 sources: 0 failed" in done(feeds, "run", "--once").stdout
    more.write_text("[", encoding="utf-8")
    again = done(feeds, "run", "--once", "--at", "2099-01-01T12:00")
    assert "more/a.toml:1:" in again.stderr
    assert "Called at 2 sources: 0 failed" in again.stdout


def test_a_file_that_never_was_right_stops_us(feeds: Path) -> None:
    feeds.write_text("schema = 1\n", encoding="utf-8")
    assert done(feeds, "run", "--once").returncode == 2


def test_edits_are_taken_while_it_runs_and_faults_are_on_the_status_page(feeds: Path) -> None:
    good, output = feeds.read_text(encoding="utf-8"), feeds.parent / "output"
    page = output / "status/index.html"
    with subprocess.Popen(command(feeds, "run", "--quiet"), stderr=subprocess.PIPE, text=True) as running:
        try:
            assert until(lambda: (output / ".manifest.json").exists())
            feeds.write_text(good.replace("Kören", "Körerna"), encoding="utf-8")
            assert until(lambda: "Körerna" in page.read_text(encoding="utf-8"))
            feeds.write_text(good + "fel = 1\n", encoding="utf-8")
            assert until(lambda: alarms(feeds) == ["config"])
            feeds.write_text(good, encoding="utf-8")
            assert until(lambda: alarms(feeds) == [])
        finally:
            running.send_signal(signal.SIGTERM)
            _, told = running.communicate(timeout=60)
    assert 'actor.kor: unknown key "fel"' in told
    assert running.returncode == 0
