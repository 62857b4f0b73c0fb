"""A source's own rhythm, judged on years that are simulated."""

from datetime import datetime, timedelta
from functools import cache
from random import Random
from statistics import median, quantiles

import pytest
from histories import (
    BEGINNING,
    HISTORIES,
    HOUR,
    SWEDEN,
    YEAR,
    Followed,
    History,
    daily_municipality,
    followed,
    sleeping,
    weekly_club,
)
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Rhythm

HOURLY = YEAR / HOUR
DAY = timedelta(days=1)
KNOWN = BEGINNING - YEAR

moments = st.integers(0, 10**9).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=SWEDEN) + timedelta(seconds=seconds // 3)
)


def learnt(news: list[datetime]) -> Rhythm:
    return Rhythm() + news


@cache
def story(history: History, seed: int = 1) -> Followed:
    return followed(history(Random(seed)))


def stories(history: History) -> list[Followed]:
    """A sleeping source has so few news in a year that one year proves nothing."""
    return [story(history, seed) for seed in range(1, 9 if history is sleeping else 2)]


@pytest.mark.parametrize("history", HISTORIES)
def test_half_of_the_hourly_requests_are_saved_and_news_is_found_within_the_hour(history: History) -> None:
    years = stories(history)
    delays = [delay for year in years for delay in year.delays]
    assert all(year.requests < HOURLY / 2 for year in years)
    assert median(delays) < HOUR
    assert quantiles([delay / HOUR for delay in delays], n=20)[-1] < 6


def test_a_sleeping_source_is_asked_less_than_a_lively_one() -> None:
    assert story(sleeping).requests < story(weekly_club).requests < story(daily_municipality).requests


def test_together_they_save_more_than_half_and_find_nineteen_of_twenty_within_six_hours() -> None:
    told = [story(history) for history in HISTORIES]
    delays = [delay for history in told for delay in history.delays]
    assert sum(history.requests for history in told) < len(HISTORIES) * HOURLY / 2
    assert median(delays) < HOUR
    assert quantiles([delay / HOUR for delay in delays], n=20)[-1] < 6


@given(st.lists(moments, max_size=120), moments, moments)
def test_a_source_is_asked_between_every_quarter_of_an_hour_and_every_day(
    news: list[datetime], now: datetime, since: datetime
) -> None:
    wait = learnt(news).next_after(now, since) - now
    assert timedelta(minutes=15) <= wait <= DAY


def test_a_source_is_asked_hourly_until_we_have_known_it_for_a_week() -> None:
    rhythm = learnt([KNOWN])
    assert rhythm.next_after(BEGINNING, None) - BEGINNING == HOUR
    assert rhythm.next_after(BEGINNING, BEGINNING - 6 * DAY) - BEGINNING == HOUR
    assert rhythm.next_after(BEGINNING, BEGINNING - 300 * DAY) - BEGINNING > HOUR


def test_a_source_is_asked_most_when_its_news_usually_comes() -> None:
    thursdays = [datetime(2025, 1, 2, 19, tzinfo=SWEDEN) + week * timedelta(weeks=1) for week in range(20)]
    rhythm, thursday = learnt(thursdays), datetime(2025, 5, 22, 19, tzinfo=SWEDEN)
    wait = rhythm.next_after(thursday, KNOWN) - thursday
    assert wait < rhythm.next_after(thursday + DAY, KNOWN) - (thursday + DAY)
    assert wait < rhythm.next_after(thursday - 12 * HOUR, KNOWN) - (thursday - 12 * HOUR)


def test_holidays_are_quiet_until_a_source_has_shown_otherwise() -> None:
    def weekly_wait(news: list[datetime], day: datetime) -> timedelta:
        return learnt(news).next_after(day, KNOWN) - day

    tuesday_in_june, tuesday_in_july = (
        datetime(2025, month, day, 10, tzinfo=SWEDEN) for month, day in ((6, 24), (7, 8))
    )
    spring = [datetime(2025, 3, 1, 10, tzinfo=SWEDEN) + day * 3 * DAY for day in range(35)]
    with_july = [datetime(2024, 7, 1, 10, tzinfo=SWEDEN) + day * 4 * DAY for day in range(90)]
    assert weekly_wait(spring, tuesday_in_july) > 1.5 * weekly_wait(spring, tuesday_in_june)
    assert weekly_wait(with_july, tuesday_in_july) < 1.2 * weekly_wait(with_july, tuesday_in_june)


def test_what_comes_on_one_evening_is_one_occasion() -> None:
    evening = [BEGINNING + minutes * timedelta(minutes=20) for minutes in range(5)]
    assert learnt(evening).moments == (BEGINNING,)


def test_the_rhythm_explains_itself() -> None:
    thursdays = [datetime(2025, 1, 2, 19, tzinfo=SWEDEN) + week * timedelta(weeks=1) for week in range(20)]
    assert learnt(thursdays).explained(datetime(2025, 5, 20, tzinfo=SWEDEN), KNOWN) == (
        "has news about every 7 days, mostly on Thursdays (20 occasions known); is asked 75 times a week"
    )
    assert Rhythm().explained(BEGINNING, None) == "is asked every hour until we have known it for 7 days"
    in_july = Rhythm().explained(datetime(2025, 7, 2, tzinfo=SWEDEN), KNOWN)
    assert in_july.endswith("times a week, since this is a holiday")
