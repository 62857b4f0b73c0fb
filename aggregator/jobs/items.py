"""Entries that are new to us become items, under an id that is minted here and never again."""

from datetime import datetime

from aggregator.config import Config
from aggregator.matching import public_id
from aggregator.model import Identified, Item, Source, effective_date, within_second


def new_item(config: Config, source: Source, told: Identified, now: datetime, hidden: str = "") -> Item:
    """What SOURCE told as an item; it is not tagged yet. HIDDEN is why nobody should see it, if so."""
    id = public_id(config.site.authority, source.id, told.aliases[0])
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
