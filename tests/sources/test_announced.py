"""Events announced in Swedish text: how many of the labelled are found, and what must never become one."""

from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import NOON, an_entry

from aggregator.model import Event
from aggregator.sources import with_event
from aggregator.sources.announced import event_in
from benchmarks.announced import lines_of, score


def found(body: str, title: str = "Klädbytardag", at: datetime = NOON) -> Event | None:
    return event_in(title, body, at)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("name", ["seen", "hidden"])
def test_what_is_found_is_right_and_most_is_found(name: str) -> None:
    counted = score(name)
    assert counted.texts >= 100
    assert 2 * (counted.texts - counted.wanted) >= counted.texts
    assert counted.precision >= 0.98
    assert counted.recall >= 0.8


def test_no_text_is_in_both_halves() -> None:
    assert {line[2] for line in lines_of("seen")}.isdisjoint(line[2] for line in lines_of("hidden"))


def test_an_announcement_tells_when_where_and_whose() -> None:
    told = found("När: lördag 12 december kl. 13–15\nVar: Folkets hus, Storgatan 3\nArrangör: Cykelvännerna")
    assert told == Event(utc(2026, 12, 12, 12), utc(2026, 12, 12, 14), "Folkets hus", "Storgatan 3", "Cykelvännerna")


@pytest.mark.parametrize("words", ["INSTÄLLT!", "Mötet är inställt.", "Kvällen ställs in.", "Inställd"])
def test_what_is_cancelled_says_so(words: str) -> None:
    told = found(f"{words} Lördag 12 december kl. 13 i Folkets hus.")
    assert told
    assert told.cancelled


@pytest.mark.parametrize(
    "body",
    [
        "I lördags hölls klädbytardagen. Välkommen åter!",
        "Lördag 21 november kl. 13 i Folkets hus. Välkommen!",  # three days before it was published
        "Fredag 12 december kl. 13 i Folkets hus. Välkommen!",  # it is a Saturday
        "Välkommen 12 december kl. 13 och 19 december kl. 13 till Folkets hus.",
        "Anmäl dig senast 12 december kl. 13. Välkommen!",
        "Varje lördag kl. 13 i Folkets hus. Välkommen!",
        "Lördag 12 december 2030 kl. 13 i Folkets hus. Välkommen!",
        "Välkommen till Folkets hus! Vi har öppet kl. 13–15.",
        "Välkommen till klädbytardagen i vår.",
        "31 november kl. 13 i Folkets hus. Välkommen!",
        "",
    ],
)
def test_what_is_no_announcement_of_one_coming_event_is_none(body: str) -> None:
    assert found(body) is None


def test_a_long_article_that_names_a_day_is_no_announcement() -> None:
    body = "Välkommen till klädbytardag lördag 12 december kl. 13 i Folkets hus. "
    assert found(body)
    assert found(body + "Vi byter kläder. " * 300) is None


def test_an_entry_that_is_an_event_already_stays_as_it_is() -> None:
    entry = an_entry(event=Event(NOON), html="<p>Välkommen lördag 12 december kl. 13 till Folkets hus.</p>")
    assert with_event(entry, NOON, NOON) is entry


def test_the_text_of_html_is_read_line_by_line() -> None:
    entry = an_entry(
        title="Bytardag", html="<ul><li>Tid: 12 dec kl 13</li><li>Plats: Folkets hus</li></ul><p>Fika finns</p>"
    )
    assert with_event(entry, NOON, NOON).event == Event(utc(2026, 12, 12, 12), None, "Folkets hus")


def test_it_means_the_same_whenever_it_is_read_and_nothing_if_it_was_long_over_when_first_seen() -> None:
    entry = an_entry(title="Bytardag", html="<p>Välkommen lördag 12 december kl. 13 till Folkets hus.</p>")
    told = with_event(entry, NOON, NOON)
    assert told.event
    assert with_event(entry, NOON, NOON + timedelta(days=40)) == told
    assert with_event(entry, NOON, NOON + timedelta(days=60)).event is None


def test_several_days_are_one_event_of_days() -> None:
    told = found("Välkommen till utställningen i Konsthallen 5–13 december. Fri entré.", "Vernissage")
    assert told == Event(date(2026, 12, 5), date(2026, 12, 13), "Konsthallen")


WORDS = (
    "Välkommen till bytardag lördag 12 december kl. 13–15 , . ! ? : \n När: Var: Plats: i på Folkets hus Storgatan 3 "
    "inställt senast anmäl dig 7/11 i morgon 2026 – 11.00 varje hölls"
).split(" ")


@given(st.text(max_size=60), st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60).map(" ".join))
def test_any_text_gives_an_event_that_is_to_come_or_none(title: str, body: str) -> None:
    told = event_in(title, body, NOON)
    assert told == event_in(title, body, NOON)
    if told:
        begins = told.start.date() if isinstance(told.start, datetime) else told.start
        assert begins >= NOON.date()


@pytest.mark.parametrize(
    "part", ["i A ", "12 december ", "kl. 13 ", "Plats: ", "A, ", "välkommen ", "mån ", "sista dagen a b ", ". A"]
)
def test_no_text_takes_long(part: str) -> None:
    began = process_time()
    event_in("Bytardag 12 december kl. 13", (part * 4000)[:3900], NOON)
    assert process_time() - began < 2
