"""The only reader of dates: what actors' sites write, in Swedish, English and the standards' own forms.

Read are RFC 3339 and W3C-DTF, RFC 822 and its successors, and Swedish text with a year ('lördagen den 7 november 2026
kl. 13.00'). A time without a zone is Swedish time. feedparser alone reads no Swedish weekday, and takes CET and a
missing zone for UTC.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from aggregator.model import SWEDEN

# Older than any newsfeed: the zero of some machine's clock, not a date.
EARLIEST_YEAR = 1995
# Beyond any plan: "no end" in some system's database. Times near the last year also overflow in other zones.
LATEST_YEAR = 2200

# In what is longer, the date is not all that is said.
LONGEST = 200

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mar mars march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug augusti august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}

_HOURS_OF_ZONE = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "mez", "bst", "west"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    **dict.fromkeys(("eest", "msk"), 3),
    "edt": -4,
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    "pst": -8,
}

_CLOCK = re.compile(r"(?:kl(?:ockan|\.)?\s*)?\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?", re.I)
_WHOLE_HOUR = re.compile(r"\bkl(?:ockan|\.)?\s*(?P<hour>\d{1,2})\b(?![:.]\d)", re.I)
_ZONE = re.compile(r"(?<![\w-])(?:(?P<offset>[+-]\d{2}:?\d{2})|(?P<name>[A-Za-z]{1,4}))\b")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]+\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.I)
_ISO_WITHOUT_SIGNS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?", re.ASCII)
# What C's asctime writes: 'Sat Nov  7 12:00:00 2026', perhaps with a zone before the year.
_YEAR_LAST = re.compile(r"\b([^\W\d_]{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}(?: [A-Z]{3,4})?) (\d{4})\b")
_DAY_FIRST = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.|:?[ae]|st|nd|rd|th)?[\s-]+(?P<month>[^\W\d_]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2})\b"
)
_MONTH_FIRST = re.compile(r"\b(?P<month>[^\W\d_]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b")


def moment(raw: str) -> datetime | None:
    """The moment that RAW tells, in UTC; midnight in Sweden if it tells a day only; None if it cannot be read."""
    told = moment_or_day(raw)
    if isinstance(told, datetime) or told is None:
        return told
    return datetime.combine(told, time(), SWEDEN).astimezone(UTC)


def moment_or_day(raw: str) -> datetime | date | None:
    """The moment that RAW tells, in UTC, or the day if it tells no time; None if it cannot be read."""
    text = " ".join(raw[:LONGEST].split())
    if found := _ISO_WITHOUT_SIGNS.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups("")
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone}" if hour else "")
    try:
        told = _standard(text) if _ISO.fullmatch(text) else _written(text)
    except (ValueError, OverflowError):
        return None
    return told if told and EARLIEST_YEAR <= told.year <= LATEST_YEAR else None


def _standard(text: str) -> datetime | date:
    if len(text) == len("2026-11-07"):
        return date.fromisoformat(text)
    day, clock = text[:10], text[10:].lstrip("Tt ").replace(" ", "").replace(",", ".").upper()
    clock = clock.replace(":60", ":59")  # a leap second, which Python does not know
    if is_midnight_after := clock.startswith("24:00"):
        clock = clock.replace("24:", "00:", 1)
    told = datetime.fromisoformat(f"{day}T{clock}") + timedelta(days=is_midnight_after)
    return _in_utc(told, told.tzinfo or SWEDEN)


def _written(text: str) -> datetime | date | None:
    text = _YEAR_LAST.sub(r"\2 \1 \4 \3", text)
    found = _DAY_FIRST.search(text) or _MONTH_FIRST.search(text)
    month = _MONTHS.get(found["month"].lower()) if found else None
    if not found or not month:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    day = date(year, month, int(found["day"]))
    rest = text[: found.start()] + " " + text[found.end() :]
    clock = _CLOCK.search(rest) or _WHOLE_HOUR.search(rest)
    if not clock:
        return day
    hour, minute, second = (int(clock.groupdict().get(part) or 0) for part in ("hour", "minute", "second"))
    told = datetime.combine(day, time(hour, minute, min(second, 59) if second <= 60 else second))
    return _in_utc(told, _zone(rest[clock.end() :]))


def _in_utc(told: datetime, zone: tzinfo) -> datetime:
    return told.replace(tzinfo=zone).astimezone(UTC)


def _zone(text: str) -> tzinfo:
    found = _ZONE.search(text)
    if found and (offset := found["offset"]):
        distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        return timezone(-distance if offset[0] == "-" else distance)
    hours = _HOURS_OF_ZONE.get(found["name"].lower()) if found else None
    return SWEDEN if hours is None else timezone(timedelta(hours=hours))
