"""A source's own rhythm, learnt from when its news came: how often, on which days, at which hours, in which seasons.

What we may ask in a week is a budget, small for a source that seldom has news. It is spent where news is likely: in
proportion to the square root of the likelihood, which gives the shortest wait for a given number of requests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from statistics import median, quantiles

from aggregator.model.zone import SWEDEN

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

SHORTEST_PACE = timedelta(minutes=15)
LONGEST_PACE = DAY
UNLEARNT_PACE = HOUR
LEARNING = timedelta(days=7)

# News within so long is one occasion: a club that posts three things on an evening does not publish hourly.
ONE_OCCASION = timedelta(hours=3)
REMEMBERED = 100

# Requests in a week to a source that has news at least every other week, and to one that seldom has any. Both are less
# than half of the hourly 168; with fewer than this, what a sleeping source says at last waits for more than an hour.
MOST_A_WEEK, LEAST_A_WEEK = 75.0, 65.0
BUSY = timedelta(days=14)

# What is taken for likely until a source has shown otherwise: nine of ten between 7 and 21, half as much in a holiday.
DAYTIME = range(7, 21)
HOLIDAY_SHARE = 0.5
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class Habit:
    """A rhythm in a few words: how long it usually is between the news (None: nothing is known of that), on which
    weekdays (Monday is 0) most of it comes, on how many occasions it is built, and how many times a week is asked
    (None: hourly, since the source is still being learnt); `holiday` tells that this is less than else."""

    usual: timedelta | None = None
    weekdays: tuple[int, ...] = ()
    occasions: int = 0
    weekly: int | None = None
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`moments` are the occasions on which a source had news, oldest first."""

    moments: tuple[datetime, ...] = ()

    def __add__(self, news: Iterable[datetime]) -> "Rhythm":
        """The rhythm that also knows of NEWS."""
        occasions: list[datetime] = []
        for moment in sorted({*self.moments, *news}):
            if not occasions or moment - occasions[-1] >= ONE_OCCASION:
                occasions.append(moment)
        return Rhythm(tuple(occasions[-REMEMBERED:]))

    def next_after(self, now: datetime, since: datetime | None) -> datetime:
        """When to ask again a source that we have known since then."""
        if since is None or now - since < LEARNING:
            return now + UNLEARNT_PACE
        week = self._week()
        per_hour = self._budget(now, since) / sum(week)
        moment, spent = now, 0.0
        while moment < now + LONGEST_PACE:
            end = min(_next_hour(moment), now + LONGEST_PACE)
            speed = week[_hour_of_week(moment)] * per_hour
            if spent + speed * ((end - moment) / HOUR) >= 1:
                moment += HOUR * ((1 - spent) / speed)
                break
            spent += speed * ((end - moment) / HOUR)
            moment = end
        return max(moment, now + SHORTEST_PACE)

    def gap(self, now: datetime, since: datetime) -> timedelta:
        """How long it usually is between its news; longer when it has been silent for much longer than that."""
        gaps = self._gaps()
        usual = DAY * median(gaps) if gaps else timedelta()
        last = self.moments[-1] if self.moments else since
        return max(usual, (now - last) / 4)

    def silence_allowed(self) -> timedelta:
        """How long it may be silent, holidays not counted, before that is strange."""
        gaps = self._gaps()
        if len(gaps) < 4:
            return timedelta(days=180)
        return max(3 * DAY * quantiles(gaps, n=10)[-1], timedelta(days=14))

    def silence(self, now: datetime, since: datetime) -> timedelta:
        """How long it has been silent, holidays not counted."""
        last = max(self.moments[-1], since) if self.moments else since
        return (now - last) - DAY * _holidays(last, now)

    def explained(self, now: datetime, since: datetime | None) -> str:
        """For the operator: what was learnt, and what follows from it."""
        habit = self.habit(now, since)
        if habit.weekly is None:
            return f"is asked every hour until we have known it for {LEARNING.days} days"
        usual = f"has news about every {_span(habit.usual)}" if habit.usual else "has shown no rhythm in its news"
        favoured = f", mostly on {' and '.join(WEEKDAYS[day] for day in habit.weekdays)}" if habit.weekdays else ""
        holiday = ", since this is a holiday" if habit.holiday else ""
        return f"{usual}{favoured} ({habit.occasions} occasions known); is asked {habit.weekly} times a week{holiday}"

    def habit(self, now: datetime, since: datetime | None) -> Habit:
        """What was learnt of a source that we have known since then, and what follows from it."""
        if since is None or now - since < LEARNING:
            return Habit(occasions=len(self.moments))
        gaps = self._gaps()
        favoured = [day for day, share in enumerate(self._weekdays()) if share > 0.25]
        return Habit(
            usual=DAY * median(gaps) if gaps else None,
            weekdays=tuple(favoured) if len(gaps) >= 4 else (),
            occasions=len(self.moments),
            weekly=round(self._budget(now, since)),
            holiday=self._holiday_share(now) < 1,
        )

    def _budget(self, now: datetime, since: datetime) -> float:
        """How many requests a week, as things are."""
        busy = min(BUSY / max(self.gap(now, since), HOUR), 1)
        return max(MOST_A_WEEK * busy, LEAST_A_WEEK) * self._holiday_share(now)

    def _gaps(self) -> list[float]:
        """In days."""
        return [(later - earlier) / DAY for earlier, later in zip(self.moments, self.moments[1:], strict=False)]

    def _week(self) -> list[float]:
        """For each hour of the week, Monday at 0 first, the square root of how likely news is."""
        hours = self._hours()
        return [sqrt(day * hour) for day in self._weekdays() for hour in hours]

    def _weekdays(self) -> list[float]:
        """For each weekday, which share of the news comes on it."""
        counts = [0.5] * 7
        for moment in self.moments:
            counts[moment.astimezone(SWEDEN).weekday()] += 1
        return [count / sum(counts) for count in counts]

    def _hours(self) -> list[float]:
        """For each hour of the day, which share of the news comes in it; a date without a time tells nothing."""
        counts = [4 * (0.9 / len(DAYTIME) if hour in DAYTIME else 0.1 / (24 - len(DAYTIME))) for hour in range(24)]
        for moment in self.moments:
            local = moment.astimezone(SWEDEN)
            if (local.hour, local.minute) != (0, 0):
                for hour, part in ((-1, 0.2), (0, 0.4), (1, 0.4)):
                    counts[(local.hour + hour) % 24] += part
        return [count / sum(counts) for count in counts]

    def _holiday_share(self, now: datetime) -> float:
        """1; in July and at Christmas, how its news then compares with the rest of the year, as far as it has shown."""
        if not _is_holiday(now.astimezone(SWEDEN)):
            return 1
        if not self.moments:
            return HOLIDAY_SHARE
        began = self.moments[0]
        found = sum(_is_holiday(moment.astimezone(SWEDEN)) for moment in self.moments)
        expected = len(self.moments) * _holidays(began, now) / max((now - began) / DAY, 1)
        return min(max((found + 2 * HOLIDAY_SHARE) / (expected + 2), 0.25), 1.0)


def _is_holiday(day: date) -> bool:
    """July, and from the 22nd of December to Twelfth Day: when associations rest."""
    return day.month == 7 or (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day <= 6)


def _holidays(begin: datetime, end: datetime) -> int:
    """How many whole days between the two are holidays."""
    first = begin.astimezone(SWEDEN).date()
    return sum(_is_holiday(first + timedelta(days=day)) for day in range((end - begin).days))


def _next_hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR


def _hour_of_week(moment: datetime) -> int:
    local = moment.astimezone(SWEDEN)
    return local.weekday() * 24 + local.hour


def _span(span: timedelta) -> str:
    return f"{span / DAY:.0f} days" if span >= 2 * DAY else f"{span / HOUR:.0f} hours"
