"""Failures, busy hosts, sources that are gone, our own network, and isolation."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from unittest.mock import patch

from aggregator.fetching import Outcome
from aggregator.model import Document, Reading, Source, Visit
from aggregator.sources import FeedSource
from conformance.answers import answer, feed, says, tells
from conformance.rule import Rule, by
from conformance.trial import DAY, HOUR, NOON, Trial


def a_failing_source_is_left_alone_for_twice_as_long_each_time_and_asked_for_ever(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(500)))
    waits = [wait for wait, _ in _failing(t, source, 12)]
    assert all(min(2 * HOUR * 2**number, DAY) <= wait <= DAY for number, wait in enumerate(waits))
    assert all(later > 1.9 * earlier for earlier, later in pairwise(waits[:4]))


def missing_and_forbidden_sources_are_backed_off_like_failures(t: Trial) -> None:
    for status in (404, 403):
        source = t.follows(f"aktor-{status}", t.town.host(says(status)))
        found = list(_failing(t, source, 6))
        assert [visit.failures for _, visit in found] == [1, 2, 3, 4, 5, 6]
        assert found[-1][0] == DAY
        assert str(status) in found[-1][1].problem


def a_source_that_failed_for_a_month_comes_back_by_itself(t: Trial) -> None:
    host = t.town.host(says(500))
    source = t.follows("aktor", host)
    for _ in range(30):
        t.round(DAY)
    host.manner = says(200, feed("Åter"))
    assert [call.new for call in t.round(DAY)] == [1]
    assert (t.visit(source).failures, t.visit(source).problem) == (0, "")
    assert t.visit(source).due <= t.now + 1.1 * HOUR


def when_every_host_fails_it_is_our_network_and_nobody_is_blamed(t: Trial) -> None:
    hosts = [t.town.host(says(200, feed("Ett"))) for _ in range(3)]
    sources = [t.follows(f"aktor-{number}", host) for number, host in enumerate(hosts)]
    t.round()
    for host in hosts:
        host.manner = lambda ask: [None]
    for _ in range(6):
        t.round(2 * HOUR)
    assert [t.visit(source).failures for source in sources] == [0, 0, 0]
    assert list(t.alarms()) == [("", "network")]
    for host in hosts:
        host.manner = says(200, feed("Ett", "Två"))
    assert sum(call.new for call in t.round(2 * HOUR)) == 3
    assert not t.alarms()


def when_one_host_answers_the_others_have_failed_themselves(t: Trial) -> None:
    hosts = [t.town.host(says(200, feed("Ett"))) for _ in range(3)]
    sources = [t.follows(f"aktor-{number}", host) for number, host in enumerate(hosts)]
    t.round()
    hosts[0].manner = hosts[1].manner = lambda ask: [None]
    t.round(2 * HOUR)
    assert [t.visit(source).failures for source in sources] == [1, 1, 0]
    assert not t.alarms()


def hosts_that_say_what_is_wrong_are_there_however_many_they_are(t: Trial) -> None:
    hosts = [t.town.host(says(200, feed("Ett"))) for _ in range(2)]
    sources = [t.follows(f"aktor-{number}", host) for number, host in enumerate(hosts)]
    t.round()
    for host in hosts:
        host.manner = says(404)
    t.round(2 * HOUR)
    assert [t.visit(source).failures for source in sources] == [1, 1]
    assert not t.alarms()


def a_network_that_is_down_for_days_is_not_the_network(t: Trial) -> None:
    hosts = [t.town.host(says(200, feed("Ett"))) for _ in range(2)]
    sources = [t.follows(f"aktor-{number}", host) for number, host in enumerate(hosts)]
    t.round()
    for host in hosts:
        host.manner = says(500)
    for _ in range(20):
        t.round(2 * HOUR)
    assert all(t.visit(source).failures for source in sources)


def a_busy_host_is_left_alone_for_as_long_as_it_asks_with_all_its_sources(t: Trial) -> None:
    for status in (429, 503):
        busy = t.town.host(tells({"/a": answer(status, Retry_After="36000"), "/b": answer(200, feed("Ett"))}))
        first = t.follows(f"a-{status}", f"{busy.url}/a")
        t.round()
        second = t.follows(f"b-{status}", f"{busy.url}/b")
        other = t.follows(f"c-{status}", t.town.host(says(200, feed("Ett"))))
        assert t.due() == {other}
        t.round(9.9 * HOUR)
        assert busy.paths == ["/a"]
        assert t.visit(first).due >= t.now
        assert {first, second} <= t.due(0.2 * HOUR)
        t.round(0.2 * HOUR)


def a_host_that_says_so_in_the_middle_of_a_round_is_left_alone_at_once(t: Trial) -> None:
    busy = t.town.host(says(429, Retry_After="3600"))
    t.settings["per_host"] = "1"
    sources = [t.follows(f"aktor-{number}", busy) for number in range(4)]
    t.round()
    assert len(busy.asked) == 1
    assert sorted(t.visit(source).failures for source in sources) == [0, 0, 0, 1]
    assert all(t.visit(source).due >= NOON + HOUR for source in sources)


def a_busy_host_may_say_until_when(t: Trial) -> None:
    told = {"Date": format_datetime(NOON, usegmt=True), "Retry_After": format_datetime(NOON + 5 * HOUR, usegmt=True)}
    source = t.follows("aktor", t.town.host(says(503, **told)))
    t.round()
    assert t.visit(source).due == NOON + 5 * HOUR


def absurd_requests_to_stay_away_are_bounded_and_harm_nothing(t: Trial) -> None:
    absurd = [
        "-1",
        "9" * 5000,
        "soon",
        "1e9",
        "0",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 1990 00:00:00 GMT",
    ]
    sources = [
        t.follows(f"aktor-{number}", t.town.host(says(429, Retry_After=value))) for number, value in enumerate(absurd)
    ]
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    t.round()
    assert all(NOON + 2 * HOUR <= t.visit(source).due <= NOON + 2 * DAY for source in sources)
    assert max(t.visit(source).due for source in sources) == NOON + 2 * DAY
    closed = [host.closed_until - NOON for host in t.hosts().values() if host.closed_until]
    assert all(timedelta(minutes=1) <= wait <= 2 * DAY for wait in closed)


def a_source_that_is_gone_is_asked_daily_and_paused_after_two_days(t: Trial) -> None:
    host = t.town.host(says(410))
    source = t.follows("aktor", host)
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    t.round()
    assert t.visit(source).due == NOON + DAY
    t.round(DAY)
    assert not t.visit(source).paused
    t.round(DAY)
    assert t.visit(source).paused
    assert "410" in t.alarm(source, "gone").problem
    t.round(30 * DAY)
    assert len(host.asked) == 3


def three_gones_within_two_days_do_not_pause_a_source(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(410)))
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    for _ in range(4):
        t.round(11 * HOUR, [source])
    assert not t.visit(source).paused
    assert (source, "gone") not in t.alarms()


def a_paused_source_is_revived_by_hand(t: Trial) -> None:
    host = t.town.host(says(410))
    source = t.follows("aktor", host)
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    for _ in range(3):
        t.round(DAY)
    host.manner = says(200, feed("Åter"))
    assert t.round(DAY, [source])[0].new == 1
    assert not t.visit(source).paused
    assert (source, "gone") not in t.alarms()


def our_own_fault_with_one_source_costs_that_source_only(t: Trial) -> None:
    odd, well = (
        t.follows("odd", t.town.host(says(200, feed("Ett")))),
        t.follows("well", t.town.host(says(200, feed("Ett")))),
    )
    read = FeedSource.read

    def breaking(source: FeedSource, document: Document) -> Reading:
        return [][1] if source.id == odd else read(source, document)

    with patch.object(FeedSource, "read", breaking), patch("aggregator.jobs.collect.log.exception"):
        t.round()
    assert (len(t.items(odd)), len(t.items(well))) == (0, 1)
    assert (t.visit(odd).failures, t.visit(well).failures) == (1, 0)
    assert t.visit(odd).due >= NOON + 2 * HOUR


def a_newsfeed_that_takes_long_to_read_does_not_make_the_others_late(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett").ljust(600_000)))
    large, slow = t.follows("large", host), t.follows("slow", t.town.host(lambda ask: [0.5, answer(200, feed("Ett"))]))
    read = FeedSource.read

    def slowly(source: FeedSource, document: Document) -> Reading:
        if source.id == large:
            time.sleep(2)
        return read(source, document)

    with patch.object(FeedSource, "read", slowly):
        t.round()
    assert [t.visit(source).problem for source in (large, slow)] == ["", ""]


def every_way_out_says_when_we_come_again(t: Trial) -> None:
    ways = {
        "well": says(200, feed("Ett")),
        "same": says(304),
        "no-feed": says(200, "Hej"),
        "missing": says(404),
        "broken": says(500),
        "reset": lambda ask: [None],
        "silent": lambda ask: [],
        "elsewhere": says(301, Location="gopher://x/"),
        "nowhere": says(301),
    }
    sources = [t.follows(name, t.town.host(manner)) for name, manner in ways.items()]
    t.round()
    assert all(t.visit(source).due >= NOON + HOUR for source in sources)
    assert all(bool(t.visit(source).problem) == (source != "well/nyheter") for source in sources)


def _failing(t: Trial, source: str, times: int) -> Iterator[tuple[timedelta, Visit]]:
    """How long the source is left alone after each of so many failures."""
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    for _ in range(times):
        t.round()
        visit = t.visit(source)
        yield visit.due - t.now, visit
        t.now = visit.due


def _impatient(source: Source, visit: Visit, came: Outcome, now: object) -> Visit:
    """A collector that comes again after an hour, whatever happened."""
    return replace(visit, due=NOON + HOUR, failures=0)


_gullible = by("aggregator.fetching.answers.LONGEST_WAIT", 9 * DAY)
_unforgiving = by("aggregator.fetching.decision._after_success", lambda source, visit, answer, came, now: visit)
_never_closed = by("aggregator.fetching.hosts.Hosts.close", lambda hosts, way, wait: None)


RULES = (
    Rule(
        a_failing_source_is_left_alone_for_twice_as_long_each_time_and_asked_for_ever,
        by("aggregator.fetching.decision._pace", lambda source, visit, now: DAY * 40),
    ),
    Rule(missing_and_forbidden_sources_are_backed_off_like_failures, by("aggregator.jobs.collect.decided", _impatient)),
    Rule(
        a_source_that_failed_for_a_month_comes_back_by_itself,
        by("aggregator.fetching.decision.LONGEST_PAUSE", 400 * DAY),
    ),
    Rule(
        when_every_host_fails_it_is_our_network_and_nobody_is_blamed,
        by("aggregator.jobs.collect.network_is_down", lambda calls: False),
    ),
    Rule(
        when_one_host_answers_the_others_have_failed_themselves,
        by("aggregator.jobs.collect.network_is_down", lambda calls: True),
    ),
    Rule(
        hosts_that_say_what_is_wrong_are_there_however_many_they_are,
        by("aggregator.jobs.collect.is_lost", lambda error: error is not None),
    ),
    Rule(
        a_network_that_is_down_for_days_is_not_the_network, by("aggregator.jobs.collect._long_down", lambda of: False)
    ),
    Rule(a_busy_host_is_left_alone_for_as_long_as_it_asks_with_all_its_sources, _never_closed),
    Rule(a_host_that_says_so_in_the_middle_of_a_round_is_left_alone_at_once, _never_closed),
    Rule(a_busy_host_may_say_until_when, by("aggregator.fetching.answers._moment", lambda text: None)),
    Rule(
        absurd_requests_to_stay_away_are_bounded_and_harm_nothing,
        _gullible,
    ),
    Rule(a_source_that_is_gone_is_asked_daily_and_paused_after_two_days, by("aggregator.model.visit.GONE_TIMES", 99)),
    Rule(three_gones_within_two_days_do_not_pause_a_source, by("aggregator.model.visit.GONE_FOR", timedelta())),
    Rule(a_paused_source_is_revived_by_hand, _unforgiving),
    Rule(our_own_fault_with_one_source_costs_that_source_only, by("aggregator.jobs.collect.decided", _impatient)),
    Rule(
        a_newsfeed_that_takes_long_to_read_does_not_make_the_others_late,
        by("aggregator.jobs.understanding.LARGE", 9_000_000),
    ),
    Rule(every_way_out_says_when_we_come_again, by("aggregator.jobs.collect.decided", _impatient)),
)
