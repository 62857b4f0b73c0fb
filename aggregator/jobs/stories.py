"""Stories: each item that came in is compared with those of other sources, once, and joins the story that it tells.

It is done after collecting and importing, in the order in which items came in, and goes on where it was broken off. An
item that nobody may see takes part too: when it is released, it is where it belongs.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import AggregatorError
from aggregator.matching import Telling, meaningless_links, plain_link, story_of, worth_reading
from aggregator.model import Item, Sharer
from aggregator.storage import Storage

log = logging.getLogger(__name__)

ITEMS_AT_ONCE = 200


class SplitError(AggregatorError):
    """What should be split off is not there, or leads its story."""


def join_stories(config: Config, storage: Storage) -> int:
    """Compare all items that were not compared yet; return how many of them joined the story of another."""
    count = 0
    while items := storage.traces.retold(ITEMS_AT_ONCE):
        storage.traces.settle({item.public_id: _traces(Telling(item)) for item in items}, {})
    homes = homes_of(config)
    while items := storage.traces.untold(ITEMS_AT_ONCE):
        tellings = [Telling(item) for item in items]
        traces = {telling.item.public_id: _traces(telling) for telling in tellings}
        joined = _joined(storage, tellings, traces, homes)
        storage.traces.settle(traces, joined)
        count += len(joined)
    return count


def split(storage: Storage, name: str, now: datetime) -> Item:
    """Let the item that NAME means (by its public id or its address) tell a story of its own from NOW on."""
    found = [item for item in storage.called(name) if name in (item.public_id, item.entry.url)]
    split_off = [item for item in found if item.story]
    if not found:
        raise SplitError(f'no item has the id or the address "{name}"')
    if not split_off:
        raise SplitError(f"{name} leads its story; name the item that does not belong there, as explain shows it")
    if len(split_off) > 1:
        raise SplitError(f"{len(split_off)} items have the address {name}; name one by its id, as explain shows it")
    storage.traces.split(split_off[0], now)
    return split_off[0]


def homes_of(config: Config) -> frozenset[str]:
    """The addresses of actors and their sources, to which a link says nothing of any news."""
    told = [address for actor in config.actors.values() for address in (actor.homepage, actor.facebook)]
    return frozenset(map(plain_link, [*told, *(source.location for source in config.sources.values())]))


def _joined(
    storage: Storage, tellings: Collection[Telling], traces: Mapping[str, frozenset[str]], homes: frozenset[str]
) -> dict[str, str]:
    """The stories that some of TELLINGS join, by their public ids; those that came in first can be joined by others."""
    read = _worth_reading(storage, tellings, traces)
    known = {telling.item.public_id: telling for telling in tellings}
    unread = frozenset[str]().union(*read.values()) - known.keys()
    known |= {item.public_id: Telling(item) for item in storage.traces.items(unread)}
    sources = defaultdict(frozenset[str], storage.traces.sources({told.item.told_in for told in known.values()}))
    repeated = meaningless_links(tellings)
    joined: dict[str, str] = {}
    for new in tellings:
        item = new.item
        others = [known[public_id] for public_id in read[item.public_id]]
        nothing = homes | repeated | meaningless_links([new, *others])
        free = [told for told in others if item.source not in sources[told.item.told_in]]
        story = _story(new, free, nothing)
        if story:
            joined[item.public_id] = story
            known[item.public_id] = new.within(story)
        sources[story or item.told_in] |= {item.source}
    return joined


def _worth_reading(
    storage: Storage, tellings: Iterable[Telling], traces: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """For each of TELLINGS, the items to compare it with: those that were there, and of TELLINGS those before it."""
    sharing = storage.traces.sharing({trace for told in traces.values() for trace in told})
    read = {}
    for item in (telling.item for telling in tellings):
        read[item.public_id] = worth_reading(item.source, traces[item.public_id], sharing)
        for trace in traces[item.public_id]:
            sharing.setdefault(trace, []).append(Sharer(item.public_id, item.source, item.entered))
    return read


def _traces(telling: Telling) -> frozenset[str]:
    try:
        return telling.traces
    except Exception:  # A fence: what nobody could compare would stop every round that comes; so nobody finds it.
        log.exception("%s: our own fault, so that nobody finds it", telling.item.public_id)
        return frozenset()


def _story(new: Telling, others: Collection[Telling], nothing: frozenset[str]) -> str:
    try:
        return story_of(new, others, nothing)
    except Exception:  # A fence, as above: it tells a story of its own.
        log.exception("%s: our own fault, so that it tells a story of its own", new.item.public_id)
        return ""
