"""What follows from a call, whatever came of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import BusyError, FetchError, ParseError, SourceError
from aggregator.fetching import Outcome, asked_with, decided, network_is_down, spared
from aggregator.model import Document, Gone, Move, Reading, Rhythm, Traffic, Trip, Unchanged, Validators, Visit
from aggregator.sources import CalendarSource, FeedSource

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD, NEW = "http://gammal.example/feed", "https://ny.example/feed"

TEN_YEARS = 10 * 365 * 24 * 3600
moments = st.integers(0, TEN_YEARS).map(lambda second: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second))
waits = st.timedeltas(timedelta(), timedelta(days=10_000))
texts = st.sampled_from(["", "a", '"b"', "W/ c"])
paces = st.one_of(st.just("auto"), st.timedeltas(timedelta(minutes=15), DAY))
validators = st.builds(Validators, texts, texts)
addresses = st.sampled_from(["", OLD, NEW, "https://gammal.example/feed"])
trips = st.builds(Trip, st.integers(1, 7), st.integers(0, 10**9), waits, addresses, st.one_of(st.none(), moments))
documents = st.builds(Document, st.just(NEW), st.binary(max_size=5), st.just(""), validators, trips)
unchanged = st.builds(Unchanged, validators, st.just(NEW), st.booleans(), trips)
readings = st.builds(Reading, st.just(()), st.just(""), st.just(()), waits, st.booleans())
failures = st.one_of(
    st.builds(
        FetchError,
        st.just(OLD),
        st.just("fails"),
        status=st.sampled_from([0, 200, 304, 403, 404, 410, 429, 500, 503]),
        retry_after=st.floats(0, 48 * 3600),
        requests=st.integers(0, 9),
        received=st.integers(0, 9),
    ),
    st.just(ParseError(OLD, "is no newsfeed")),
    st.just(SourceError(OLD, "our own fault")),
)
successes = st.one_of(
    st.builds(Outcome, documents, readings, st.lists(moments, max_size=3).map(tuple)), st.builds(Outcome, unchanged)
)
outcomes = st.one_of(successes, st.builds(Outcome, st.one_of(st.none(), documents), st.none(), st.just(()), failures))
visits = st.builds(
    Visit,
    location=st.just(OLD),
    since=st.one_of(st.none(), moments),
    visited=st.one_of(st.none(), moments),
    succeeded=st.one_of(st.none(), moments),
    failures=st.integers(0, 10_000),
    validators=validators,
    fingerprint=texts,
    pause=waits,
    moved=st.sampled_from(["", NEW]),
    move=st.one_of(st.none(), st.builds(Move, addresses, moments)),
    gone=st.builds(Gone, st.integers(0, 5), st.one_of(st.none(), moments)),
    traffic=st.builds(Traffic, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    rhythm=st.builds(Rhythm, st.lists(moments, max_size=9, unique=True).map(sorted).map(tuple)),
)


def source(every: object = HOUR) -> FeedSource:
    return FeedSource(feed=OLD).model_copy(update={"every": every, "id": "aktor/nyheter"})


@given(visits, outcomes, paces, moments)
def test_we_always_come_again_and_never_within_a_quarter_nor_after_two_days(
    visit: Visit, came: Outcome, every: object, now: datetime
) -> None:
    wait = decided(source(every), visit, came, now).due - now
    told = came.error.retry_after if isinstance(came.error, FetchError) else 0
    assert timedelta(minutes=13) < wait <= max(DAY, timedelta(seconds=told))


@given(visits, successes, st.timedeltas(timedelta(minutes=15), DAY), moments)
def test_nothing_makes_us_faster_than_feeds_toml_says(
    visit: Visit, came: Outcome, every: timedelta, now: datetime
) -> None:
    assert decided(source(every), visit, came, now).due >= now + every


@given(visits, outcomes, moments)
def test_the_same_makes_the_same(visit: Visit, came: Outcome, now: datetime) -> None:
    assert decided(source(), visit, came, now) == decided(source(), visit, came, now)


@given(visits, outcomes, moments)
def test_a_failure_counts_one_and_a_success_none(visit: Visit, came: Outcome, now: datetime) -> None:
    after = decided(source(), visit, came, now)
    assert after.failures == (visit.failures + 1 if came.error else 0)
    assert bool(after.problem) == bool(came.error)
    assert after.visited == now


@given(visits, failures, moments)
def test_a_failure_forgets_nothing_that_we_had_learnt(visit: Visit, failure: SourceError, now: datetime) -> None:
    after = decided(source(), visit, Outcome(error=failure), now)
    assert (after.validators, after.fingerprint) == (visit.validators, visit.fingerprint)
    assert (after.rhythm, after.pause, after.succeeded) == (visit.rhythm, visit.pause, visit.succeeded)


@given(visits, documents, readings, moments)
def test_validators_are_those_of_the_last_whole_answer(
    visit: Visit, document: Document, reading: Reading, now: datetime
) -> None:
    after = decided(source(), visit, Outcome(document, reading), now)
    assert after.validators == (document.validators if reading.whole else Validators())
    assert after.fingerprint == (document.fingerprint if reading.whole else "")
    assert after.answered == document.location


@given(visits, outcomes, moments)
def test_what_a_source_costs_only_grows(visit: Visit, came: Outcome, now: datetime) -> None:
    before, after = visit.traffic, decided(source(), visit, came, now).traffic
    assert after.requests >= before.requests
    assert after.received >= before.received
    assert 0 <= after.unchanged - before.unchanged <= 1


@given(visits, waits, waits, moments)
def test_who_asks_for_a_longer_pause_is_not_asked_sooner(
    visit: Visit, one: timedelta, other: timedelta, now: datetime
) -> None:
    short, long = (
        decided(source(), visit, Outcome(Unchanged(trip=Trip(fresh=fresh))), now).due for fresh in sorted((one, other))
    )
    assert short <= long


@given(visits, st.floats(60, 48 * 3600), moments)
def test_a_source_whose_host_wants_to_be_alone_is_put_off_and_nothing_else(
    visit: Visit, wait: float, now: datetime
) -> None:
    after = decided(source(), visit, Outcome(error=BusyError(OLD, "busy", retry_after=wait)), now)
    assert after == replace(visit, due=now + timedelta(seconds=wait))


@given(visits, failures, moments)
def test_a_failure_of_our_own_network_is_nobodys(visit: Visit, failure: SourceError, now: datetime) -> None:
    after = decided(source(), visit, Outcome(error=failure), now)
    then = spared(source(), visit, after, now)
    assert (then.failures, then.gone, then.move, then.moved) == (visit.failures, visit.gone, visit.move, visit.moved)
    assert (then.due, then.traffic) == (now + HOUR, after.traffic)


@given(st.lists(st.sampled_from([404, 410, 500, 200]), max_size=12), st.timedeltas(timedelta(hours=1), 3 * DAY))
def test_only_three_gones_in_a_row_over_two_days_pause_a_source(statuses: list[int], step: timedelta) -> None:
    visit, now, told = Visit(OLD), NOW, []
    for status in statuses:
        now += step
        told.append((now, status))
        error = None if status == 200 else FetchError(OLD, "fails", status=status)
        visit = decided(source(), visit, Outcome(Unchanged() if not error else None, error=error), now)
    row = []
    for moment, status in reversed(told):
        if status != 410:
            break
        row.append(moment)
    assert visit.paused == (len(row) >= 3 and row[0] - row[-1] >= 2 * DAY)


def redirected(visit: Visit, target: str, now: datetime) -> Visit:
    return decided(source(), visit, Outcome(Unchanged(trip=Trip(lasting=target))), now)


def test_https_is_believed_at_once_and_no_other_change_of_address_is() -> None:
    home = Visit("http://a.example/feed?x=1")
    assert redirected(home, "https://a.example/feed?x=1", NOW).moved == "https://a.example/feed?x=1"
    for other in (
        "https://www.a.example/feed?x=1",
        "https://a.example/feed",
        "https://a.example:8443/feed?x=1",
        "http://a.example/feed?x=1&y=2",
    ):
        assert redirected(home, other, NOW).moved == ""


def test_a_redirect_from_https_to_http_is_never_believed() -> None:
    visit = Visit("https://a.example/")
    for day in range(9):
        visit = redirected(visit, "http://a.example/", NOW + day * DAY)
    assert (visit.moved, visit.move) == ("", None)


@given(st.lists(st.tuples(st.timedeltas(HOUR, 3 * DAY), st.sampled_from(["", NEW, "https://annan.example/"]))))
def test_a_move_is_believed_when_it_has_led_to_the_same_place_for_a_week(
    steps: list[tuple[timedelta, str]],
) -> None:
    visit, now, began, last = Visit(OLD), NOW, NOW, ""
    for step, target in steps:
        now += step
        if target != last:
            began, last = now, target
        visit = redirected(visit, target, now)
        if visit.moved:
            assert target == visit.moved
            assert now - began >= timedelta(days=7)
            return
        assert not target or now - began < timedelta(days=7)


@pytest.mark.parametrize(
    ("calls", "down"),
    [
        ([("a", True, True), ("b", True, True)], True),
        ([("a", True, True), ("b", True, False)], False),
        ([("a", True, True), ("a", True, True)], False),
        ([("a", False, True), ("b", False, True)], False),
        ([("a", True, True), ("b", True, True), ("c", False, True)], True),
        ([("", True, False), ("a", True, True), ("b", True, True)], True),
        ([("", True, True), ("", True, True)], False),
        ([], False),
    ],
)
def test_the_network_is_down_when_every_one_of_several_hosts_that_were_well_fails(
    calls: list[tuple[str, bool, bool]], down: bool
) -> None:
    assert network_is_down(calls) is down


def test_only_a_source_that_means_more_with_time_is_asked_without_validators_once_in_its_span() -> None:
    calendar = CalendarSource(calendar=OLD).of("aktor", "calendar")
    known = Visit(OLD, succeeded=NOW, validators=Validators('"a"'), fingerprint="f")
    later = [asked_with(calendar, known, NOW + timedelta(days=days)) for days in range(8)]
    assert later[0] == known
    assert later[7] == replace(known, validators=Validators(), fingerprint="")
    assert sum(one == known for one in later) in range(1, 8)
    assert asked_with(source(), known, NOW + timedelta(days=400)) == known
    assert asked_with(calendar, Visit(OLD), NOW) == Visit(OLD)
