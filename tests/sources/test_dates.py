"""Dates as actors' sites write them: a table of cases, and what is no date."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

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
        "7/11 2026",
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
