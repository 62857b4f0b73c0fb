"""A clock that was wrong: nobody waits for a future that was never there, and it is told in a sentence."""

from datetime import timedelta

import pytest
from conftest import Configured
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Visit
from aggregator.storage import open_storage

FEED = "https://cykel.example/feed/"


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(
        f'[actor.cykel]\nname = "C"\narea = "Hjo"\nhomepage = "https://cykel.example/"\nfeed = "{FEED}"\n'
    )


@pytest.mark.parametrize(("ahead", "is_due"), [(timedelta(hours=2), False), (timedelta(days=400), True)])
def test_a_source_that_was_visited_in_a_far_future_is_due_at_once(
    config: Config, ahead: timedelta, is_due: bool
) -> None:
    visited = NOON + ahead
    visit = Visit(FEED, visited + timedelta(hours=1), visited=visited, succeeded=visited)
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", visit)
        assert bool(jobs.due(config, storage, NOON)) is is_due


def test_a_clock_that_is_behind_the_last_round_is_told_in_a_sentence(config: Config) -> None:
    with open_storage(config.store) as storage:
        assert jobs.why_doubt_clock(storage, NOON) == ""
        jobs.remember_round(storage, NOON)
        assert jobs.why_doubt_clock(storage, NOON + timedelta(minutes=1)) == ""
        told = jobs.why_doubt_clock(storage, NOON - timedelta(days=2))
    assert told.startswith("the clock says 2026-11-22 12:00 UTC, but the last round ended at 2026-11-24 12:00 UTC")


def test_a_round_that_ended_long_ago_means_that_nobody_is_at_work(config: Config) -> None:
    with open_storage(config.store) as storage:
        jobs.remember_round(storage, NOON)
        assert jobs.why_dead(storage, NOON + timedelta(minutes=14)) == ""
        assert "the last round ended at 2026-11-24 12:00" in jobs.why_dead(storage, NOON + timedelta(minutes=16))
