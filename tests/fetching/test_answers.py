"""What heads of answers say, whatever they say."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetching import answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

values = st.one_of(
    st.text(max_size=40),
    st.datetimes(timezones=st.just(UTC)).map(format_datetime),
    st.builds("{}={}".format, st.sampled_from(["max-age", "s-maxage", "Max-Age"]), st.text(max_size=9)),
    st.integers(1, 5000).map(lambda digits: f"max-age={'9' * digits}"),
    st.integers(1, 5000).map(lambda digits: "9" * digits),
)
heads = st.dictionaries(st.sampled_from(["retry-after", "cache-control", "expires", "date"]), values)


@given(st.sampled_from([200, 429, 503]), heads)
def test_no_head_breaks_us_and_no_wait_is_out_of_bounds(status: int, head: dict[str, str]) -> None:
    wait = answers.retry_after(status, head, NOW)
    assert wait == timedelta() or timedelta(minutes=1) <= wait <= timedelta(hours=48)
    assert answers.freshness(head, NOW) >= timedelta()


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("public, max-age=600", 600),
        ('max-age="600"', 600),
        ("MAX-AGE=600, must-revalidate", 600),
        ("s-maxage=600", 0),
        ("no-cache, max-age=600", 0),
        ("no-store", 0),
        ("max-age=", 0),
    ],
)
def test_freshness_is_what_the_server_says_to_us(told: str, seconds: int) -> None:
    assert answers.freshness({"cache-control": told}, NOW) == timedelta(seconds=seconds)


def test_max_age_counts_more_than_expires_and_expires_by_the_hosts_own_clock() -> None:
    hosts_clock = NOW - timedelta(days=300)
    head = {"date": format_datetime(hosts_clock), "expires": format_datetime(hosts_clock + timedelta(hours=2))}
    assert answers.freshness(head, NOW) == timedelta(hours=2)
    assert answers.freshness({**head, "cache-control": "max-age=60"}, NOW) == timedelta(minutes=1)
    assert answers.freshness({"expires": "0"}, NOW) == timedelta()


def test_only_a_busy_host_is_believed_when_it_says_until_when() -> None:
    assert answers.retry_after(404, {"retry-after": "600"}, NOW) == timedelta()
    assert answers.retry_after(429, {"retry-after": "600"}, NOW) == timedelta(minutes=10)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><head><title>Just a moment...</title>",
        b"<html><title>Attention Required! | Cloudflare</title>",
        b"\xef\xbb\xbf <!doctype html><script>window._cf_chl_opt={}</script>",
        b"<html><body>Checking your browser before accessing aktor.example",
    ],
)
def test_a_challenge_is_known_by_its_words(page: bytes) -> None:
    assert answers.challenge(page)


@pytest.mark.parametrize(
    "page",
    [
        b"<rss><title>Just a moment...</title></rss>",
        b'<!DOCTYPE html><html><title>Nyheter</title><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">',
        b"",
    ],
)
def test_what_is_no_challenge_is_not_taken_for_one(page: bytes) -> None:
    assert not answers.challenge(page)
