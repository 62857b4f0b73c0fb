"""Dates as actors' sites write them: a table of cases, and what is no date."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import SWEDEN
from aggregator.sources import dates

LONG = "januari februari mars april maj juni juli augusti september oktober november december".split()
SHORT = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
WEEKDAYS = "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen".split()
SHORT_WEEKDAYS = "mån tis ons tors fre lör sön".split()
SUMMER = range(4, 11)  # the first of these months is in summer time; so is the first of October


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(("zone", "hours"), [("CET", 1), ("CEST", 2), ("+0100", 1), ("+01:00", 1), ("", None)])
def test_every_swedish_month_is_read_long_and_short_with_and_without_weekday_and_zone(month, zone, hours):
    ahead = hours if hours is not None else 2 if month in SUMMER else 1
    expected = utc(2026, month, 1, 12, 30) - timedelta(hours=ahead)
    day = date(2026, month, 1).weekday()
    names = (LONG[month - 1], SHORT[month - 1], LONG[month - 1].capitalize(), SHORT[month - 1] + ".")
    weekdays = ("", f"{WEEKDAYS[day]} den ", f"{SHORT_WEEKDAYS[day]}, ", f"{WEEKDAYS[day][:-2].capitalize()} ")
    for name, weekday, clock in product(names, weekdays, ("12:30:00", "12:30", "12.30", "kl. 12.30")):
        raw = f"{weekday}1 {name} 2026 {clock} {zone}".strip()
        assert dates.moment(raw) == expected, raw


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_the_forms_of_the_standards(month):
    name = ENGLISH[month - 1]
    for weekday, zone in product(("", "Sun, "), ("+0000", "GMT", "UT", "UTC", "Z", "+00:00")):
        assert dates.moment(f"{weekday}09 {name} 2026 08:07:06 {zone}") == utc(2026, month, 9, 8, 7, 6)
    for raw in (
        f"2026-{month:02}-09T08:07:06Z",
        f"2026-{month:02}-09t08:07:06z",
        f"2026-{month:02}-09 08:07:06Z",
        f"2026-{month:02}-09T08:07:06.000Z",
        f"2026-{month:02}-09T08:07:06,5Z",
        f"2026-{month:02}-09T10:07:06+02:00",
        f"2026-{month:02}-09T10:07:06+0200",
        f"2026-{month:02}-09T10:07:06 +02:00",
        f"2026-{month:02}-09T10:07:06+02",
        f"2026-{month:02}-09T04:37:06-03:30",
    ):
        told = dates.moment(raw)
        assert told is not None, raw
        assert told.replace(microsecond=0) == utc(2026, month, 9, 8, 7, 6), raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Sat, 07 Nov 2026 12:00:00 BST", utc(2026, 11, 7, 11)),
        ("Sat, 07 Nov 2026 12:00:00 MEZ", utc(2026, 11, 7, 11)),
        ("Tue, 07 Jul 2026 12:00:00 MESZ", utc(2026, 7, 7, 10)),
        ("Sat, 07 Nov 2026 12:00:00 EST", utc(2026, 11, 7, 17)),
        ("Tue, 07 Jul 2026 12:00:00 EDT", utc(2026, 7, 7, 16)),
        ("Tue, 07 Jul 2026 12:00:00 PDT", utc(2026, 7, 7, 19)),
        ("Sat, 07 Nov 2026 12:00:00 PST", utc(2026, 11, 7, 20)),
        ("Sat, 07 Nov 2026 12:00:00 EET", utc(2026, 11, 7, 10)),
        ("Sat, 07 Nov 2026 12:00:00 -0500", utc(2026, 11, 7, 17)),
        ("7 Nov 26 12:00 GMT", utc(2026, 11, 7, 12)),
        ("Sat, 07 Nov 2026 12:00 GMT", utc(2026, 11, 7, 12)),
        ("Sat, 7 Nov 2026 12:00:00 +0100 (CET)", utc(2026, 11, 7, 11)),
        ("Saturday, November 7, 2026 12:00", utc(2026, 11, 7, 11)),
        ("November 7th, 2026", utc(2026, 11, 6, 23)),
        ("07-Nov-2026 12:00:00", utc(2026, 11, 7, 11)),
        ("  Sat,\n 07   Nov 2026 12:00:00  GMT ", utc(2026, 11, 7, 12)),
        ("Sat Nov 7 12:00:00 2026", utc(2026, 11, 7, 11)),
        ("Sat, 07 Nov 2026 12:00:00 CET", utc(2026, 11, 7, 11)),
        ("Sat, 07 Nov 2026 12:00:00 cest", utc(2026, 11, 7, 10)),
        ("2026-11-07T12:00", utc(2026, 11, 7, 11)),
        ("2026-11-07 12:00:00", utc(2026, 11, 7, 11)),
        ("2026-11-07", utc(2026, 11, 6, 23)),
        ("2026-07-07", utc(2026, 7, 6, 22)),
        ("20261107T120000Z", utc(2026, 11, 7, 12)),
        ("20261107", utc(2026, 11, 6, 23)),
        ("2026-11-07T24:00:00Z", utc(2026, 11, 8)),
        ("2026-12-31T23:59:60Z", utc(2026, 12, 31, 23, 59, 59)),
        ("Thu, 31 Dec 2026 23:59:60 GMT", utc(2026, 12, 31, 23, 59, 59)),
        ("2026-11-07T12:00:00.123456789Z", datetime(2026, 11, 7, 12, 0, 0, 123456, UTC)),
        ("lördagen den 7 november 2026 kl. 18.30", utc(2026, 11, 7, 17, 30)),
        ("lördag 7 november 2026 kl 18", utc(2026, 11, 7, 17)),
        ("den 7 juli 2026 klockan 9", utc(2026, 7, 7, 7)),
        ("Kl. 18:30 den 7:e november 2026", utc(2026, 11, 7, 17, 30)),
        ("Publicerad: 7 nov. 2026, 08:15", utc(2026, 11, 7, 7, 15)),
        ("Publicerad den 7 november 2026 av Kim", utc(2026, 11, 6, 23)),
        ("7 november 2026 09.00–11.00", utc(2026, 11, 7, 8)),
        ("1 maj 2026", utc(2026, 4, 30, 22)),
        ("3 OKTOBER 2026", utc(2026, 10, 2, 22)),
        ("7/11 2026", utc(2026, 11, 6, 23)),
        ("7/11-26", utc(2026, 11, 6, 23)),
        ("Lörd. 7/11 2026 kl 10", utc(2026, 11, 7, 9)),
        ("lör 7 nov. 2026 kl. 13–15", utc(2026, 11, 7, 12)),
        ("7 november 2026 09:00-11:00", utc(2026, 11, 7, 8)),
        ("7 nov 2026 12:00-05:00", utc(2026, 11, 7, 17)),
        ("7 sept. 2026 18.30 MESZ", utc(2026, 9, 7, 16, 30)),
        ("Sun, 07 Nov 2026 10:00:00 +0100", utc(2026, 11, 7, 9)),  # it was a Saturday: the machine erred
    ],
)
def test_a_date_is_read_as_it_is_meant(raw, expected):
    assert dates.moment(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("29 mars 2026 01:59", utc(2026, 3, 29, 0, 59)),
        ("29 mars 2026 03:00", utc(2026, 3, 29, 1)),
        ("25 oktober 2026 01:59", utc(2026, 10, 24, 23, 59)),
        ("25 oktober 2026 02:30", utc(2026, 10, 25, 0, 30)),  # it happens twice; the first, in summer time, is meant
        ("25 oktober 2026 02:30 CET", utc(2026, 10, 25, 1, 30)),
        ("25 oktober 2026 02:30 CEST", utc(2026, 10, 25, 0, 30)),
        ("25 oktober 2026 03:00", utc(2026, 10, 25, 2)),
        ("2026-10-25T02:30:00", utc(2026, 10, 25, 0, 30)),
        ("2026-10-25T02:30:00+01:00", utc(2026, 10, 25, 1, 30)),
    ],
)
def test_the_nights_when_the_clock_is_moved(raw, expected):
    assert dates.moment(raw) == expected


def test_a_moment_is_in_utc_and_a_day_is_a_day():
    assert dates.moment_or_day("2026-11-07") == date(2026, 11, 7)
    assert dates.moment_or_day("lördagen den 7 november 2026") == date(2026, 11, 7)
    told = dates.moment_or_day("2026-11-07T12:00:00+01:00")
    assert isinstance(told, datetime)
    assert told.tzinfo is UTC


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "i morgon",
        "lördag",
        "kl. 18.30",
        "7 november",
        "Hösten 2026",
        "2026",
        "31 februari 2026",
        "2026-02-30",
        "2026-13-01",
        "2026-11-07T25:00:00Z",
        "2026-11-07T12:61:00Z",
        "7 november 2026 kl. 25.00",
        "2026-11-07T12:00:00+99:00",
        "7 Nov 2026 12:00 +9999",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0000-00-00T00:00:00Z",
        "0001-01-01T00:00:00+23:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:00",
        "7 nonsens 2026",
        "12 av 30 2026 platser",
        "-1",
        "1767225600",
        "\x00",
        "٢٠٢٦-١١-٠٧",
    ],
)
def test_what_tells_no_date_is_none(raw):
    assert dates.moment(raw) is None
    assert dates.moment_or_day(raw) is None


REFERENCE = utc(2026, 11, 10, 12)  # a Tuesday


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_without_a_year_is_the_last_for_news_and_the_next_for_events(month):
    for name in (LONG[month - 1], SHORT[month - 1], SHORT[month - 1] + "."):
        raw = f"den 20:e {name} kl. 12.30"
        back, ahead = dates.moment(raw, REFERENCE, "back"), dates.moment(raw, REFERENCE, "ahead")
        assert back
        assert ahead
        assert back.date() == date(2026 if month < 11 else 2025, month, 20)
        # One of the last three months is told afterwards: 'den 20 oktober', in November, was last month.
        assert ahead.date() == date(2026 if month >= 8 else 2027, month, 20)


@pytest.mark.parametrize(
    ("raw", "back", "ahead"),
    [
        ("7 november", date(2026, 11, 7), date(2026, 11, 7)),
        ("lördag 7 november", date(2026, 11, 7), date(2026, 11, 7)),
        ("7/11", date(2026, 11, 7), date(2026, 11, 7)),
        ("fredag 6 november", date(2026, 11, 6), date(2026, 11, 6)),
        ("torsdag 13 november", date(2025, 11, 13), date(2025, 11, 13)),
        ("fredag 7 november", None, None),
        ("onsdag 7 november", None, None),
        ("lördag 23 oktober", None, date(2027, 10, 23)),
        ("28 november", date(2025, 11, 28), date(2026, 11, 28)),
        ("lördag 28 november", date(2026, 11, 28), date(2026, 11, 28)),
        ("11 november", date(2026, 11, 11), date(2026, 11, 11)),
        ("29 februari", None, None),
        ("idag", date(2026, 11, 10), date(2026, 11, 10)),
        ("i går", date(2026, 11, 9), date(2026, 11, 9)),
        ("Igår", date(2026, 11, 9), date(2026, 11, 9)),
        ("i morgon", date(2026, 11, 11), date(2026, 11, 11)),
        ("i övermorgon", date(2026, 11, 12), date(2026, 11, 12)),
        ("nu på lördag", date(2026, 11, 14), date(2026, 11, 14)),
        ("24/7", None, None),
        ("1/2 dl", None, None),
        ("den 20 november 1898", None, None),
    ],
)
def test_a_weekday_decides_between_the_years_or_there_is_no_such_day(raw, back, ahead):
    assert dates.moment_or_day(raw, REFERENCE, "back") == back
    assert dates.moment_or_day(raw, REFERENCE, "ahead") == ahead


def test_without_a_reference_nothing_is_guessed():
    for raw in ("7 november", "idag", "igår 18.30", "på lördag", "7/11", "vecka 44"):
        assert dates.span(raw) is None


@pytest.mark.parametrize(
    ("raw", "start", "end"),
    [
        ("lördag 7 nov kl. 13–15", utc(2026, 11, 7, 12), utc(2026, 11, 7, 14)),
        ("lördag 7 nov 13-15", utc(2026, 11, 7, 12), utc(2026, 11, 7, 14)),
        ("7 november klockan 9–16", utc(2026, 11, 7, 8), utc(2026, 11, 7, 15)),
        ("7 november mellan kl. 11 och 15", utc(2026, 11, 7, 10), utc(2026, 11, 7, 14)),
        ("7 november kl. 18:30 - 20:30", utc(2026, 11, 7, 17, 30), utc(2026, 11, 7, 19, 30)),
        ("7 november kl 22–02", utc(2026, 11, 7, 21), utc(2026, 11, 8, 1)),
        ("7 november kl. 15–13", utc(2026, 11, 7, 14), None),
        ("3–5 november 2026", date(2026, 11, 3), date(2026, 11, 5)),
        ("3 till 5 november 2026", date(2026, 11, 3), date(2026, 11, 5)),
        ("lör–sön 7–8 november", date(2026, 11, 7), date(2026, 11, 8)),
        ("7–8/11", date(2026, 11, 7), date(2026, 11, 8)),
        ("30 nov – 2 dec", date(2026, 11, 30), date(2026, 12, 2)),
        ("30 dec – 2 jan", date(2026, 12, 30), date(2027, 1, 2)),
        ("30 december – 2 januari 2027", date(2026, 12, 30), date(2027, 1, 2)),
        ("fre 13 nov kl 18 – sön 15 nov kl 16", utc(2026, 11, 13, 17), utc(2026, 11, 15, 15)),
        ("vecka 44 2026", date(2026, 10, 26), date(2026, 11, 1)),
        ("v. 44", date(2026, 10, 26), date(2026, 11, 1)),
        ("25 oktober 2026 kl. 1–3", utc(2026, 10, 24, 23), utc(2026, 10, 25, 2)),
    ],
)
def test_from_when_until_when(raw, start, end):
    assert dates.span(raw, REFERENCE, "ahead") == (start, end)


@pytest.mark.parametrize(
    "raw", ["5–3 november 2026", "5 november – 3 november 2026", "31–32 december 2026", "vecka 60"]
)
def test_what_ends_before_it_begins_is_no_span(raw):
    assert dates.span(raw, REFERENCE, "ahead") is None


def test_every_day_of_a_text_is_found_where_it_stands():
    text = "Tre kvällar: tis 17 nov kl. 18, den 24:e november kl. 18 och 1/12. Senast 12 nov vill vi veta."
    days = dates.days_in(text, REFERENCE)
    assert [(text[day.begin : day.finish], day.first) for day in days] == [
        ("tis 17 nov", date(2026, 11, 17)),
        ("24:e november", date(2026, 11, 24)),
        ("1/12", date(2026, 12, 1)),
        ("12 nov", date(2026, 11, 12)),
    ]


def test_in_running_text_a_weekday_that_contradicts_the_year_is_no_day():
    [day] = dates.days_in("söndagen den 7 november 2026", REFERENCE)
    assert day.first is None


def test_two_times_are_no_span_unless_it_says_between():
    assert dates.clocks_in("kl. 12 och 14") == []
    [clock] = dates.clocks_in("mellan kl. 12 och 14")
    assert clock.end is not None


def test_what_costs_money_is_no_time():
    assert [clock.start.hour for clock in dates.clocks_in("kl. 18.30, 12.50 kr, 4.25 km, 3–5 barn, sal 7")] == [18]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.times(), st.sampled_from(("back", "ahead")))
def test_what_the_house_writes_it_reads(day, clock, looking):
    names = (*LONG, "")
    raw = (
        f"{WEEKDAYS[day.weekday()]} den {day.day} {names[day.month - 1]} {day.year} kl. {clock.hour}.{clock.minute:02}"
    )
    at = datetime.combine(day, clock.replace(second=0, microsecond=0), SWEDEN).astimezone(UTC)
    assert dates.moment(raw, REFERENCE, looking) == at


@given(
    st.lists(
        st.sampled_from(
            "lördag den 7 november 7/11 – till kl. 13.00 : 2026 -26 i morgon vecka 31 99 00:00 , . \n + maj".split(" ")
        )
        | st.text(max_size=8),
        max_size=40,
    ).map(" ".join)
)
def test_no_text_crashes_and_the_end_is_after_the_beginning(text):
    for looking in ("back", "ahead"):
        told = dates.span(text, REFERENCE, looking)
        assert dates.span(text, REFERENCE, looking) == told
        if told and told[1] and isinstance(told[0], datetime) == isinstance(told[1], datetime):
            assert told[1] > told[0]
    dates.days_in(text, REFERENCE)
    dates.clocks_in(text)


@pytest.mark.parametrize(
    "part", ["7 ", "1-", "lördag ", "den ", "kl ", "12.30–", "7/", "7 november – ", "i ", "  ", "+", "11:"]
)
def test_no_text_takes_long(part):
    text = (part * 100_000)[:100_000]
    began = process_time()
    dates.moment(text, REFERENCE)
    dates.days_in(text, REFERENCE)
    dates.clocks_in(text)
    assert process_time() - began < 5
