"""Entries that are new to us become items, under an id that is minted here and never again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from aggregator.config import Config
from aggregator.matching import public_id
from aggregator.model import Identified, Item, Known, Source, effective_date, within_second
from aggregator.sources import with_event


def new_item(config: Config, source: Source, told: Identified, now: datetime, hidden: str = "") -> Item:
    """What SOURCE told as an item; it is not tagged yet. HIDDEN is why nobody should see it, if so."""
    id = public_id(config.site.authority, source.origin, told.aliases[0])
    return Item(
        public_id=id,
        source=source.id,
        actor=source.actor,
        entry=told.entry,
        findings=(),
        aliases=frozenset(told.aliases),
        date=effective_date(told.entry, now),
        first_seen=now,
        entered=within_second(id, now),
        hidden=hidden,
    )


def with_events(told: Iterable[Identified], known: Known, now: datetime) -> tuple[Identified, ...]:
    """What was TOLD, as events where the text announces one.

    Days without a year count from when it was published, or else from when we first saw it: never from the moment at
    which it is read again.
    """
    return tuple(_with_event(one, known, now) for one in told)


def _with_event(told: Identified, known: Known, now: datetime) -> Identified:
    item = next((known.items[alias] for alias in told.aliases if alias in known.items), None)
    seen = item.first_seen if item else now
    published = item.date if item and not told.entry.published else effective_date(told.entry, seen)
    return replace(told, entry=with_event(told.entry, published, seen))
