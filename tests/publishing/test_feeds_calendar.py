"""Calendars: what stands in them, and as other libraries read them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from awkward import EDITION, EMPTY
from icalendar import Calendar
from made import MARIESTAD, NOON, SITE, an_article
from readers import in_node, needs_node

from aggregator.model import Edition, Event
from aggregator.publishing.edition import edition_of
from aggregator.publishing.feeds import calendar

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def with_events(*events: Event, **told: object) -> Edition:
    articles = [an_article(number, event=event, **told) for number, event in enumerate(events)]
    return edition_of(SITE, MARIESTAD, articles, NOON.date(), events=articles)


def read(edition: Edition) -> list[dict[str, object]]:
    events = Calendar.from_ical(calendar(edition)).walk("VEVENT")
    return [{name.lower(): getattr(value, "dt", value) for name, value in event.property_items()} for event in events]


def test_the_same_events_make_the_same_bytes() -> None:
    assert calendar(EDITION) == calendar(replace(EDITION, day=NOON.date() + timedelta(days=1)))


def test_lines_are_short_and_end_as_the_standard_has_it() -> None:
    text = calendar(EDITION)
    assert text.count(b"\n") == text.count(b"\r\n")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_moments_are_swedish_time_by_a_rule_that_stands_in_the_file() -> None:
    text = calendar(EDITION).decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=Europe/Stockholm:20261205T130000\r\n" in text
    [event] = [each for each in read(EDITION) if each["summary"] == "Cykelfest på torget"]
    assert event["dtstart"].astimezone(UTC) == datetime(2026, 12, 5, 12, tzinfo=UTC)


def test_the_clock_goes_back_in_october() -> None:
    before, after = (Event(datetime(2026, 10, day, 10, tzinfo=UTC)) for day in (24, 26))
    starts = [event["dtstart"] for event in read(with_events(before, after))]
    assert [f"{start:%d %H:%M}" for start in starts] == ["24 12:00", "26 11:00"]
    assert [start.astimezone(UTC).hour for start in starts] == [10, 10]


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        (Event(date(2026, 12, 6)), date(2026, 12, 6), date(2026, 12, 7)),
        (Event(date(2026, 11, 3), date(2026, 11, 5)), date(2026, 11, 3), date(2026, 11, 6)),
        (Event(date(2026, 11, 3), date(2026, 11, 1)), date(2026, 11, 3), date(2026, 11, 4)),
        (Event(date(2026, 11, 3), datetime(2026, 11, 4, 20, tzinfo=UTC)), date(2026, 11, 3), date(2026, 11, 5)),
        (Event(NOON), NOON, None),
        (Event(NOON, NOON - timedelta(hours=1)), NOON, None),
        (Event(NOON, date(2026, 11, 25)), NOON, datetime(2026, 11, 26, tzinfo=STOCKHOLM)),
    ],
)
def test_a_day_ends_with_the_next_one_and_nothing_ends_before_it_begins(
    event: Event, start: date, end: date | None
) -> None:
    [found] = read(with_events(event))
    assert (found["dtstart"], found.get("dtend")) == (start, end)


def test_a_correction_counts_up_and_the_id_stays() -> None:
    first = with_events(Event(NOON))
    times = [NOON, NOON + timedelta(seconds=20), NOON + timedelta(minutes=3), NOON + timedelta(days=2)]
    told = [read(with_events(Event(NOON), corrected=time, updated=time))[0] for time in times]
    sequences = [read(first)[0]["sequence"], *(each["sequence"] for each in told)]
    assert sequences == [0, 1, 1, 4, 2881]
    assert {each["uid"] for each in told} == {"tag:prov.example,2026:cykel/0"}


def test_what_is_cancelled_stays_and_says_so() -> None:
    found = {event["summary"]: event["status"] for event in read(EDITION)}
    assert found == {
        "Har varit": "CONFIRMED",
        "Cykelfest på torget": "CONFIRMED",
        "Inställt: adventsvandring": "CANCELLED",
    }


def test_it_tells_its_name_how_often_to_read_it_and_where_its_news_comes_from() -> None:
    text = calendar(EDITION).decode().replace("\r\n ", "")
    assert "X-WR-CALNAME:Kommunområdet Mariestad – Nyheter på prov\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert text.count(r"Källa: Cykelvännerna\n\nhttps://cykel.example/") == 3
    assert "ORGANIZER" not in text


def test_a_calendar_without_events_can_be_read() -> None:
    assert read(EMPTY) == []


@needs_node
def test_ical_js_reads_times_days_and_what_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "kalender.ics"
    path.write_bytes(calendar(EDITION))
    past, feast, walk = in_node("ical.js", path)
    assert (past["allDay"], past["start"], past["end"]) == (True, "2026-11-03", "2026-11-06")
    assert (feast["start"], feast["end"]) == ("2026-12-05T12:00:00.000Z", "2026-12-05T14:00:00.000Z")
    assert (feast["uid"], feast["location"]) == ("tag:prov.example,2026:cykel/3", "Nya torget & scenen")
    assert (walk["status"], walk["url"]) == ("CANCELLED", "https://cykel.example/4")


@needs_node
def test_node_ical_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kalender.ics"
    path.write_bytes(calendar(EDITION))
    found = {event["uid"]: event for event in in_node("node-ical", path)}
    assert found["tag:prov.example,2026:cykel/3"]["start"] == "2026-12-05T12:00:00.000Z"
    assert found["tag:prov.example,2026:cykel/4"]["status"] == "CANCELLED"
    assert found["tag:prov.example,2026:cykel/5"]["allDay"]
