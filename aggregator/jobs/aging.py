"""Aging: once a day, put away what came in longer ago than [keep] says; what was published of it stays.

It is done by whole months, so that an archive is either made from all of its news or stays as it was published. An
event that is in a calendar and a story that a newsfeed still carries among its newest are kept whole, however old.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from aggregator.config import Config
from aggregator.model import SWEDEN
from aggregator.publishing import channels_of, edition
from aggregator.storage import Age, Storage

# By this name the store remembers the day on which all that is old was put away, and the first month that is not.
AWAY = "put away"

# So many stories in one round, and in one transaction.
MOST = 5_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PutAway:
    """How many items were put away now, of those that came in BEFORE a month ("2024-11")."""

    items: int = 0
    before: str = ""


def first_open_month(storage: Storage) -> str:
    """The first month of which all news is whole ("2024-11"); empty if nothing was ever put away."""
    return str(_told(storage)["before"])


def put_away(config: Config, storage: Storage, now: datetime) -> PutAway:
    """Put away what is old by NOW, unless that was done today; what is left for the next round goes then.

    It is for a round that has just published: what is put away is not made again.
    """
    day, told = now.astimezone(SWEDEN).date(), _told(storage)
    if config.keep_items is None or told["day"] == str(day):
        return PutAway()
    before = (now - config.keep_items).astimezone(SWEDEN).date().replace(day=1)
    age = Age(
        datetime.combine(before, time(), SWEDEN),
        datetime.combine(day, time(), SWEDEN) - edition.CALENDAR_BACK,
        now - edition.WITHDRAWN_BACK - timedelta(days=1),
    )
    stories = storage.aged(age, _shown(config, storage), MOST) if storage.aged(age, (), 1) else []
    month = max(told["before"], f"{before:%Y-%m}") if stories else told["before"]
    if stories:
        # First, so that nothing is made again of which a part is gone.
        _remember(storage, told["day"], month)
    count = sum(storage.put_away(stories[place : place + AT_ONCE]) for place in range(0, len(stories), AT_ONCE))
    if len(stories) < MOST:
        storage.forget_happenings(age.before)
        _remember(storage, str(day), month)
    return PutAway(count, month)


def _shown(config: Config, storage: Storage) -> frozenset[str]:
    """The stories that newsfeeds carry among their newest."""
    channels = channels_of(config.nation, config.counties, config.networks, config.areas)
    newest = (storage.stories.names_of_newest(channel.selection, edition.NEWEST) for channel in channels)
    return frozenset(name for names in newest for name in names)


def _told(storage: Storage) -> dict[str, str]:
    told: dict[str, str] = json.loads(storage.recall(AWAY) or '{"day": "", "before": ""}')
    return told


def _remember(storage: Storage, day: str, before: str) -> None:
    storage.remember(AWAY, json.dumps({"day": day, "before": before}))
