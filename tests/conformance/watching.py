"""What looks wrong although the source answered; each is opened once, and closed when it is over."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from aggregator.fetching.session import trust
from aggregator.watching import CHECKS
from conformance.answers import feed, says
from conformance.limits import CERTIFICATE, tls
from conformance.rule import Break, Rule, by
from conformance.trial import DAY, NOON, Trial

SWEDISH = "Vi ses på torget och lagar cyklar med alla som vill vara med på det som vi gör i en liten by"
ENGLISH = "We meet at the market and mend the bikes of all who want to be with us in a small village and that is it"


def texts(body: str, times: int = 1, id: str = "", count: int = 8) -> str:
    """A newsfeed of so many entries, each with BODY so many times over."""
    entries = "".join(
        f"<item><title>Nyhet {n}</title><link>https://aktor.example/{n}</link><guid>{id}{n}</guid>"
        f"<description>{' '.join([body] * times)}</description></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>Aktören</title>{entries}</channel></rss>'


def changes(t: Trial, kind: str, before: str, after: str) -> None:
    """A change opens the alarm, going back closes it, and two weeks make it the usual."""
    host = t.town.host(says(200, before))
    source = t.follows("aktor", host)
    t.round()
    t.round(DAY)
    assert not t.alarms()
    host.manner = says(200, after)
    t.round(DAY)
    opened = t.alarm(source, kind).opened
    t.round(DAY)
    assert t.alarm(source, kind).opened == opened == NOON + 2 * DAY
    for day in range(14):
        host.manner = says(200, after.replace("Aktören", f"Aktören {day}"))
        t.round(DAY)
    t.round(DAY)
    assert (source, kind) not in t.alarms()


def a_sudden_change_of_language_is_told(t: Trial) -> None:
    changes(t, "language", texts(SWEDISH), texts(ENGLISH))


def a_sudden_change_of_length_is_told(t: Trial) -> None:
    changes(t, "length", texts(SWEDISH, 10), texts(SWEDISH, 1))


def a_sudden_change_of_ids_is_told_and_publishes_nothing_anew(t: Trial) -> None:
    changes(t, "ids", texts(SWEDISH, id=""), texts(SWEDISH, id="https://aktor.example/?p="))
    assert len(t.items("aktor/nyheter")) == 8


def a_list_that_has_lost_most_of_itself_is_told_and_the_rest_is_kept(t: Trial) -> None:
    changes(t, "shrunk", texts(SWEDISH), texts(SWEDISH, count=2))
    assert len(t.items("aktor/nyheter")) == 8


def a_page_that_is_made_anew_is_told_and_its_news_is_kept(t: Trial) -> None:
    titles = [f"Nyhet {number}" for number in range(5)]
    select = '{ item = ".nyhet", date = ".dag", title = "h2" }'

    def listed(titles: list[str], day: str, news: str = "nyhet") -> str:
        items = (
            f'<div class="{news}"><h2><a href="/{title[6:]}">{title}</a></h2><i class="{day}">2026-11-20</i></div>'
            for title in titles
        )
        return f"<!DOCTYPE html><html><body>{''.join(items)}</body></html>"

    host = t.town.host(says(200, listed(titles, "dag")))
    source = t.follows("aktor", host, page=True, select=select)
    t.round()
    for manner, alarm in ((listed(titles, "datum"), "undated"), (listed(titles[:1], "dag"), "shrunk")):
        host.manner = says(200, manner)
        t.round(DAY)
        assert (source, alarm) in t.alarms()
    host.manner = says(200, listed(titles, "dag", "kort"))
    t.round(DAY)
    assert "has nothing that select.item" in t.visit(source).problem
    assert len(t.items(source)) == 5


def a_change_back_closes_its_alarm(t: Trial) -> None:
    host = t.town.host(says(200, texts(SWEDISH)))
    source = t.follows("aktor", host)
    t.round()
    host.manner = says(200, texts(ENGLISH))
    t.round(DAY)
    assert (source, "language") in t.alarms()
    host.manner = says(200, texts(SWEDISH))
    t.round(DAY)
    assert not t.alarms()


def silence_against_its_own_rhythm_is_told(t: Trial) -> None:
    t.now = datetime.fromisoformat("2026-02-02T12:00+01:00")
    host = t.town.host(says(200, feed("Nyhet 0")))
    often = t.follows("often", host)
    seldom = t.follows("seldom", t.town.host(says(200, feed("Nyhet"))), silence='"60d"')
    titles = ["Nyhet 0"]
    t.round()
    for number in range(1, 9):
        titles.append(f"Nyhet {number}")
        host.manner = says(200, feed(*titles))
        t.round(2 * DAY)
    t.round(13 * DAY)
    assert not t.alarms()
    t.round(2 * DAY)
    assert list(t.alarms()) == [(often, "silent")]
    host.manner = says(200, feed(*titles, "Åter"))
    t.round(DAY)
    assert not t.alarms()
    t.round(61 * DAY)
    assert (seldom, "silent") in t.alarms()


def july_and_christmas_do_not_count_as_silence(t: Trial) -> None:
    t.now = datetime.fromisoformat("2026-06-01T12:00+02:00")
    host = t.town.host(says(200, feed("Nyhet 0")))
    t.follows("aktor", host)
    for number in range(1, 9):
        host.manner = says(200, feed(*(f"Nyhet {n}" for n in range(number))))
        t.round(3 * DAY)
    t.round(34 * DAY)
    assert not t.alarms()
    t.round(14 * DAY)
    assert list(t.alarms()) == [("aktor/nyheter", "silent")]


def a_source_that_another_site_answers_for_is_told(t: Trial) -> None:
    other = t.town.host(says(200, feed("Ett")))
    host = t.town.host(says(302, Location=f"{other.url}/feed"))
    source = t.follows("aktor", host)
    t.round()
    assert other.url in t.alarm(source, "elsewhere").problem
    host.manner = says(200, feed("Ett"))
    t.round(DAY)
    assert not t.alarms()


def a_certificate_that_soon_expires_is_told(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(200, feed("Ett")), tls=tls()))
    with _trusted():
        t.now = datetime.fromisoformat("2036-11-01T12:00+00:00")
        t.round()
        assert not t.alarms()
        t.round(8 * DAY)
        assert "expires at 2036-11-2" in t.alarm(source, "certificate").problem


def dates_in_the_future_are_told(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett", date=NOON + 40 * DAY)))
    source = t.follows("aktor", host)
    t.round()
    assert "2027-01-03" in t.alarm(source, "future").problem
    host.manner = says(200, feed("Ett", date=NOON))
    t.round(DAY)
    assert not t.alarms()


def a_flood_is_held_and_told(t: Trial) -> None:
    for name, flood in {"many": feed(*map(str, range(21)), date=NOON), "undated": feed(*map(str, range(6)))}.items():
        host = t.town.host(says(200, feed("Ett", date=NOON)))
        source = t.follows(name, host)
        t.round()
        host.manner = says(200, flood)
        t.round(DAY / 4)
        hidden = [item.hidden for item in t.items(source)]
        assert len([reason for reason in hidden if reason]) == len(hidden) - 1
        assert "in quarantine" in t.alarm(source, "flood").problem


def a_new_source_and_a_long_absence_are_no_flood(t: Trial) -> None:
    host = t.town.host(says(200, feed(*map(str, range(40)), date=NOON)))
    source = t.follows("aktor", host)
    t.round()
    host.manner = says(200, feed(*map(str, range(75)), date=NOON))
    t.round(2 * DAY)
    assert not [item for item in t.items(source) if item.is_held]
    assert (source, "flood") not in t.alarms()


def of_a_new_source_only_the_newest_come_into_newsfeeds(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(200, feed(*map(str, range(40)), date=NOON))))
    t.round()
    carried = [item for item in t.items(source) if not item.hidden]
    assert len(t.items(source)) == 40
    assert len(carried) == 20
    assert (source, "flood") not in t.alarms()


def a_source_that_fails_for_days_is_told_and_so_is_its_recovery(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")))
    source = t.follows("aktor", host)
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    t.round()
    host.manner = says(500)
    t.round(DAY)
    assert not t.alarms()
    t.round(DAY)
    t.round(DAY)
    assert "500" in t.alarm(source, "failing").problem
    host.manner = says(200, feed("Ett"))
    t.round(DAY)
    assert not t.alarms()


@contextmanager
def _trusted() -> Iterator[None]:
    """A world in which our own certificate is trusted."""
    with patch("aggregator.fetching.session.httpx.create_ssl_context", lambda **told: _trusting()):
        trust.cache_clear()
        yield
    trust.cache_clear()


def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


def blind(kind: str) -> Break:
    """A collector without this check."""
    return lambda trial: patch.dict(CHECKS, {kind: lambda call: None})


RULES = (
    Rule(a_sudden_change_of_language_is_told, blind("language")),
    Rule(a_sudden_change_of_length_is_told, blind("length")),
    Rule(a_sudden_change_of_ids_is_told_and_publishes_nothing_anew, blind("ids")),
    Rule(a_list_that_has_lost_most_of_itself_is_told_and_the_rest_is_kept, blind("shrunk")),
    Rule(a_page_that_is_made_anew_is_told_and_its_news_is_kept, blind("undated")),
    Rule(a_change_back_closes_its_alarm, blind("language")),
    Rule(silence_against_its_own_rhythm_is_told, blind("silent")),
    Rule(july_and_christmas_do_not_count_as_silence, by("aggregator.model.rhythm._is_holiday", lambda day: False)),
    Rule(a_source_that_another_site_answers_for_is_told, blind("elsewhere")),
    Rule(a_certificate_that_soon_expires_is_told, blind("certificate")),
    Rule(dates_in_the_future_are_told, blind("future")),
    Rule(
        a_flood_is_held_and_told,
        by("aggregator.jobs.collect.reasons_to_hide", lambda new, visit, now: ("",) * len(new)),
    ),
    Rule(
        of_a_new_source_only_the_newest_come_into_newsfeeds,
        by("aggregator.matching.flood.NEWEST_OF_A_NEW_SOURCE", 100),
    ),
    Rule(a_new_source_and_a_long_absence_are_no_flood, by("aggregator.matching.flood.NEW_A_DAY", 5)),
    Rule(a_source_that_fails_for_days_is_told_and_so_is_its_recovery, blind("failing")),
)
