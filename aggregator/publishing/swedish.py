"""Dates, times and the alphabet as Swedish readers expect them (Språkrådet's Svenska skrivregler)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from aggregator.model import SWEDEN, CorrectedPart, Correction, Kind, Role, Via

WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()

# What readers call each kind of item, and through what one was seen.
KINDS: Mapping[Kind, str] = {
    "event": "Evenemang",
    "article": "Artikel",
    "post": "Inlägg",
    "share": "Delning",
    "notes": "Mötesanteckningar",
    "course": "Kurs eller utlysning",
}
VIA: Mapping[Via, str] = {
    "site": "på aktörens webbplats",
    "facebook": "på aktörens Facebook-sida",
    "calendar": "i aktörens kalender",
    "hand": "i ett meddelande till redaktionen",
}
ROLES: Mapping[Role, str] = {"contact": "kontaktperson", "editor": "redaktör", "administrator": "administratör"}

# What a correction changed; that an event is cancelled has a sentence of its own.
PARTS: Mapping[CorrectedPart, str] = {
    "title": "rubriken",
    "time": "tiden",
    "place": "platsen",
    "organiser": "arrangören",
    "text": "texten",
    "link": "länken",
}

NO_BREAK = "\u00a0"
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y", "-": " "})


def sort_key(name: str) -> tuple[str, str]:
    """Å, ä and ö come last, in that order; names that only capitals or hyphens tell apart have an order too."""
    return name.lower().translate(_ALPHABET), name


def local(moment: datetime) -> datetime:
    return moment.astimezone(SWEDEN)


def day_of(when: datetime | date) -> date:
    return local(when).date() if isinstance(when, datetime) else when


def written_day(day: date) -> str:
    """4 november 2026."""
    return f"{day.day}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def written_month(month: str) -> str:
    """november 2026, of "2026-11"."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def written_period(name: str) -> str:
    """vecka 48, 2026, of "2026/v48"; 24 november 2026, of "2026/11-24"."""
    year, _, period = name.partition("/")
    if period.startswith("v"):
        return f"vecka{NO_BREAK}{int(period[1:])}, {year}"
    return written_day(date.fromisoformat(f"{year}-{period}"))


def written_clock(moment: datetime) -> str:
    """18.30, or 13 on the hour."""
    here = local(moment)
    return f"{here.hour}.{here.minute:02}" if here.minute else f"{here.hour}"


def written_number(number: int) -> str:
    """10 000."""
    return f"{number:,}".replace(",", NO_BREAK)


def counted(number: int, one: str, many: str) -> str:
    """1 nyhet, 12 nyheter."""
    return f"{written_number(number)}{NO_BREAK}{one if number == 1 else many}"


def enumerated(names: Sequence[str]) -> str:
    """A, B och C."""
    return " och ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def told_correction(correction: Correction) -> str:
    """What is other, never what was: "Rubriken och tiden är ändrade."."""
    parts = correction.parts
    names = [PARTS[part] for part in parts if part in PARTS]
    other = f"{enumerated(names)} är {'ändrade' if len(names) > 1 else 'ändrad'}." if names else ""
    told = (
        "Evenemanget är inställt." if "cancelled" in parts else "",
        "Evenemanget är inte längre inställt." if "resumed" in parts else "",
        f"{other[:1].upper()}{other[1:]}",
    )
    return " ".join(filter(None, told)) or "Nyheten är rättad."


def written_moment(moment: datetime) -> str:
    """4 november 2026 kl. 18.30."""
    here = local(moment)
    return f"{written_day(here.date())} kl.{NO_BREAK}{here.hour}.{here.minute:02}"


def told_moment(moment: datetime, today: date | None) -> str:
    """i dag kl. 18.30, or i går, if TODAY is known; else 4 november 2026 kl. 18.30."""
    here = local(moment)
    back = (today - here.date()).days if today else None
    word = {0: "i dag", 1: "i går"}.get(back) if back is not None else None
    return f"{word} kl.{NO_BREAK}{here.hour}.{here.minute:02}" if word else written_moment(moment)


def written_span(start: datetime | date, end: datetime | date | None) -> str:
    """When an event is: 'lördag 28 november 2026 kl. 13–15', '3–5 november 2026', '30 november–2 december 2026'.

    An end without a time of day is the last day itself.
    """
    first, last = day_of(start), day_of(end) if end else None
    if last and last > first and not _ends_that_night(start, end):
        return _written_days(first, last)
    text = f"{WEEKDAYS[first.weekday()]} {written_day(first)}"
    if not isinstance(start, datetime):
        return text
    until = f"–{written_clock(end)}" if isinstance(end, datetime) and end > start else ""
    return f"{text} kl.{NO_BREAK}{written_clock(start)}{until}"


def _ends_that_night(start: datetime | date, end: datetime | date | None) -> bool:
    """A party that ends at two in the morning is of one day."""
    return isinstance(start, datetime) and isinstance(end, datetime) and end - start < timedelta(hours=12)


def _written_days(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{written_day(first)}–{written_day(last)}"
    if first.month != last.month:
        return f"{first.day}{NO_BREAK}{MONTHS[first.month - 1]}–{written_day(last)}"
    return f"{first.day}–{written_day(last)}"


def machine_readable(when: datetime | date) -> str:
    """For <time datetime>: an ISO date, or a moment in UTC."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(when, datetime) else when.isoformat()
