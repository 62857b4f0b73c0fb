"""What came in a flood waits until an operator has said what it is."""

from collections.abc import Iterator

import pytest
from conformance.answers import feed, says
from conformance.trial import DAY, NOON, Trial, trial
from typer.testing import CliRunner, Result

from aggregator.cli import app


@pytest.fixture
def flooded() -> Iterator[Trial]:
    with trial() as t:
        host = t.town.host(says(200, feed("Ett", date=NOON)))
        t.follows("aktor", host)
        t.round()
        host.manner = says(200, feed("Ett", *map(str, range(25)), date=NOON))
        [call] = t.round(DAY / 2)
        assert (call.new, call.held) == (0, 25)
        yield t


def quarantine(t: Trial, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["quarantine", *arguments, "--config", str(t.config.path)], catch_exceptions=False)


def test_what_waits_is_listed_with_its_reason(flooded: Trial) -> None:
    told = quarantine(flooded, "list").output.splitlines()
    assert len(told) == 25
    assert told[0].startswith("aktor/nyheter  2026-11-24  ")
    assert told[0].endswith("(held: 25 new entries at once)")


def test_what_is_released_comes_into_newsfeeds_and_its_alarm_closes(flooded: Trial) -> None:
    assert "25 items were released" in quarantine(flooded, "release", "aktor/nyheter").output
    assert not any(item.hidden for item in flooded.items("aktor/nyheter"))
    flooded.round(DAY)
    assert not flooded.alarms()


def test_what_is_dropped_is_never_published_and_does_not_come_back(flooded: Trial) -> None:
    assert "25 items were dropped" in quarantine(flooded, "drop", "aktor/nyheter").output
    [call] = flooded.round(DAY)
    assert (call.new, call.held) == (0, 0)
    assert [item.entry.title for item in flooded.items("aktor/nyheter") if not item.hidden] == ["Ett"]
    assert not flooded.alarms()


def test_what_waits_goes_on_waiting_when_nothing_is_new(flooded: Trial) -> None:
    flooded.round(DAY)
    assert list(flooded.alarms()) == [("aktor/nyheter", "flood")]
    assert len(quarantine(flooded, "list").output.splitlines()) == 25
