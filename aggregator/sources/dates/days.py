"""Days and times of day as they stand in a text, one after the other, whatever else the text says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from aggregator.model import SWEDEN
from aggregator.sources.dates.words import (
    AND,
    BETWEEN,
    CLOCK,
    JOIN,
    MONTH_FIRST,
    MONTHS,
    ON_WEEKDAY,
    RELATED,
    RELATIVE,
    UNIT,
    WITH_HYPHENS,
    WITH_MONTH,
    WITH_SLASH,
    weekday_of,
)

# News were, events will be.
Looking = Literal["back", "ahead"]

# A day without a year, looking ahead, may have been so long ago: 'den 7 november', read on the 10th, was on Saturday.
JUST_PAST = timedelta(days=91)
# What lasts longer is no event, or was written in the wrong order.
LONGEST = timedelta(days=200)
TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text tells, or several in a row; `first` is None if there is no such day, or its weekday differs.

    `is_named` tells that its weekday stands there, `is_relative` that it counts from the day on which it was said.
    """

    begin: int
    finish: int
    first: date | None
    last: date | None = None
    is_named: bool = False
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day that a text tells, or from when until when. `told` is where the first of both ends in the text.

    `is_sure` is false for what is hours only next to a day: '10–14'.
    """

    begin: int
    told: int
    finish: int
    start: time
    end: time | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Found:
    begin: int
    finish: int
    day: int
    month: int
    year: int
    weekday: int | None
    last: int = 0


def days_in(text: str, reference: datetime | None = None, looking: Looking = "ahead", strict: bool = True) -> list[Day]:
    """The days that TEXT tells, in its order.

    One without a year, and 'i morgon', count from REFERENCE; without one they are no days. A weekday decides between
    the years before and after. If it fits none, or, where STRICT, not the year that stands there, there is no such day.
    """
    found = list(_found_in(text))
    days: list[Day] = []
    for number, one in enumerate(found):
        if days and one.begin < days[-1].finish:
            continue
        other = found[number + 1] if number + 1 < len(found) else None
        if other and JOIN.fullmatch(text, one.finish, other.begin):
            day = _joined(one, other, reference, looking, strict)
        else:
            day = _resolved(one, reference, looking, strict)
        if day:
            days.append(day)
    return sorted([*days, *_relative_in(text, reference)], key=lambda day: day.begin)


def clocks_in(text: str) -> list[Clock]:
    """The times of day that TEXT tells, in its order; what is no time, as 25.00, is none."""
    return [clock for found in CLOCK.finditer(text) if (clock := _clock(found))]


def at(day: date, clock: time, zone: tzinfo = SWEDEN) -> datetime:
    """That time of that day, in UTC; the first of an hour that comes twice, the next for one that never comes."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _found_in(text: str) -> Iterator[_Found]:
    every: list[_Found] = []
    for pattern in (WITH_HYPHENS, WITH_MONTH, MONTH_FIRST, WITH_SLASH):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            name, year = parts["month"].lower(), int(parts.get("year") or 0)
            weekday = weekday_of(parts.get("weekday"))
            if pattern is WITH_SLASH and found[0] == "24/7":
                continue
            every.append(
                _Found(
                    found.start(),
                    found.end(),
                    int(parts["day"]),
                    MONTHS.get(name) or int(name),
                    year + 2000 if 0 < year < 100 else year,
                    weekday,
                    int(parts.get("last") or 0),
                )
            )
    yield from sorted(every, key=lambda one: (one.begin, -one.finish))


def _resolved(one: _Found, reference: datetime | None, looking: Looking, strict: bool) -> Day | None:
    if not one.year and reference is None:
        return None
    first = _day(one, reference, looking, strict)
    last = _date(first.year, one.month, one.last) if first and one.last else None
    if first and one.last and (last is None or last <= first):
        first = last = None
    return Day(one.begin, one.finish, first, last, one.weekday is not None)


def _joined(one: _Found, other: _Found, reference: datetime | None, looking: Looking, strict: bool) -> Day | None:
    """From the one day to the other, which may be in the next year; a year that stands with one is for both."""
    if not one.year and other.year:
        is_before = (one.month, one.day) <= (other.month, other.day)
        one = replace(one, year=other.year if is_before else other.year - 1)
    begun = _resolved(one, reference, looking, strict)
    if begun is None or begun.first is None:
        return begun and replace(begun, finish=other.finish)
    year = other.year or begun.first.year
    last = _date(year, other.month, other.day)
    if last and last < begun.first and not other.year:
        last = _date(year + 1, other.month, other.day)
    is_after = last is not None and begun.first < last < begun.first + LONGEST
    fits = other.weekday is None or not strict or (last is not None and last.weekday() == other.weekday)
    return replace(begun, finish=other.finish, first=begun.first if is_after and fits else None, last=last)


def _day(one: _Found, reference: datetime | None, looking: Looking, strict: bool) -> date | None:
    if one.year:
        day = _date(one.year, one.month, one.day)
        return None if day and strict and one.weekday not in (None, day.weekday()) else day
    assert reference is not None
    today = reference.astimezone(SWEDEN).date()
    years = range(today.year - 2, today.year + 3)
    days = [day for year in years if (day := _date(year, one.month, one.day))]
    latest = today + TOMORROW if looking == "back" else today - JUST_PAST + timedelta(days=366)
    days.sort(key=lambda day: (day > latest, abs(day - latest)))  # the year up to LATEST comes first
    farthest = JUST_PAST if looking == "back" else timedelta(days=366)
    near = [day for day in days if -timedelta(days=366) <= day - today <= farthest]
    return next((day for day in near if one.weekday in (None, day.weekday())), None)


def _relative_in(text: str, reference: datetime | None) -> Iterator[Day]:
    if reference is None:
        return
    today = reference.astimezone(SWEDEN).date()
    for found in RELATED.finditer(text):
        day = today + timedelta(days=RELATIVE[found["word"].lower()])
        yield Day(found.start(), found.end(), day, is_relative=True)
    for found in ON_WEEKDAY.finditer(text):
        weekday = weekday_of(found["weekday"])
        assert weekday is not None
        day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        yield Day(found.start(), found.end(), day, is_named=True, is_relative=True)


def _clock(found: re.Match[str]) -> Clock | None:
    told = [found[name] for name in ("minute", "to_minute")]
    is_sure = bool(found["kl"] or found["minute"])
    if UNIT.match(found.string, found.end()) or not (is_sure or found["to_hour"]):
        return None
    if (
        found["to_hour"]
        and AND.search(found[0])
        and not BETWEEN.search(found.string[max(0, found.start() - 20) : found.start()])
    ):
        return None  # 'kl. 12 och 14' are two times, of which we cannot choose one
    start = _time(found["hour"], told[0], found["second"])
    end = _time(found["to_hour"], told[1]) if found["to_hour"] else None
    if start is None or (found["to_hour"] and end is None):
        return None
    first = next(found.end(name) for name in ("second", "minute", "hour") if found[name])
    return Clock(found.start(), first, found.end(), start, end, is_sure)


def _time(hour: str, minute: str | None, second: str | None = None) -> time | None:
    """24.00 is the end of the day, a minute before it to us; a leap second is the one before it."""
    if int(hour) == 24 and not int(minute or 0):
        return time(23, 59)
    try:
        return time(int(hour), int(minute or 0), min(int(second or 0), 59) if int(second or 0) <= 60 else 60)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
