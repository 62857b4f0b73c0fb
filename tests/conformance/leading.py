"""Redirects: followed, tried, believed, or refused."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from conformance.answers import answer, feed, says, tells
from conformance.rule import Rule, by
from conformance.town import Ask
from conformance.trial import DAY, Trial


def a_permanent_redirect_is_tried_for_a_week_and_then_used_and_proposed(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett"), ETag='"a"'))
    old = {status: t.town.host(says(status, Location=f"{new.url}/{status}")) for status in (301, 308)}
    sources = {status: t.follows(f"aktor-{status}", host) for status, host in old.items()}
    before = t.config.path.read_bytes()
    for _ in range(7):
        t.round(DAY)
    assert [t.visit(source).moved for source in sources.values()] == ["", ""]
    t.round(DAY)
    t.round(DAY)
    for status, source in sources.items():
        assert t.visit(source).moved == f"{new.url}/{status}"
        assert f"is read at {new.url}/{status}" in t.alarm(source, "moved").problem
        assert (len(old[status].asked), new.paths.count(f"/{status}")) == (8, 9)
    assert (t.folder / "feeds.toml").read_bytes() == before


def the_trial_of_a_redirect_begins_anew_when_it_leads_elsewhere(t: Trial) -> None:
    one, two = (t.town.host(says(200, feed("Ett"))) for _ in range(2))
    old = t.town.host(says(301, Location=f"{one.url}/feed"))
    source = t.follows("aktor", old)
    for day in range(12):
        old.manner = says(301, Location=f"{(one if day < 5 else two).url}/feed")
        t.round(DAY)
    assert t.visit(source).moved == ""
    t.round(DAY)
    assert t.visit(source).moved == f"{two.url}/feed"


def a_redirect_to_something_unreadable_is_never_believed(t: Trial) -> None:
    portal = t.town.host(says(200, "<html><body>Logga in på nätverket</body></html>"))
    home = t.town.host(says(301, Location=f"{portal.url}/feed"))
    source = t.follows("aktor", home)
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    for _ in range(10):
        t.round(DAY)
    assert (t.visit(source).moved, t.items(source)) == ("", [])
    home.manner = says(200, feed("Ett"))
    t.round(DAY)
    assert len(t.items(source)) == 1


def a_redirect_that_stops_is_forgotten(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett")))
    old = t.town.host(says(301, Location=f"{new.url}/feed"))
    source = t.follows("aktor", old)
    for day in range(12):
        old.manner = says(200, feed("Ett")) if day == 6 else says(301, Location=f"{new.url}/feed")
        t.round(DAY)
    assert t.visit(source).moved == ""


def a_new_address_that_fails_is_given_up_for_the_one_in_the_file(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett")))
    old = t.town.host(says(301, Location=f"{new.url}/feed"))
    source = t.follows("aktor", old)
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    for _ in range(8):
        t.round(DAY)
    assert t.visit(source).moved
    new.manner, old.manner = says(404), says(200, feed("Ett", "Två"))
    t.round(DAY)
    t.round(DAY)
    assert (t.visit(source).moved, len(t.items(source))) == ("", 2)


def a_temporary_redirect_is_followed_and_never_remembered(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett")))
    old = {status: t.town.host(says(status, Location=f"{new.url}/feed")) for status in (302, 303, 307)}
    sources = {status: t.follows(f"aktor-{status}", host) for status, host in old.items()}
    for _ in range(9):
        t.round(DAY)
    for status, source in sources.items():
        visit = t.visit(source)
        assert (len(old[status].asked), visit.moved, visit.move, visit.failures) == (9, "", None, 0)


def a_permanent_redirect_behind_a_temporary_one_is_not_remembered(t: Trial) -> None:
    new = t.town.host(says(200, feed("Ett")))
    hop = t.town.host(says(301, Location=f"{new.url}/feed"))
    source = t.follows("aktor", t.town.host(says(302, Location=f"{hop.url}/feed")))
    for _ in range(9):
        t.round(DAY)
    assert t.visit(source).moved == ""


def five_redirects_are_followed_and_the_sixth_is_not(t: Trial) -> None:
    def manner(ask: Ask) -> Iterable[bytes]:
        left = int(ask.path.strip("/"))
        return [answer(302, Location=f"/{left - 1}") if left else answer(200, feed("Ett"))]

    host = t.town.host(manner)
    five, six = t.follows("five", f"{host.url}/5"), t.follows("six", f"{host.url}/6")
    t.round()
    assert (t.visit(five).problem, len(t.items(five))) == ("", 1)
    assert "redirects more than 5 times" in t.visit(six).problem
    assert len(host.asked) == 6 + 6


def each_hop_of_a_redirect_is_checked_for_its_address(t: Trial) -> None:
    t.settings["private_networks"] = '["127.0.0.1/32"]'
    inner = t.town.host(says(200, feed("Hemligt")), address="127.0.0.2")
    hop = t.town.host(says(302, Location=f"{inner.url}/feed"))
    source = t.follows("aktor", t.town.host(says(302, Location=f"{hop.url}/feed")))
    t.round()
    assert inner.asked == []
    assert "127.0.0.2 is not a public address" in t.visit(source).problem


def a_redirect_out_of_the_web_is_refused(t: Trial) -> None:
    targets = ["file:///etc/passwd", "ftp://127.0.0.1/feed", "gopher://127.0.0.1:70/", "javascript:alert(1)"]
    sources = [t.follows(f"aktor-{n}", t.town.host(says(301, Location=target))) for n, target in enumerate(targets)]
    t.round()
    assert all("no address of the web" in t.visit(source).problem for source in sources)


def what_opens_one_site_is_not_shown_to_another(t: Trial) -> None:
    other = t.town.host(says(200, feed("Ett")))
    home = t.town.host(
        tells({"/feed": answer(302, Location="/inre"), "/inre": answer(302, Location=f"{other.url}/feed")})
    )
    t.follows("aktor", home.url.replace("//", "//namn:losen@") + "/feed")
    t.round()
    assert [ask.headers.get("authorization", "")[:6] for ask in home.asked] == ["Basic ", "Basic "]
    assert "authorization" not in other.asked[0].headers


_trusting = by("aggregator.fetching.decision.TRIAL", timedelta())
_believing = by(
    "aggregator.fetching.decision._after_failure",
    lambda source, visit, error, now: replace(visit, moved="http://127.0.0.1:9/", due=now + DAY),
)
_unguarded = by("aggregator.fetching.guard.is_open", lambda address, networks: address.startswith("127."))
_talkative = by(
    "aggregator.fetching.web._next", lambda here, target: here.join(target).copy_with(userinfo=here.userinfo)
)
_distrusting = by("aggregator.fetching.decision.TRIAL", 999 * DAY)
_all_lasting = by("aggregator.fetching.web.LASTING", {301, 302, 303, 307, 308})

RULES = (
    Rule(a_permanent_redirect_is_tried_for_a_week_and_then_used_and_proposed, _trusting),
    Rule(the_trial_of_a_redirect_begins_anew_when_it_leads_elsewhere, _trusting),
    Rule(
        a_redirect_to_something_unreadable_is_never_believed,
        _believing,
    ),
    Rule(a_redirect_that_stops_is_forgotten, by("aggregator.fetching.decision.TRIAL", 4 * DAY)),
    Rule(a_new_address_that_fails_is_given_up_for_the_one_in_the_file, _distrusting),
    Rule(a_temporary_redirect_is_followed_and_never_remembered, _all_lasting),
    Rule(a_permanent_redirect_behind_a_temporary_one_is_not_remembered, _all_lasting),
    Rule(five_redirects_are_followed_and_the_sixth_is_not, by("aggregator.fetching.web.HOPS", 10)),
    Rule(
        each_hop_of_a_redirect_is_checked_for_its_address,
        _unguarded,
    ),
    Rule(a_redirect_out_of_the_web_is_refused, by("aggregator.fetching.web._next", lambda here, target: here)),
    Rule(what_opens_one_site_is_not_shown_to_another, _talkative),
)
