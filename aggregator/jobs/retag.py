"""Retag: ask the rules again for everything that is kept, after the rules, the map or feeds.toml have changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from aggregator import tagging
from aggregator.config import Config
from aggregator.jobs.departed import remember_actors, with_departed
from aggregator.model import Actor, Change, Item
from aggregator.storage import Storage

# By this name the store remembers by which rules its items were judged.
RULES = "rules"


@dataclass(frozen=True, slots=True)
class Move:
    """An item of which the rules now say something else."""

    before: Item
    after: Item

    @property
    def changes_places(self) -> bool:
        """Whether it comes into other newsfeeds, or leaves them; else only its evidence or its themes are other."""
        return self.before.codes != self.after.codes or self.before.is_visible != self.after.is_visible


@dataclass(frozen=True, slots=True)
class Retagged:
    """How many items were asked about, and those that the rules say something else of."""

    asked: int
    moves: tuple[Move, ...]


def judged(config: Config, item: Item) -> Item:
    """ITEM with all that the rules say of it.

    Of one that was put away nothing is left to ask them about; it stays where it was.
    """
    if item.is_put_away:
        return item
    id = config.renames.actor(item.actor)
    source = config.sources.get(config.renames.source(item.source))
    return tagging.judged(item, config.actors.get(id) or Actor(id, id), source, config.knowledge)


def retold(config: Config, change: Change, now: datetime) -> Item:
    """A kept item as its source tells it NOW; where it moves by that, it enters its newsfeeds now."""
    told = change.item.retold(change.told.entry, frozenset(change.told.aliases), now)
    return judged(config, told).moved(change.item, now)


def retag(
    config: Config,
    storage: Storage,
    now: datetime,
    keep: bool = True,
    tell: Callable[[Item], None] = lambda item: None,
) -> Retagged:
    """Ask the rules of every item; unless KEEP, only say what would move. What moves enters its newsfeeds NOW."""
    if keep:
        storage.rename(config.renames)
    config = with_departed(config, storage)
    asked, moves = 0, []
    for item in storage.items(whole=True):
        asked += 1
        after = judged(config, item)
        if after != item:
            moves.append(Move(item, after))
        tell(item)
    if keep:
        storage.keep_items([move.after.moved(move.before, now) for move in moves])
        remember_actors(config, storage)
        storage.remember(RULES, name_of_rules(config))
    return Retagged(asked, tuple(moves))


def take_effect(config: Config, storage: Storage, now: datetime) -> Retagged:
    """Ask the rules again of what is kept, if they are not those that it was last asked by."""
    storage.rename(config.renames)
    remember_actors(config, storage)
    config = with_departed(config, storage)
    if storage.recall(RULES) == name_of_rules(config):
        return Retagged(0, ())
    return retag(config, storage, now)


def name_of_rules(config: Config) -> str:
    """A name for all that an item is judged by, beside itself."""
    sources = [(source.id, source.kind, source.publish, source.about.rule) for source in config.sources.values()]
    said = (
        tagging.made_by(),
        config.knowledge,
        [config.actors[id] for id in sorted(config.actors)],
        sorted(sources, key=str),
    )
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()
