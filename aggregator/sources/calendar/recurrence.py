"""On which days something that repeats happens (RFC 5545 §3.3.10), from the day when it began.

dateutil's rrule does that too, but on a rule that no day fulfils it walks on to the year 9999, which takes seconds for
each; here the days of the window are asked, one by one, whether the rule means them. Only rules of whole days are read:
what happens every hour is nothing that people go to.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

# Of rules with COUNT every day since they began must be asked.
LONGEST_COUNTED = timedelta(days=40 * 366)

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset("FREQ INTERVAL COUNT UNTIL WKST BYDAY BYMONTHDAY BYMONTH BYSETPOS".split())
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_ON = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class RuleError(ValueError):
    """A rule that we do not read; its text says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How something repeats. `on` are weekdays (Monday 0), each with which one of the month or year it is, 0 for all.

    `until` is as it stands in the rule: a day or a moment.
    """

    frequency: str
    interval: int = 1
    count: int = 0
    until: str = ""
    week_start: int = 0
    on: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()

    def days(self, began: date, first: date, last: date) -> Iterator[date]:
        """The days from FIRST to LAST, of all that it means since it BEGAN."""
        if not self.count:
            return (day for day in self._meant(began, max(began, first), last) if day >= first)
        last = min(last, began + LONGEST_COUNTED)
        return (day for day in islice(self._meant(began, began, last), self.count) if day >= first)

    def days_asked(self, began: date, first: date, last: date) -> int:
        """How many days `days` looks at: what it costs."""
        return max((last - (began if self.count else max(began, first))).days + 1, 0)

    def _meant(self, began: date, first: date, last: date) -> Iterator[date]:
        """In whole periods, since a position counts within its own; the days before it BEGAN only count for that."""
        start, end = self._beginning(first), self._ending(last)
        asked = (start + timedelta(days=number) for number in range((end - start).days + 1))
        meant = (day for day in asked if self._is_meant(day, began))
        if not self.positions:
            yield from (day for day in meant if began <= day <= last)
            return
        for _, period in groupby(meant, self._beginning):
            days = list(period)
            chosen = {number - 1 if number > 0 else len(days) + number for number in self.positions}
            yield from (day for number, day in enumerate(days) if number in chosen and began <= day <= last)

    def _beginning(self, day: date) -> date:
        """The first day of the period that DAY is in."""
        match self.frequency:
            case "YEARLY":
                return day.replace(month=1, day=1)
            case "MONTHLY":
                return day.replace(day=1)
            case "WEEKLY":
                return day - timedelta(days=min((day.weekday() - self.week_start) % 7, day.toordinal() - 1))
        return day

    def _ending(self, day: date) -> date:
        """The last day of the period that DAY is in."""
        match self.frequency:
            case "YEARLY":
                return day.replace(month=12, day=31)
            case "MONTHLY":
                return day.replace(day=monthrange(day.year, day.month)[1])
            case "WEEKLY":
                return self._beginning(day) + timedelta(days=6)
        return day

    def _is_meant(self, day: date, began: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        return self._number(day, began) % self.interval == 0 and self._is_on(day, began)

    def _number(self, day: date, began: date) -> int:
        """How many periods DAY comes after the one in which it BEGAN."""
        match self.frequency:
            case "YEARLY":
                return day.year - began.year
            case "MONTHLY":
                return 12 * (day.year - began.year) + day.month - began.month
            case "WEEKLY":
                return (self._beginning(day) - self._beginning(began)).days // 7
        return (day - began).days

    def _is_on(self, day: date, began: date) -> bool:
        """Whether it is the right day of its period; what the rule does not say is as on the day when it began."""
        if self.month_days:
            length = monthrange(day.year, day.month)[1]
            if day.day not in self.month_days and day.day - length - 1 not in self.month_days:
                return False
        if self.on:
            return any(day.weekday() == weekday and self._is_nth(day, nth) for weekday, nth in self.on)
        if self.month_days or self.frequency == "DAILY":
            return True
        if self.frequency == "WEEKLY":
            return day.weekday() == began.weekday()
        if self.frequency == "YEARLY" and not self.months and day.month != began.month:
            return False
        return day.day == began.day

    def _is_nth(self, day: date, nth: int) -> bool:
        if not nth:
            return True
        if self.frequency == "YEARLY" and not self.months:
            before, after = (day - date(day.year, 1, 1)).days, (date(day.year, 12, 31) - day).days
        else:
            before, after = day.day - 1, monthrange(day.year, day.month)[1] - day.day
        return nth == (before // 7 + 1 if nth > 0 else -(after // 7) - 1)


def rule_of(text: str) -> Rule:
    """The rule that TEXT tells; RuleError if it is one that we do not read."""
    parts = dict(part.upper().split("=", 1) for part in text.strip().strip(";").split(";") if "=" in part)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise RuleError("repeats more often than daily" if frequency.endswith("LY") else "repeats by no rule")
    unread = [name for name in parts if name not in _KNOWN and not name.startswith("X-")]
    if unread:
        raise RuleError(f"repeats by {unread[0]}, which is not read")
    try:
        rule = Rule(
            frequency,
            int(parts.get("INTERVAL", "1")),
            int(parts.get("COUNT", "0")),
            parts.get("UNTIL", ""),
            _DAYS.index(parts.get("WKST", "MO")),
            tuple(_on(told) for told in parts.get("BYDAY", "").split(",") if told),
            _numbers(parts.get("BYMONTHDAY", "")),
            _numbers(parts.get("BYMONTH", "")),
            _numbers(parts.get("BYSETPOS", "")),
        )
    except ValueError as error:
        raise RuleError(f'repeats by a rule that cannot be read ("{text[:60]}")') from error
    if rule.interval < 1 or rule.count < 0:
        raise RuleError("repeats by a rule that means nothing")
    return rule


def _on(told: str) -> tuple[int, int]:
    found = _ON.fullmatch(told.strip())
    if not found:
        raise ValueError(told)
    return _DAYS.index(found[2]), int(found[1] or 0)


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(int(number) for number in told.split(",")[:62] if number)
