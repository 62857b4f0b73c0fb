"""What `status` tells of the sources, and when it says that not all is well."""

import json
from collections.abc import Iterator

import pytest
from conformance.answers import conditional, feed, says
from conformance.trial import DAY, HOUR, NOON, Trial, trial
from typer.testing import CliRunner, Result

from aggregator import jobs
from aggregator.cli import app


@pytest.fixture
def t() -> Iterator[Trial]:
    with trial() as made:
        yield made


def status(t: Trial, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["status", *arguments, "--config", str(t.config.path)])


def test_all_is_well_when_no_source_fails_and_there_is_no_alarm(t: Trial) -> None:
    t.follows("aktor", t.town.host(says(200, feed("Ett"))))
    t.round()
    told = status(t)
    assert (told.exit_code, "well" in told.output) == (0, True)


def test_a_source_costs_what_status_counts(t: Trial) -> None:
    body = feed("Ett")
    t.follows("aktor", t.town.host(conditional(body, '"a"')))
    t.round()
    t.round(2 * HOUR)
    [source] = json.loads(status(t, "--json").output)["sources"]
    assert (source["requests"], source["bytes"], source["unchanged"]) == (2, len(body.encode()), 1)


def test_an_alarm_is_told_and_is_not_well(t: Trial) -> None:
    other = t.town.host(says(200, feed("Ett")))
    t.follows("aktor", t.town.host(says(301, Location=f"{other.url}/feed")))
    t.round()
    assert status(t).exit_code == 1
    assert "is answered for by another site" in " ".join(status(t).output.split())
    told = json.loads(status(t, "--json").output)
    assert [alarm["kind"] for alarm in told["alarms"]] == ["elsewhere"]
    assert told["sources"][0]["alarms"] == told["alarms"]


def test_a_source_tells_its_rhythm_and_what_to_put_into_feeds_toml(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett")))
    old = t.town.host(says(301, Location=f"{new.url}/feed"))
    t.follows("aktor", old, every='"auto"')
    t.now = NOON - 60 * DAY
    for _ in range(9):
        t.round(DAY)
    told = status(t, "aktor").output
    assert "rhythm        has shown no rhythm in its news" in told
    assert f"- {old.url}/feed\n                + {new.url}/feed" in told
    assert "alarm         moved, since 2026-10-" in told


def test_a_plain_pace_is_told_as_such(t: Trial) -> None:
    t.follows("aktor", t.town.host(says(200, feed("Ett"))), every='"6h"')
    t.round()
    assert "is asked every 6 hours, as feeds.toml says" in status(t, "aktor/nyheter").output


@pytest.mark.parametrize(("pace", "words"), [("1h", "every hour"), ("15m", "every 15 minutes")])
def test_a_pace_is_told_in_plain_words(t: Trial, pace: str, words: str) -> None:
    t.follows("aktor", t.town.host(says(200, feed("Ett"))), every=f'"{pace}"')
    assert f"is asked {words}, as feeds.toml says" in status(t, "aktor/nyheter").output


def test_a_host_that_wants_to_be_alone_puts_off_the_next_visit_of_all_its_sources(t: Trial) -> None:
    busy = t.town.host(says(200, feed("Ett")))
    t.follows("one", f"{busy.url}/a")
    t.round()
    busy.manner = says(429, Retry_After="36000")
    t.follows("other", f"{busy.url}/b")
    t.round(HOUR / 2)
    one, other = json.loads(status(t, "--json").output)["sources"]
    assert one["next"] == other["next"] == "2026-11-24T22:30:00Z"


def test_a_name_that_nothing_is_called_by_is_said_to_be_wrong(t: Trial) -> None:
    t.follows("aktor", t.town.host(says(200, feed("Ett"))))
    told = status(t, "aktorn")
    assert told.exit_code == 2
    assert 'no actor or source is called "aktorn"' in told.output


def test_a_password_in_an_address_is_sent_to_its_host_and_shown_nowhere(t: Trial) -> None:
    """Neither when all is well, nor when it fails, has moved or is something else than a newsfeed."""
    home = t.town.host(says(200, feed("Ett")))
    secret = home.url.replace("://", "://anv4ndare:hem%40ligt@") + "/feed"
    t.follows("aktor", secret)
    broken = (
        says(500, ""),
        says(200, "<html>Hej</html>"),
        says(301, Location="/annan"),
        says(302, Location="ftp://b:hem@c/"),
    )
    for manner in (says(200, feed("Ett")), *broken, says(301, Location=f"{t.town.host(broken[0]).url}/feed")):
        home.manner = manner
        calls = t.round(3 * DAY, ["aktor/nyheter"])
        with t.storage() as storage:
            jobs.publish(t.config, storage, t.now)
            alarms = storage.alarms_told(100)
        published = [file.read_bytes() for file in t.config.output.rglob("*") if file.is_file()]
        visit = t.visit("aktor/nyheter")
        told = [status(t, *arguments).output for arguments in ([], ["--json"], ["aktor"])]
        for text in (str(calls), visit.problem, str(visit.notes), str(alarms), *told, *map(str, published)):
            assert "anv4ndare" not in text
            assert "hem%40" not in text
            assert "b:hem" not in text
