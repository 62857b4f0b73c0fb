"""The only reader of dates: what actors' sites write, in Swedish, English and the standards' own forms.

Read are RFC 3339 and W3C-DTF, RFC 822 and its successors, and Swedish text ('lördagen den 7 november kl. 13–15').
A time without a zone is Swedish time. A day without a year is read only beside a reference, the moment at which it was
written: news look back from it, to the latest such day, and events look ahead. A weekday that stands with it decides
between the years; where it contradicts a year that is told, the year counts, for machines err in weekdays.
feedparser alone reads no Swedish weekday, and takes CET and a missing zone for UTC.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from aggregator.model import SWEDEN
from aggregator.sources.dates.days import Clock, Day, Looking, at, clocks_in, days_in
from aggregator.sources.dates.words import CLOCK, HOURS_OF_ZONE, WEEK, ZONE

__all__ = [
    "LONGEST",
    "Clock",
    "Day",
    "Looking",
    "at",
    "clocks_in",
    "days_in",
    "moment",
    "moment_or_day",
    "span",
    "together",
]

# Older than any newsfeed: the zero of some machine's clock, not a date.
EARLIEST_YEAR = 1995
# Beyond any plan: "no end" in some system's database. Times near the last year also overflow in other zones.
LATEST_YEAR = 2200

_OFFSET = re.compile(r"-[0-9]{2}:?[0-9]{2}")

# In what is longer, the date is not all that is said.
LONGEST = 200

# Parties end in the night.
LATEST_END = time(6)

Told = datetime | date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]+\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.I)
_ISO_WITHOUT_SIGNS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?", re.ASCII)
# What C's asctime writes: 'Sat Nov  7 12:00:00 2026', perhaps with a zone before the year.
_YEAR_LAST = re.compile(r"\b([^\W\d_]{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}(?: [A-Z]{3,4})?) (\d{4})\b")


def moment(raw: str, reference: datetime | None = None, looking: Looking = "back") -> datetime | None:
    """The moment that RAW tells, in UTC; midnight in Sweden if it tells a day only; None if it cannot be read."""
    told = moment_or_day(raw, reference, looking)
    if isinstance(told, datetime) or told is None:
        return told
    return datetime.combine(told, time(), SWEDEN).astimezone(UTC)


def moment_or_day(raw: str, reference: datetime | None = None, looking: Looking = "back") -> Told | None:
    """The moment that RAW tells, in UTC, or the day if it tells no time; None if it cannot be read."""
    told = span(raw, reference, looking)
    return told[0] if told else None


def span(raw: str, reference: datetime | None = None, looking: Looking = "back") -> tuple[Told, Told | None] | None:
    """From when until when RAW tells, each as in `moment_or_day`; the end is None if it tells none.

    'lördag 7 nov kl. 13–15', '3–5 november 2026', '30 nov – 2 dec'; a week is its Monday to its Sunday.
    """
    text = " ".join(raw[:LONGEST].split())
    if found := _ISO_WITHOUT_SIGNS.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups("")
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone}" if hour else "")
    try:
        if _ISO.fullmatch(text):
            told: tuple[Told, Told | None] | None = (_standard(text), None)
        elif week := WEEK.fullmatch(text):
            told = _week(int(week["week"]), int(week["year"] or 0), reference)
        else:
            told = _written(text, reference, looking)
    except (ValueError, OverflowError):
        return None
    if told is None or not all(EARLIEST_YEAR <= day.year <= LATEST_YEAR for day in told if day):
        return None
    return told


def together(day: Day, clocks: list[Clock], zone: tzinfo = SWEDEN) -> tuple[Told, Told | None] | None:
    """DAY with the times of day that are told with it: one, from when until when, or one for each end."""
    if day.first is None:
        return None
    if not clocks:
        return day.first, day.last
    clock, end = clocks[0], clocks[-1].end or (clocks[-1].start if len(clocks) > 1 else None)
    start = at(day.first, clock.start, zone)
    if end is None:
        return start, day.last
    is_next_morning = day.last is None and end <= clock.start and end <= LATEST_END
    finish = at(day.last or day.first + timedelta(days=is_next_morning), end, zone)
    return start, finish if finish > start else None


def _standard(text: str) -> Told:
    if len(text) == len("2026-11-07"):
        return date.fromisoformat(text)
    day, clock = text[:10], text[10:].lstrip("Tt ").replace(" ", "").replace(",", ".").upper()
    clock = clock.replace(":60", ":59")  # a leap second, which Python does not know
    if is_midnight_after := clock.startswith("24:00"):
        clock = clock.replace("24:", "00:", 1)
    told = datetime.fromisoformat(f"{day}T{clock}") + timedelta(days=is_midnight_after)
    return _in_utc(told, told.tzinfo or SWEDEN)


def _week(week: int, year: int, reference: datetime | None) -> tuple[date, date] | None:
    """A week of the year that is told, else of the reference's own year."""
    if not year:
        if reference is None:
            return None
        year = reference.astimezone(SWEDEN).isocalendar().year
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)


def _written(text: str, reference: datetime | None, looking: Looking) -> tuple[Told, Told | None] | None:
    text = _YEAR_LAST.sub(r"\2 \1 \4 \3", text)
    days = days_in(text, reference, looking, strict=False)
    if not days or days[0].first is None:
        return None
    day, before, after = days[0], text[: days[0].begin], text[days[0].finish :]
    first = clocks_in(text[day.begin : day.finish]) if day.last else []
    beside = [clock for clock in clocks_in(after) if clock.is_sure or clock.begin <= len(", ")]
    part, clocks = (after, beside) if beside else (before, [clock for clock in clocks_in(before) if clock.is_sure])
    if not clocks:
        wrong = any(found["kl"] or found["minute"] for found in CLOCK.finditer(f"{before} | {after}"))
        return None if wrong else together(day, first)
    clock = clocks[0]
    if clock.end and clock.end <= clock.start and _OFFSET.match(part, clock.told):
        clock = replace(clock, finish=clock.told, end=None)  # '12:00-05:00' ends in a zone
    return together(day, [*first[:1], clock], _zone(part[clock.finish :]))


def _in_utc(told: datetime, zone: tzinfo) -> datetime:
    return told.replace(tzinfo=zone).astimezone(UTC)


def _zone(text: str) -> tzinfo:
    found = ZONE.search(text)
    if found and (offset := found["offset"]):
        distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        return timezone(-distance if offset[0] == "-" else distance)
    hours = HOURS_OF_ZONE.get(found["name"].lower()) if found else None
    return SWEDEN if hours is None else timezone(timedelta(hours=hours))
