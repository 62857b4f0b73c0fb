"""The status page, status.json and the operators' newsfeed: what they say of the sources, and what they must not."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from made import ACTOR, NOON, SITE
from prometheus_client.parser import text_string_to_metric_families

from aggregator.model import Actor, Alarm, Health, Host, Rhythm, State, Visit
from aggregator.publishing import condition, status_of, status_publications
from aggregator.publishing.status import HAPPENINGS
from aggregator.sources import FeedSource
from aggregator.watching import CHECKS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHOIR = Actor("kor", "Ånäs kör")

WELL = Visit("https://cykel.example/feed/", NOON + HOUR, since=NOON - 90 * DAY, visited=NOON, succeeded=NOON)
BROKEN = replace(WELL, succeeded=NOON - 3 * DAY, failures=9, problem="answers 500 (Internal Server Error)")

SILENT = Alarm("cykel/feed", "silent", "has had no news since 2026-09-01", NOON - DAY)
FAILING = Alarm("cykel/feed", "failing", "has failed 9 times in a row", NOON - 2 * DAY)
NETWORK = Alarm("", "network", "none of the hosts answered", NOON)

HOSTILE = 'says "</p><script>alert(1)</script>&amp;\x00\x0b \ud800 ]]>'


FEED = "https://cykel.example/feed/"


def state(visit: Visit = WELL, *alarms: Alarm, actor: Actor = ACTOR, feed: str = FEED) -> State:
    source = FeedSource(feed=feed, every="auto").of(actor.id, "feed")
    return State(source, actor, visit, Host(""), alarms)


def made(*states: State, alarms: tuple[Alarm, ...] = (), told: tuple[Alarm, ...] = ()) -> dict[str, bytes]:
    names = {"cykel/feed": "Cykelvännerna", "kor/feed": "Ånäs kör"}
    status = status_of(SITE, Health(states, alarms), told, names)
    return {each.path.removeprefix("status/"): each.content for each in status_publications(status)}


def read(files: dict[str, bytes]) -> BeautifulSoup:
    return BeautifulSoup(files["index.html"], "html.parser")


def told_of(visit: Visit, *alarms: Alarm) -> dict[str, str]:
    """What the page tells of a source, by its headings."""
    [article] = read(made(state(visit, *alarms))).select("article.source")
    terms = (term.get_text().strip() for term in article.find_all("dt"))
    return dict(zip(terms, (" ".join(told.get_text().split()) for told in article.find_all("dd")), strict=True))


EVERYTHING = (
    state(BROKEN, FAILING),
    state(actor=CHOIR, visit=Visit("https://cykel.example/feed/")),
)
ALL_TOLD = (NETWORK, SILENT.over(NOON), FAILING)


@pytest.mark.parametrize("name", ["index.html", "status.json", "atom.xml"])
def test_the_file_is_what_it_was(golden: Callable[[str, bytes], None], name: str) -> None:
    files = made(*EVERYTHING, alarms=(NETWORK,), told=ALL_TOLD)
    golden(f"status.{name.removeprefix('status.')}", files[name])
    assert files == made(*EVERYTHING, alarms=(NETWORK,), told=ALL_TOLD)


def test_a_source_that_is_well_says_so_and_when_it_was_and_will_be_fetched() -> None:
    assert told_of(WELL) == {
        "Hälsa": "mår bra",
        "Senast hämtad": "24 november 2026 kl. 13.00",
        "Rytm": "har inte visat någon rytm; frågas 65 gånger i veckan",
        "Nästa besök": "24 november 2026 kl. 14.00",
    }


def test_a_broken_source_says_since_when_and_in_the_programs_words_why() -> None:
    told = told_of(BROKEN, FAILING)
    assert told["Hälsa"] == "svarar inte sedan 21 november 2026 kl. 13.00"
    assert told["Vad som hände senast"] == "answers 500 (Internal Server Error)"


@pytest.mark.parametrize(
    ("visit", "words"),
    [
        (Visit("https://cykel.example/feed/"), "aldrig hämtad"),
        (replace(BROKEN, succeeded=None), "har aldrig svarat, frågas sedan 26 augusti 2026 kl. 14.00"),
        (replace(WELL, problem="cannot be reached"), "kunde inte nås senast, liksom alla andra"),
        (replace(BROKEN, gone=replace(WELL.gone, times=3, since=NOON - 3 * DAY)), "säger att den inte finns längre"),
    ],
)
def test_health_is_told_in_plain_swedish(visit: Visit, words: str) -> None:
    assert told_of(visit)["Hälsa"].startswith(words)


def test_a_silent_source_answers_and_yet_is_not_well() -> None:
    assert told_of(WELL, SILENT)["Hälsa"] == "svarar, men något ser fel ut"


def test_open_alarms_come_first_with_a_swedish_heading_and_the_sentence_as_it_was_told() -> None:
    soup = read(made(state(actor=CHOIR), state(BROKEN, FAILING), alarms=(NETWORK,)))
    assert [heading.get_text() for heading in soup.find_all("h3")] == [
        "Alla källor: ingen webbplats kan nås",
        "Cykelvännerna: svarar inte",
        "Cykelvännerna",
        "Ånäs kör",
    ]
    sentences = [told.get_text() for told in soup.select("article.alarm p[lang=en]")]
    assert sentences == [NETWORK.problem, FAILING.problem]
    assert "1 av 2 källor mår bra." in soup.get_text()


def test_every_kind_of_alarm_has_a_swedish_heading() -> None:
    assert set(condition.HEADINGS) == {*CHECKS, "network", "config"}
    assert condition.heading_of("new-kind") == "Något ser fel ut"


def test_what_is_recovered_is_not_on_the_page_but_in_the_newsfeed() -> None:
    files = made(state(), told=(SILENT.over(NOON),))
    assert not read(files).select("article.alarm")
    titles = [entry.title for entry in feedparser.parse(files["atom.xml"]).entries]
    assert titles == ["Cykelvännerna: återställd (ovanligt tyst)", "Cykelvännerna: ovanligt tyst"]


def test_the_newsfeed_tells_what_happened_newest_first() -> None:
    feed = feedparser.parse(made(told=ALL_TOLD)["atom.xml"])
    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "sv")
    assert feed.feed.link == "https://prov.example/flode/status/"
    moments = [datetime.fromisoformat(entry.updated) for entry in feed.entries]
    assert moments == [NOON, NOON, NOON - DAY, NOON - 2 * DAY]
    assert datetime.fromisoformat(feed.feed.updated) == NOON
    assert feed.entries[-1].link == "https://prov.example/flode/status/#cykel/feed"


def test_an_id_names_source_kind_and_the_moment_it_opened_and_stays() -> None:
    before = [entry.id for entry in feedparser.parse(made(told=(SILENT,))["atom.xml"]).entries]
    assert before == ["tag:prov.example,2026:drift/cykel/feed/silent/20261123T120000Z"]
    later = replace(SILENT, problem="told otherwise").over(NOON)
    after = [entry.id for entry in feedparser.parse(made(told=(NETWORK, later))["atom.xml"]).entries]
    assert after[-1:] == before
    assert after[:2] == [f"{before[0]}/aterstalld", "tag:prov.example,2026:drift/alla/network/20261124T120000Z"]


def test_a_newsfeed_without_any_happening_is_valid() -> None:
    feed = feedparser.parse(made()["atom.xml"])
    assert (feed.bozo, feed.entries, bool(feed.feed.id), bool(feed.feed.updated)) == (False, [], True, True)


def test_the_newsfeed_has_an_end() -> None:
    many = tuple(replace(SILENT, opened=NOON - number * HOUR) for number in range(HAPPENINGS + 5))
    assert len(feedparser.parse(made(told=many)["atom.xml"]).entries) == HAPPENINGS


def test_nothing_private_is_published() -> None:
    secret = "https://anna:hemligt@cykel.example/feed/"
    alarm = replace(FAILING, problem=f"has moved for good, and is read at {secret}")
    fault = "could not be read, which is our own fault: FileNotFoundError('/home/anna/flode')"
    visit = replace(BROKEN, location=secret, moved=secret, problem=fault, notes=(f"see {secret}",))
    files = made(state(visit, alarm, feed=secret), state(actor=CHOIR, feed="/home/anna/kor.xml"), told=(alarm,))
    for content in files.values():
        assert not any(word in content for word in (b"anna", b"hemligt", b"/home"))
    assert json.loads(files["status.json"])["sources"][0]["location"] == "https://cykel.example/feed/"


def test_what_files_that_people_gave_us_are_called_is_nobody_elses_business() -> None:
    problem = "is damaged: annas_dagbok.json"
    alarm = Alarm("kor/feed", "failing", f"has failed 9 times in a row; the last time it {problem}", NOON)
    visit = replace(BROKEN, location="inbox/kor", problem=problem, notes=("annas_dagbok.json has no rows",))
    files = made(state(visit, alarm, actor=CHOIR, feed="inbox/kor"), told=(alarm,))
    assert not any(b"dagbok" in content for content in files.values())
    assert "could not be read" in files["index.html"].decode()
    assert len(feedparser.parse(files["atom.xml"]).entries) == 1


def test_a_source_that_was_never_fetched_is_not_said_to_be_well() -> None:
    assert "0 av 1 källa mår bra." in read(made(state(Visit("https://cykel.example/feed/")))).get_text()


def test_hostile_text_in_a_sentence_is_text_everywhere() -> None:
    alarm = replace(FAILING, problem=HOSTILE)
    files = made(state(replace(BROKEN, problem=HOSTILE), alarm), told=(alarm,))
    soup = read(files)
    assert not soup.find_all(["script", "img", "iframe"])
    assert "</p><script>alert(1)</script>&amp;" in soup.get_text()
    feed = feedparser.parse(files["atom.xml"], sanitize_html=False)
    assert not feed.bozo
    assert "&lt;script&gt;" in feed.entries[0].content[0].value
    assert "<script>" in json.loads(files["status.json"])["alarms"][0]["problem"]
    assert len(made(told=(replace(alarm, problem="a" * 100_000),))["atom.xml"]) < 4000


def test_the_page_is_swedish_names_its_newsfeed_and_runs_nothing() -> None:
    soup = read(made(state()))
    assert soup.html is not None
    assert soup.html["lang"] == "sv"
    [link] = soup.find_all("link", rel="alternate")
    assert (link["type"], link["href"]) == ("application/atom+xml", "atom.xml")
    assert not soup.find_all(["script", "form"])
    assert soup.select('footer a[href="../status/index.html"]')


def test_without_sources_the_page_says_so() -> None:
    assert "Inga källor hämtas än." in read(made()).get_text()


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (HOUR, "varje timme"),
        (2 * HOUR, "varannan timme"),
        (6 * HOUR, "var sjätte timme"),
        (23 * HOUR, "var 23:e timme"),
        (21 * HOUR, "var 21:a timme"),
        (HOUR / 4, "var 15:e minut"),
        (DAY, "en gång om dygnet"),
    ],
)
def test_a_pace_is_told_in_plain_swedish(span: timedelta, words: str) -> None:
    assert condition.every(span) == words


def test_a_rhythm_that_was_learnt_is_told_in_plain_swedish() -> None:
    weekly = Rhythm(tuple(NOON - 7 * DAY * week for week in range(12, 0, -1)))
    assert told_of(replace(WELL, rhythm=weekly))["Rytm"] == (
        "har något nytt ungefär var 7:e dag, mest på tisdagar; frågas 75 gånger i veckan"
    )
    fixed = replace(state(), source=FeedSource(feed="https://cykel.example/feed/", every="6h").of("cykel", "feed"))
    assert condition.rhythm_of(fixed) == "frågas var sjätte timme, som vi har bestämt"


def test_how_much_a_source_gave_each_week_is_drawn_and_told_in_words() -> None:
    weeks = (*(0,) * 23, 1, 4, 2)
    [article] = read(made(replace(state(), weeks=weeks))).select("article.source")
    assert [int(str(bar["height"])) for bar in article.select("svg rect")[-4:]] == [1, 5, 20, 10]
    assert "7 nyheter på 26 veckor, som mest 4 på en vecka" in " ".join(article.get_text().split())
    told = json.loads(made(replace(state(), weeks=weeks))["status.json"])
    assert told["sources"][0]["weeks"] == list(weeks)
    assert "ingen nyhet på 26 veckor" in made(replace(state(), weeks=(0,) * 26))["index.html"].decode()


def test_prometheus_reads_how_the_sources_are() -> None:
    text = made(*EVERYTHING, alarms=(NETWORK,))["metrics.txt"].decode()
    assert 'nyhetsflode_source_failures{source="cykel/feed"} 9\n' in text
    assert 'nyhetsflode_alarms{kind="failing"} 1\nnyhetsflode_alarms{kind="network"} 1\n' in text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["nyhetsflode_source_requests"].type == "counter"
    [never] = [sample for sample in families["nyhetsflode_source_failures"].samples if "kor" in sample.labels["source"]]
    assert never.value == 0
    assert len(families["nyhetsflode_source_succeeded_timestamp_seconds"].samples) == 1
