"""From the text of a calendar to its components, each with the properties that we read.

icalendar reads the lines; which of them belong together we see ourselves, so that what is broken costs itself only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from icalendar.parser import Contentline

LONGEST_LINE = 100_000
MOST_LINES = 400

_FOLD = re.compile(r"(?:\r\n?|\n)[ \t]")
_DAY = re.compile(r"^\s*(\d{8})")
_NAME = re.compile(r"[A-Za-z0-9-]{1,40}(?=[;:])")
_READ = frozenset(
    "UID SUMMARY DESCRIPTION X-ALT-DESC LOCATION ORGANIZER URL CATEGORIES ATTACH IMAGE CLASS STATUS SEQUENCE CREATED "
    "LAST-MODIFIED DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID TZID X-LIC-LOCATION TZOFFSETTO "
    "X-WR-CALNAME NAME REFRESH-INTERVAL X-PUBLISHED-TTL".split()
)


@dataclass(frozen=True, slots=True)
class Property:
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """A VEVENT, a VTIMEZONE, or the calendar itself. `number` is its place among its like, from 1.

    `is_whole` is false when the document breaks off within it.
    """

    name: str
    number: int
    lines: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    is_whole: bool = True

    def all(self, name: str) -> list[Property]:
        """Its properties of that NAME, as many as anybody writes; lines that cannot be read are none."""
        found = (_property(line) for line in islice((line for own, line in self.lines if own == name), MOST_LINES))
        return [one for one in found if one is not None]

    def one(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str:
        return found.value if (found := self.one(name)) else ""

    def has(self, name: str) -> bool:
        return any(own == name for own, _ in self.lines)

    def latest_day(self) -> str:
        """The latest day that its lines tell that it is, as '20261107'; '9' if it may last or come again.

        Most of a calendar is past; to find that out costs next to nothing.
        """
        if any(self.has(name) for name in ("RRULE", "RDATE")) or re.search("[DW]", self._line("DURATION")):
            return "9"
        days = [_DAY.search(self._line(name)) for name in ("DTSTART", "DTEND")]
        return max((found[1] for found in days if found), default="9")

    def _line(self, name: str) -> str:
        """What stands behind the last colon of its first line of that NAME."""
        return next((line.rpartition(":")[2] for own, line in self.lines if own == name), "")


def components(text: str) -> Iterator[Component]:
    """Every VEVENT and VTIMEZONE in the order of the document, and at last the calendar with what it says of itself."""
    calendar, open_ones, counts = Component("VCALENDAR", 1), list[Component](), dict[str, int]()
    ended = False
    for line in re.split(r"\r\n?|\n", _FOLD.sub("", text)):
        found = _NAME.match(line)
        name = found[0].upper() if found else ""
        if name == "BEGIN":
            kind = line[6:].strip().upper()
            if kind == "VEVENT" and open_ones:
                # The one before never ended; what was read of it may do.
                yield from (one for one in open_ones[:1] if one.name == "VEVENT")
                open_ones = []
            if kind != "VCALENDAR":
                counts[kind] = counts.get(kind, 0) + 1
                open_ones.append(Component(kind, counts[kind]))
                if len(open_ones) > 1 and len(open_ones[0].parts) < 50:
                    open_ones[0].parts.append(open_ones[-1])
        elif name == "END":
            kind = line[4:].strip().upper()
            ended = kind == "VCALENDAR"
            if open_ones and open_ones[-1].name == kind:
                done = open_ones.pop()
                if not open_ones:
                    yield done
        elif name in _READ and len(line) <= LONGEST_LINE:
            (open_ones[-1] if open_ones else calendar).lines.append((name, line))
    yield Component("VCALENDAR", 1, calendar.lines, is_whole=ended and not open_ones)


def _property(line: str) -> Property | None:
    try:
        _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]  # icalendar gives it no types
    except ValueError:
        return None
    return Property(value, {name.upper(): _first(told) for name, told in parameters.items()})


def _first(told: object) -> str:
    return str(told[0]) if isinstance(told, list | tuple) and told else str(told)
