"""Retag: ask the rules again for everything that is kept, after the rules, the map or feeds.toml have changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aggregator.config import Config
from aggregator.model import Actor, Item
from aggregator.storage import Storage
from aggregator.tagging import findings_of, themes_of


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


def tagged(config: Config, item: Item) -> Item:
    """ITEM with its places and themes. An actor that has left feeds.toml has no area any more."""
    actor = config.actors.get(item.actor) or Actor(item.actor, item.actor)
    findings = findings_of(item.entry, actor, config.knowledge)
    return item.tagged(findings, themes_of(item.entry, actor, config.knowledge))


def retag(
    config: Config,
    storage: Storage,
    now: datetime,
    keep: bool = True,
    tell: Callable[[Item], None] = lambda item: None,
) -> Retagged:
    """Ask the rules of every item; unless KEEP, only say what would move. What moves enters its newsfeeds NOW."""
    asked, moves = 0, []
    for item in storage.items():
        asked += 1
        after = tagged(config, item)
        if after != item:
            moves.append(Move(item, after))
        tell(item)
    if keep and moves:
        storage.keep_items([move.after.moved(move.before, now) for move in moves])
    return Retagged(asked, tuple(moves))
