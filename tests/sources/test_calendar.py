"""Calendars as Google, Outlook, Nextcloud, WordPress, Facebook and municipalities write them, and what is none."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NOON

from aggregator.errors import ParseError
from aggregator.matching import identified
from aggregator.model import Document, Entry, Reading
from aggregator.sources import CalendarSource
from aggregator.sources.calendar.recurrence import rule_of

DOCUMENTS = Path(__file__).parent.parent / "documents" / "calendar"
ADDRESS = "https://prov.example/kalender.ics"


def reading(content: bytes | str, at: datetime = NOON) -> Reading:
    whole = content.encode() if isinstance(content, str) else content
    return CalendarSource(calendar=ADDRESS).read(Document(ADDRESS, whole, "text/calendar; charset=utf-8", at=at))


def named(name: str, at: datetime = NOON) -> Reading:
    return reading((DOCUMENTS / name).read_bytes(), at)


def calendar(*events: str) -> str:
    """A calendar of these VEVENTs, each given as its lines without BEGIN and END."""
    inside = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n".replace("\r\n", "\n").replace("\n", "\r\n")


def event(lines: str, at: datetime = NOON) -> Entry:
    [entry] = reading(calendar(f"UID:1\nSUMMARY:Träff\n{lines}"), at).entries
    return entry


def starts(read: Reading) -> list[datetime | date]:
    return [entry.event.start for entry in read.entries if entry.event]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_calendar_of_google() -> None:
    read = named("google.ics")
    assert read.title == "Cykelvännernas kalender"
    assert read.notes == ("1 events are private, and were passed over",)
    assert [(entry.title, entry.id) for entry in read.entries] == [
        ("Cykelkök", "5k2v0cykelkok@google.com/2026-11-11"),
        ("Cykelkök", "5k2v0cykelkok@google.com/2026-11-18"),
        ("Cykelkök", "5k2v0cykelkok@google.com/2026-11-25"),
        ("Julmarknad", "7julmarknad@google.com"),
        ("Cykelkök med glögg", "5k2v0cykelkok@google.com/2026-12-09"),
        ("Cykelkök", "5k2v0cykelkok@google.com/2026-12-16"),
        ("Cykelkök", "5k2v0cykelkok@google.com/2026-12-23"),
    ]
    first, market, moved = read.entries[0], read.entries[3], read.entries[4]
    assert first.event
    assert market.event
    assert moved.event
    assert (first.event.start, first.event.end) == (utc(2026, 11, 11, 17), utc(2026, 11, 11, 19))
    assert (first.event.place, first.event.address) == ("Cykelköket", "Verkstadsgatan 12, 542 30 Mariestad")
    assert first.html == "Vi lagar cyklar tillsammans.<br>Verktyg finns&nbsp;p<b>å</b> plats."
    assert (first.published, first.updated) == (utc(2026, 9, 15, 8, 30), utc(2026, 9, 16, 10, 11, 12))
    assert (market.event.start, market.event.end) == (date(2026, 12, 5), date(2026, 12, 6))
    assert moved.event.start == utc(2026, 12, 10, 16)


def test_a_calendar_of_outlook() -> None:
    read = named("outlook.ics")
    assert read.notes == ("1 events are private, and were passed over",)
    first = read.entries[0]
    assert starts(read) == [
        utc(2026, 11, 26, 16),
        utc(2026, 12, 1, 10),
        utc(2027, 1, 28, 16),
        utc(2027, 2, 25, 16),
        utc(2027, 3, 25, 16),
        utc(2027, 4, 29, 15),
    ]
    assert first.event
    assert (first.event.place, first.event.organiser) == ("Microsoft Teams-möte", "Energikontoret, Skövde")
    assert first.html == "<p>Anmäl dig till <b>oss</b>.</p>"
    assert not any("@" in str(entry) for entry in read.entries)


def test_a_calendar_of_nextcloud() -> None:
    read = named("nextcloud.ics")
    assert [(entry.title, entry.event and entry.event.start) for entry in read.entries] == [
        ("Filmkväll", utc(2026, 11, 27, 18)),
        ("Studiecirkel", utc(2026, 12, 1, 17, 30)),
        ("Studiecirkel", utc(2026, 12, 15, 17, 30)),
        ("Studiecirkel", utc(2026, 12, 20, 13)),
        ("Studiecirkel", utc(2026, 12, 29, 17, 30)),
        ("Studiecirkel", utc(2027, 1, 12, 17, 30)),
        ("Nattvandring när klockan ställs om", utc(2027, 10, 25)),
    ]
    film, circle = read.entries[:2]
    assert film.event
    assert film.event.cancelled
    assert film.html == "<p>Rad ett<br>Rad två</p><p>Nytt stycke, med komma</p>"
    assert circle.event
    assert circle.event.end == utc(2026, 12, 1, 19)
    assert (circle.categories, circle.url) == (("Studier", "Mat och odling"), "https://vadsbo.example/cirkel")


def test_a_calendar_of_the_events_calendar_in_wordpress() -> None:
    [entry] = named("the-events-calendar.ics").entries
    assert (entry.title, entry.url) == ("Vintervandring – ta med kikare", "https://natur.example/event/vintervandring/")
    assert entry.event
    assert (entry.event.place, entry.event.address) == ("Naturum", "Strandvägen 4, Prov, 123 45")
    assert entry.event.organiser == "Naturskyddsföreningen i prov"
    assert entry.image
    assert (entry.image.url, entry.image.type) == ("https://natur.example/wp-content/faglar.jpg", "image/jpeg")


def test_a_calendar_of_facebook() -> None:
    [entry] = named("facebook.ics").entries
    assert entry.event
    assert (entry.event.start, entry.event.end) == (utc(2026, 11, 29, 13), utc(2026, 11, 29, 15))
    assert (entry.event.place, entry.event.address) == ("Fixarstugan", "Bangatan 7, 541 30 Skövde")
    assert (entry.event.organiser, entry.url) == (
        "Fixarstugan i prov",
        "https://www.facebook.com/events/123456789012345/",
    )


def test_a_broken_calendar_of_a_municipality_gives_what_is_whole_and_names_the_rest() -> None:
    read = named("kommun.ics")
    assert read.title == "Evenemang i Provköping"
    assert [(entry.title, entry.event and entry.event.start) for entry in read.entries] == [
        ("Bytardag på Stadsbiblioteket", utc(2026, 11, 28, 10)),
        ("Energins dag", date(2026, 11, 30)),
        ("Mätning av luften", utc(2026, 12, 1, 7)),
    ]
    assert read.entries[0].html == "Byt böcker och spelmed varandra."
    assert read.entries[1].event
    assert (read.entries[1].event.end, read.entries[1].event.place) == (None, "Digitalt")
    assert read.notes == (
        'event 2 ("Trasig post") has no time that can be read, and was passed over',
        'event 4 ("Mätning av luften") repeats more often than daily; only its first time is carried',
        "breaks off before its end; the events before that were read",
    )
    assert not read.whole


def test_what_is_over_for_two_weeks_is_not_carried() -> None:
    assert reading(calendar("UID:1\nSUMMARY:A\nDTSTART:20261110T110000Z")).entries == ()
    assert len(reading(calendar("UID:1\nSUMMARY:A\nDTSTART:20261111T120000Z")).entries) == 1
    assert len(reading(calendar("UID:1\nSUMMARY:A\nDTSTART:20261001T120000Z\nDTEND:20261111T120000Z")).entries) == 1


def test_the_coming_year_moves_on_with_the_moment_of_the_round() -> None:
    weekly = calendar("UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Stockholm:20200101T180000\nRRULE:FREQ=WEEKLY")
    now, later = reading(weekly), reading(weekly, NOON + timedelta(days=7))
    assert len(now.entries) == len(later.entries) == 55
    assert now.entries[1:] == later.entries[:-1]
    assert starts(now)[-1] == utc(2027, 11, 24, 17)


def test_times_of_a_series_are_those_of_the_clock_in_summer_and_winter() -> None:
    weekly = calendar("UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Stockholm:20260901T180000\nRRULE:FREQ=MONTHLY;COUNT=9")
    assert {start.hour for start in starts(reading(weekly)) if isinstance(start, datetime)} == {16, 17}


def test_a_daily_series_brings_its_next_sixty_times_and_says_so() -> None:
    read = reading(calendar("UID:1\nSUMMARY:Bad\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY"))
    assert len(read.entries) == 60
    assert read.notes == ('event 1 ("Bad") happens 380 times in the coming year; the next 60 are carried',)


def test_of_very_many_events_the_soonest_are_read() -> None:
    many = [f"UID:{n}\nSUMMARY:A{n}\nDTSTART:{20261201 + n % 25}T{n % 24:02}0000Z" for n in range(1500)]
    read = reading(calendar(*many))
    assert len(read.entries) == 1000
    assert read.notes == ("has 1500 coming events; the soonest 1000 were read",)


def test_an_edited_master_moves_no_other_item() -> None:
    series = "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Stockholm:20261125T{clock}00\nRRULE:FREQ=WEEKLY;COUNT=4"
    before, after = reading(calendar(series.format(clock="1800"))), reading(calendar(series.format(clock="1930")))
    assert [entry.id for entry in before.entries] == [entry.id for entry in after.entries]
    assert before.entries != after.entries


def test_occurrences_with_one_address_are_items_of_their_own() -> None:
    read = reading(
        calendar("UID:1\nSUMMARY:A\nURL:https://a.example/\nDTSTART:20261125T180000Z\nRRULE:FREQ=WEEKLY;COUNT=4")
    )
    aliases = [alias for told in identified(read.entries, "auto") for alias in told.aliases]
    assert len(read.entries) == 4
    assert len(aliases) == len(set(aliases)) == 8


def test_events_that_share_a_uid_by_mistake_are_all_carried() -> None:
    read = reading(calendar(*(f"UID:x\nSUMMARY:A{n}\nDTSTART:202612{n:02}T180000Z" for n in (1, 2, 3))))
    assert [entry.id for entry in read.entries] == ["x/2026-12-01", "x/2026-12-02", "x/2026-12-03"]


def test_a_single_time_that_was_moved_keeps_its_id_and_its_old_time_is_gone() -> None:
    series = "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Stockholm:20261125T180000\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "UID:1\nSUMMARY:A, flyttad\nRECURRENCE-ID:20261202T170000Z\nDTSTART:20261203T180000Z"
    read = reading(calendar(moved, series))
    assert [(entry.id, entry.title) for entry in read.entries] == [
        ("1/2026-11-25", "A"),
        ("1/2026-12-02", "A, flyttad"),
    ]
    alone = reading(calendar(moved))
    assert [entry.id for entry in alone.entries] == ["1/2026-12-02"]


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        ("DTSTART:20261201T180000", utc(2026, 12, 1, 17), None),
        ("DTSTART;TZID=W. Europe Standard Time:20260701T180000", utc(2026, 7, 1, 16), None),
        ("DTSTART;TZID=Romance Standard Time:20261201T180000", utc(2026, 12, 1, 17), None),
        ("DTSTART;TZID=FLE Standard Time:20261201T180000", utc(2026, 12, 1, 16), None),
        ("DTSTART;TZID=America/New_York:20261201T120000", utc(2026, 12, 1, 17), None),
        ("DTSTART;TZID=Nowhere:20261201T180000", utc(2026, 12, 1, 17), None),
        ("DTSTART:20261201T180000Z\nDURATION:P1DT2H", utc(2026, 12, 1, 18), utc(2026, 12, 2, 20)),
        ("DTSTART:20261201T180000Z\nDURATION:-PT2H", utc(2026, 12, 1, 18), None),
        ("DTSTART:20261201T180000Z\nDTEND:20261201T180000Z", utc(2026, 12, 1, 18), None),
        ("DTSTART:20261201T180000Z\nDTEND:20261130T180000Z", utc(2026, 12, 1, 18), None),
        ("DTSTART:20261201T180000Z\nDTEND;VALUE=DATE:20261203", utc(2026, 12, 1, 18), None),
        ("DTSTART;VALUE=DATE:20261201", date(2026, 12, 1), None),
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261202", date(2026, 12, 1), None),
        ("DTSTART;VALUE=DATE:20261201\nDURATION:P3D", date(2026, 12, 1), date(2026, 12, 3)),
        ("DTSTART;TZID=Europe/Stockholm:20261025T023000", utc(2026, 10, 25, 0, 30), None),
        ("DTSTART;TZID=Europe/Stockholm:20260329T023000", utc(2026, 3, 29, 1, 30), None),
    ],
)
def test_when_it_begins_and_ends(lines: str, start: datetime | date, end: datetime | date | None) -> None:
    told = event(lines, utc(2026, 3, 1)).event
    assert told
    assert (told.start, told.end) == (start, end)


@pytest.mark.parametrize(
    ("location", "place", "address"),
    [
        (r"Folkets hus\, Storgatan 3\, 542 30 Mariestad\, Sverige", "Folkets hus", "Storgatan 3, 542 30 Mariestad"),
        ("Folkets hus", "Folkets hus", ""),
        (r"Storgatan 3\, Mariestad", "Storgatan 3, Mariestad", ""),
        (r"Stadsbiblioteket\, Mariestad", "Stadsbiblioteket, Mariestad", ""),
        (r"Campus\, sal B\, Skolvägen 4", "Campus, sal B", "Skolvägen 4"),
        (r"Naturum\nStrandvägen 4", "Naturum", "Strandvägen 4"),
        ("https://mote.example/1", "Digitalt", ""),
        ("Zoom https://mote.example/1", "Zoom", ""),
        ("", "", ""),
    ],
)
def test_a_place_is_told_from_its_address_where_that_is_plain(location: str, place: str, address: str) -> None:
    told = event(f"DTSTART:20261201T180000Z\nLOCATION:{location}").event
    assert told
    assert (told.place, told.address) == (place, address)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"", "answers with nothing at all"),
        ("<!DOCTYPE html><html></html>", "is a web page and no calendar"),
        ("<?xml version='1.0'?><rss/>", "is no calendar but perhaps a newsfeed"),
        (b"\x89PNG\r\n\x1a\n", "is no calendar"),
        ("BEGIN:VCARD\r\nEND:VCARD", "is no calendar"),
    ],
)
def test_what_is_no_calendar_is_one_sentence_that_says_what_to_do(document: bytes | str, sentence: str) -> None:
    with pytest.raises(ParseError, match=f"^{ADDRESS}: {sentence}"):
        reading(document)


def test_an_empty_calendar_is_a_calendar() -> None:
    assert reading("BEGIN:VCALENDAR\r\nEND:VCALENDAR") == Reading(())


def test_an_event_that_never_ends_costs_nothing_of_the_next() -> None:
    read = reading(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART:20261201T180000Z\n"
        + calendar("UID:2\nSUMMARY:B\nDTSTART:20261202T180000Z")
    )
    assert [entry.title for entry in read.entries] == ["A", "B"]


def test_webcal_is_an_address_of_the_web() -> None:
    assert CalendarSource(calendar="webcal://prov.example/k.ics").location == "https://prov.example/k.ics"
    assert CalendarSource(calendar="kalender.ics").below(Path("/srv")).location == "/srv/kalender.ics"
    assert CalendarSource(calendar=ADDRESS).below(Path("/srv")).location == ADDRESS


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=WEEKLY;COUNT=999999999",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2;BYSECOND=1,2",
        "FREQ=WEEKLY;UNTIL=nonsens",
        "FREQ=;COUNT=;",
    ],
)
def test_no_rule_holds_us_for_long(rule: str) -> None:
    began = process_time()
    read = reading(calendar(*(f"UID:{n}\nSUMMARY:A\nDTSTART:19950101T100000Z\nRRULE:{rule}" for n in range(100))))
    assert process_time() - began < 5
    assert len(read.entries) <= 1000


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
WEEKDAYS = st.lists(st.sampled_from("MO TU WE TH FR SA SU".split()), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that some day fulfils, as calendars make them."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if frequency == "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(WEEKDAYS))};WKST={draw(st.sampled_from(('MO', 'SU')))}")
    if frequency == "MONTHLY":
        nth = draw(st.sampled_from(("1", "2", "-1", "4")))
        days = draw(WEEKDAYS)
        parts.append(
            draw(
                st.sampled_from(
                    (
                        "BYMONTHDAY=1,15",
                        "BYMONTHDAY=-1",
                        f"BYDAY={nth}{days[0]}",
                        f"BYDAY={','.join(days)};BYSETPOS={nth}",
                        "WKST=MO",
                    )
                )
            )
        )
    if frequency == "YEARLY":
        parts.append(
            draw(
                st.sampled_from(
                    ("WKST=MO", "BYMONTH=3,9", "BYMONTH=6;BYDAY=2SA", "BYDAY=20MO", "BYMONTH=5;BYMONTHDAY=1")
                )
            )
        )
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@given(rule=rules(), began=DAYS, ahead=st.integers(0, 400))
@settings(max_examples=300)
def test_a_rule_means_the_days_that_dateutil_says(rule: str, began: date, ahead: int) -> None:
    first = began + timedelta(days=ahead)
    last = first + timedelta(days=366)
    start = datetime.combine(began, datetime.min.time())
    expected = [
        day.date()
        for day in rrulestr(rule, dtstart=start).between(start, datetime.combine(last, datetime.max.time()), inc=True)
    ]
    assert list(rule_of(rule).days(began, first, last)) == [day for day in expected if first <= day <= last]


LINES = st.sampled_from(
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\nUID:1\nSUMMARY:A\nDTSTART:20261201T100000Z\nDTSTART;TZID=:2026\n"
    "DTEND:20261201\nRRULE:FREQ=DAILY\nRRULE:FREQ=YEARLY;BYDAY=53MO\nRECURRENCE-ID:20261201T100000Z\nEXDATE:20261201,x\n"
    "RDATE;VALUE=PERIOD:20261201T100000Z/PT1H\nDURATION:P\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nTZOFFSETTO:+9999\n"
    "END:STANDARD\nEND:VTIMEZONE\nDTSTART;TZID=X:20261201T100000\n"
    'ORGANIZER;CN="a\nSEQUENCE:-1\nLOCATION:\\, \\,\n;:;:\n'.splitlines()
)


def entries_or_nothing(content: bytes | str) -> tuple[Entry, ...]:
    """What is read; nothing if it is refused with a sentence that names the address."""
    try:
        return reading(content).entries
    except ParseError as error:
        assert str(error).startswith(ADDRESS)  # noqa: PT017 – that it is refused is not what is tested
        return ()


@given(st.lists(LINES | st.text(max_size=40), max_size=40))
def test_any_lines_give_entries_or_one_named_error(lines: list[str]) -> None:
    entries = entries_or_nothing("BEGIN:VCALENDAR\r\n" + "\r\n".join(lines))
    assert all(entry.event and (entry.title or entry.url) for entry in entries)


@given(st.binary(max_size=300))
def test_any_bytes_give_entries_or_one_named_error(content: bytes) -> None:
    for whole in (content, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content):
        assert all(entry.event for entry in entries_or_nothing(whole))
