"""What a reading means beside what we know: which of its entries are new, and which tell a kept item anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Entry
from aggregator.model.item import Item


@dataclass(frozen=True, slots=True)
class Identified:
    """An entry with the identities it goes by in its source, the one that counts most first.

    `spare` are those that it goes by if that one turns out to be another's.
    """

    entry: Entry
    aliases: tuple[str, ...]
    spare: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.aliases, *self.spare)


@dataclass(frozen=True, slots=True)
class Known:
    """What matching needs to know of one source: which item an alias means, and which aliases are of what is gone.

    `barred` are those of what an operator took down, which no reading brings back.
    """

    items: Mapping[str, Item]
    gone: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What remains of an item that is gone for good: its id and its aliases, so that it does not come back as new.

    `codes` are the places of the newsfeeds that must be told that it is gone; `seen` is whether readers ever saw it.
    `by` is the operator who took it down, and then nothing brings it back; empty if its source took it away.
    """

    public_id: str
    source: str
    aliases: frozenset[str]
    reason: str
    removed: datetime
    codes: frozenset[str] = frozenset()
    seen: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that its source tells differently now, or under another identity."""

    item: Item
    told: Identified


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of matching; entries that say what we already keep are in neither."""

    new: tuple[Identified, ...] = ()
    changed: tuple[Change, ...] = ()
