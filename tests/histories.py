"""Years in the lives of sources, made by dice that always fall the same; and how a rhythm would have followed them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from aggregator.model import Rhythm

SWEDEN = ZoneInfo("Europe/Stockholm")
BEGINNING = datetime(2025, 1, 1, tzinfo=SWEDEN)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)


def days() -> Iterator[datetime]:
    return (BEGINNING + timedelta(days=day) for day in range(365))


def at(day: datetime, hours: float) -> datetime:
    return day + timedelta(hours=hours)


def daily_municipality(dice: Random) -> list[datetime]:
    """One to three pieces of news on each working day, between 8 and 17; fewer in July."""
    return [
        at(day, dice.uniform(8, 17))
        for day in days()
        if day.weekday() < 5 and (day.month != 7 or dice.random() < 0.3)
        for _ in range(dice.choice([1, 1, 2, 3]))
    ]


def weekly_club(dice: Random) -> list[datetime]:
    """Mostly on Thursday evenings, now and then on some other day; nothing in July or at Christmas."""
    found = []
    for day in days():
        if day.month == 7 or (day.month == 12 and day.day > 21):
            continue
        if day.weekday() == 3 and dice.random() < 0.9:
            found.append(at(day, dice.uniform(18, 22)))
        elif dice.random() < 0.03:
            found.append(at(day, dice.uniform(9, 21)))
    return found


def sleeping(dice: Random) -> list[datetime]:
    """An association that wakes five times a year."""
    return sorted(at(BEGINNING + timedelta(days=dice.randrange(365)), dice.uniform(9, 21)) for _ in range(5))


def summer(dice: Random) -> list[datetime]:
    """A bathing place: every other day from June to August, and once a month otherwise."""
    return [
        at(day, dice.uniform(8, 20)) for day in days() if dice.random() < (0.5 if day.month in (6, 7, 8) else 1 / 30)
    ]


# A year of news, as the dice fall.
History = Callable[[Random], list[datetime]]

HISTORIES: tuple[History, ...] = (daily_municipality, weekly_club, sleeping, summer)


@dataclass(frozen=True, slots=True)
class Followed:
    """How a history was followed: how often the source was asked, and how long each piece of news waited."""

    requests: int
    delays: tuple[timedelta, ...]


def followed(news: list[datetime]) -> Followed:
    """Ask as the rhythm says, for a year; the first answers tell what we know."""
    now, rhythm, requests, seen = BEGINNING, Rhythm(), 0, 0
    delays: list[timedelta] = []
    waiting = sorted(news)
    while now < BEGINNING + YEAR:
        requests += 1
        found = [moment for moment in waiting[seen:] if moment <= now]
        delays += [now - moment for moment in found]
        seen += len(found)
        rhythm += found
        now = rhythm.next_after(now, BEGINNING)
    return Followed(requests, tuple(delays))
