"""Conditional GET, pace, and what is said when asking."""

from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from unittest.mock import patch
from uuid import uuid4

from aiohttp import CookieJar
from httpx import AsyncClient

from aggregator.fetching.session import open_client
from aggregator.fetching.web import Web
from aggregator.model import Document, Manners, Unchanged, Validators, Visit
from aggregator.sources import FeedSource
from conformance.answers import answer, conditional, cut_short, feed, says, tells
from conformance.rule import Rule, by, told
from conformance.town import Ask, TownHost
from conformance.trial import DAY, HOUR, NOON, Trial

ODD_ETAG = 'W/"a b,c-gzip-å"'
ODD_DATE = "tis, 24 nov 2026 10:00:00 +0100"


def conditions(ask: Ask) -> tuple[str, str]:
    told = (ask.headers.get(name, "") for name in ("if-none-match", "if-modified-since"))
    etag, modified = (value.encode("latin-1").decode() for value in told)
    return etag, modified


def validators_come_back_exactly_as_they_were_received(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett"), ETag=ODD_ETAG, Last_Modified=ODD_DATE))
    t.follows("aktor", host)
    t.round()
    t.round(2 * HOUR)
    assert [conditions(ask) for ask in host.asked] == [("", ""), (ODD_ETAG, ODD_DATE)]


def a_validator_that_cannot_be_sent_back_as_it_came_is_none(t: Trial) -> None:
    whole = answer(200, feed("Ett"), ETag='"e"', Last_Modified=ODD_DATE).replace(b'"e"', b'"\xe5"')
    host = t.town.host(lambda ask: [whole])
    t.follows("aktor", host)
    t.round()
    t.round(2 * HOUR)
    assert [conditions(ask) for ask in host.asked] == [("", ""), ("", ODD_DATE)]


def validators_come_back_also_after_a_304_that_leaves_them_out(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett"), ETag='"a"', Last_Modified=ODD_DATE))
    t.follows("aktor", host)
    t.round()
    host.manner = says(304)
    t.round(2 * HOUR)
    t.round(2 * HOUR)
    assert conditions(host.asked[2]) == ('"a"', ODD_DATE)


def new_validators_are_kept_although_the_bytes_are_the_same(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett"), ETag='"a"'))
    t.follows("aktor", host)
    t.round()
    host.manner = says(200, feed("Ett"), ETag='"b"')
    t.round(2 * HOUR)
    t.round(2 * HOUR)
    assert conditions(host.asked[2]) == ('"b"', "")


def a_validator_that_a_200_no_longer_carries_is_forgotten(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett"), ETag='"a"', Last_Modified=ODD_DATE))
    t.follows("aktor", host)
    t.round()
    host.manner = says(200, feed("Ett", "Två"), Last_Modified=ODD_DATE)
    t.round(2 * HOUR)
    t.round(2 * HOUR)
    assert conditions(host.asked[2]) == ("", ODD_DATE)


def no_validator_is_kept_from_an_answer_that_was_cut_empty_or_unreadable(t: Trial) -> None:
    half = feed("Ett", "Två").partition("<title>Två")[0]
    bad = {
        "cut": cut_short,
        "silently-cut": says(200, half, ETag='"bad"', Content_Length=""),
        "empty": says(200, b"", ETag='"bad"'),
        "no-feed": says(200, "<html><body>Hej</body></html>", ETag='"bad"'),
    }
    hosts = {name: t.town.host(manner) for name, manner in bad.items()}
    good = t.town.host(says(200, feed("Ett")))
    for name, host in {**hosts, "good": good}.items():
        t.follows(name, host)
    t.round()
    t.round(DAY)
    assert {name: len(host.asked) for name, host in hosts.items()} == dict.fromkeys(bad, 2)
    assert {conditions(host.asked[1]) for host in hosts.values()} == {("", "")}


def the_validators_of_the_last_good_answer_outlive_a_failure(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett"), ETag='"a"'))
    t.follows("aktor", host)
    t.round()
    host.manner = says(500, "Fel", ETag='"fel"')
    t.round(2 * HOUR)
    t.round(4 * HOUR)
    assert conditions(host.asked[2]) == ('"a"', "")


def a_304_that_was_not_asked_for_is_a_failure(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(304)))
    [call] = t.round()
    assert "304" in call.problem
    assert t.visit(source).failures == 1


def validators_are_shown_only_where_they_came_from(t: Trial) -> None:
    other = t.town.host(says(200, feed("Ett"), ETag='"a"'))
    host = t.town.host(says(302, Location=f"{other.url}/feed"))
    t.follows("aktor", host)
    t.round()
    t.round(2 * HOUR)
    assert conditions(host.asked[1]) == ("", "")
    assert conditions(other.asked[1]) == ('"a"', "")


def the_same_bytes_without_validators_are_not_read_again(t: Trial) -> None:
    t.follows("aktor", t.town.host(says(200, feed("Ett"))))
    t.round()
    with patch.object(FeedSource, "read", side_effect=AssertionError("was read again")):
        [call] = t.round(2 * HOUR)
    assert not call.problem


def a_due_source_is_asked_once_and_no_other_is_asked(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")))
    t.follows("aktor", host)
    t.round()
    t.round(HOUR / 2)
    t.round(HOUR / 2 - timedelta(seconds=1))
    assert len(host.asked) == 1
    t.round(timedelta(seconds=1))
    assert len(host.asked) == 2


def sources_of_the_same_pace_do_not_all_come_at_the_same_moment(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")))
    learnt = [t.follows(f"aktor-{number}", host, every='"auto"') for number in range(10)]
    told = [t.follows(f"fast-{number}", host) for number in range(2)]
    t.round()
    due = {t.visit(source).due for source in learnt}
    assert len(due) == 10
    assert all(NOON + HOUR * 0.9 <= moment <= NOON + HOUR for moment in due)
    assert {t.visit(source).due for source in told} == {NOON + HOUR}


def what_a_server_says_of_freshness_makes_us_slower(t: Trial) -> None:
    later = format_datetime(NOON + 5 * HOUR, usegmt=True)
    slow = {
        "max-age": says(200, feed("Ett"), Cache_Control="public, max-age=18000"),
        "expires": says(200, feed("Ett"), Date=format_datetime(NOON, usegmt=True), Expires=later),
        "ttl": says(200, feed("Ett", channel="<ttl>300</ttl>")),
        "period": says(200, feed("Ett", channel=PERIOD)),
    }
    sources = [t.follows(name, t.town.host(manner)) for name, manner in slow.items()]
    t.round()
    assert t.due(4.9 * HOUR) == set()
    assert t.due(6 * HOUR) == set(sources)


PERIOD = (
    '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'
    '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">4</sy:updateFrequency>'
)


def what_a_server_says_of_freshness_never_makes_us_faster(t: Trial) -> None:
    fast = says(200, feed("Ett", channel="<ttl>1</ttl>"), Cache_Control="max-age=60")
    source = t.follows("aktor", t.town.host(fast), every='"6h"')
    t.round()
    assert t.visit(source).due >= NOON + 6 * HOUR


def an_absurd_freshness_keeps_us_away_for_a_day_at_most(t: Trial) -> None:
    absurd = [f"max-age={'9' * 400}", "max-age=-1", "max-age=, private", "max-age=31536000"]
    sources = [
        t.follows(f"aktor-{number}", t.town.host(says(200, feed("Ett"), Cache_Control=value)))
        for number, value in enumerate(absurd)
    ]
    sources.append(t.follows("ttl", t.town.host(says(200, feed("Ett", channel=f"<ttl>{'9' * 400}</ttl>")))))
    assert not any(call.problem for call in t.round())
    assert all(NOON + HOUR <= t.visit(source).due <= NOON + DAY for source in sources)


def a_host_has_at_most_two_requests_at_once(t: Trial) -> None:
    host = t.town.host(lambda ask: [0.2, answer(200, feed("Ett"))])
    for number in range(6):
        t.follows(f"aktor-{number}", host)
    t.round()
    assert (len(host.asked), host.busiest) == (6, 2)


def there_is_a_gap_between_requests_at_a_host(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")))
    t.settings["gap"] = '"1s"'
    for number in range(2):
        t.follows(f"aktor-{number}", host)
    t.round()
    first, second = (ask.at for ask in host.asked)
    assert second - first > 0.5


def we_say_who_we_are(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")))
    t.follows("aktor", host)
    t.round()
    agent = host.asked[0].headers["user-agent"]
    assert agent.startswith("nyhetsflode/")
    assert agent.endswith(" (+https://prov.example/flode/; redaktion@prov.example)")


def we_only_get_and_keep_no_cookies_and_say_not_where_we_come_from(t: Trial) -> None:
    other = t.town.host(says(200, feed("Ett"), Set_Cookie="b=2; Path=/"))
    host = t.town.host(says(302, Location=f"{other.url}/feed", Set_Cookie="a=1; Path=/"))
    t.follows("aktor", host)
    t.round()
    t.round(2 * HOUR)
    asked = [*host.asked, *other.asked]
    assert len(asked) == 4
    assert all(ask.head.startswith("GET ") for ask in asked)
    assert not any(name in ask.headers for ask in asked for name in ("cookie", "referer", "origin"))


def nothing_that_a_newsfeed_names_is_fetched(t: Trial) -> None:
    def manner(ask: Ask) -> Iterable[bytes]:
        url = host.url
        return [
            answer(
                200,
                f'<!DOCTYPE rss SYSTEM "{url}/dtd" [<!ENTITY yttre SYSTEM "{url}/entitet">]>'
                '<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><title>A</title>'
                f'<xi:include href="{url}/xinclude"/><item><title>Ett &yttre;</title><link>{url}/nyhet</link>'
                f'<enclosure url="{url}/bilaga.mp3" type="audio/mpeg" length="1"/></item></channel></rss>',
            )
        ]

    host: TownHost = t.town.host(manner)
    t.follows("aktor", host)
    t.round()
    assert host.paths == ["/feed"]


def what_each_source_costs_is_counted(t: Trial) -> None:
    body = feed("Ett")
    source = t.follows("aktor", t.town.host(conditional(body, '"a"')))
    t.round()
    t.round(2 * HOUR)
    t.round(2 * HOUR)
    traffic = t.visit(source).traffic
    assert (traffic.requests, traffic.received, traffic.unchanged) == (3, len(body.encode()), 2)


def a_proxy_in_the_environment_is_used_only_if_we_are_told_to(t: Trial) -> None:
    proxy, host = t.town.host(says(200, feed("Ombud"))), t.town.host(tells({"/feed": answer(200, feed("Ett"))}))
    with patch.dict("os.environ", {"http_proxy": proxy.url, "no_proxy": ""}):
        t.follows("aktor", host)
        t.round()
        assert (len(proxy.asked), len(host.asked)) == (0, 1)
        t.settings["proxies"] = "true"
        t.round(2 * HOUR)
    assert (len(proxy.asked), len(host.asked)) == (1, 1)


def _disguised(manners: Manners, resolver: None) -> AbstractAsyncContextManager[AsyncClient]:
    return open_client(replace(manners, user_agent="Mozilla/5.0"), resolver)


async def _curious(web: Web, url: str, visit: Visit, page: bool = False) -> Document | Unchanged:
    await _fetch(web, url.replace("/feed", "/bilaga.mp3"), visit)
    return await _fetch(web, url, visit)


_fetch = Web.fetch


async def _at_once(seconds: float) -> None:
    pass


_forgetful = by("aggregator.fetching.answers.conditions", lambda known: {})
_all_at_once = by("aggregator.fetching.decision.JITTER", 0)

RULES = (
    Rule(validators_come_back_exactly_as_they_were_received, _forgetful),
    Rule(
        a_validator_that_cannot_be_sent_back_as_it_came_is_none,
        by("aggregator.fetching.answers._as_it_came", lambda value: value.decode("latin-1")),
    ),
    Rule(
        validators_come_back_also_after_a_304_that_leaves_them_out,
        by("aggregator.model.Validators.renewed_by", lambda self, later: later),
    ),
    Rule(
        new_validators_are_kept_although_the_bytes_are_the_same,
        by("aggregator.fetching.answers.validators", lambda headers: Validators('"a"')),
    ),
    Rule(
        a_validator_that_a_200_no_longer_carries_is_forgotten,
        by("aggregator.fetching.answers.validators", lambda headers: Validators('"a"', ODD_DATE)),
    ),
    Rule(
        no_validator_is_kept_from_an_answer_that_was_cut_empty_or_unreadable,
        by(
            "aggregator.fetching.web.answers.conditions",
            lambda known: {"If-None-Match": '"bad"'},
        ),
    ),
    Rule(the_validators_of_the_last_good_answer_outlive_a_failure, _forgetful),
    Rule(
        a_304_that_was_not_asked_for_is_a_failure,
        by("aggregator.fetching.decision._after_failure", lambda source, visit, error, now: visit),
    ),
    Rule(
        validators_are_shown_only_where_they_came_from,
        by("aggregator.fetching.web.Journey.known_at", lambda j, here: j.visit.validators),
    ),
    Rule(
        the_same_bytes_without_validators_are_not_read_again,
        by("aggregator.model.Document.fingerprint", property(lambda document: uuid4().hex)),
    ),
    Rule(
        a_due_source_is_asked_once_and_no_other_is_asked,
        by("aggregator.fetching.decision._pace", lambda s, v, now: HOUR / 4),
    ),
    Rule(sources_of_the_same_pace_do_not_all_come_at_the_same_moment, _all_at_once),
    Rule(
        what_a_server_says_of_freshness_makes_us_slower,
        by("aggregator.fetching.answers.freshness", lambda headers, now: timedelta()),
    ),
    Rule(
        what_a_server_says_of_freshness_never_makes_us_faster,
        by("aggregator.fetching.decision._pace", lambda s, v, now: timedelta()),
    ),
    Rule(
        an_absurd_freshness_keeps_us_away_for_a_day_at_most,
        by("aggregator.fetching.decision.LONGEST_PAUSE", timedelta(days=3650)),
    ),
    Rule(a_host_has_at_most_two_requests_at_once, told(per_host="6")),
    Rule(there_is_a_gap_between_requests_at_a_host, by("aggregator.fetching.hosts.asyncio.sleep", _at_once)),
    Rule(we_say_who_we_are, by("aggregator.fetching.web.open_client", _disguised)),
    Rule(
        we_only_get_and_keep_no_cookies_and_say_not_where_we_come_from,
        by("aggregator.fetching.session.aiohttp.DummyCookieJar", lambda: CookieJar(unsafe=True)),
    ),
    Rule(nothing_that_a_newsfeed_names_is_fetched, by("aggregator.fetching.web.Web.fetch", _curious)),
    Rule(what_each_source_costs_is_counted, by("aggregator.fetching.decision._traffic", lambda came: Visit().traffic)),
    Rule(
        a_proxy_in_the_environment_is_used_only_if_we_are_told_to,
        by("aggregator.fetching.session.urllib.request.getproxies", dict),
    ),
)
