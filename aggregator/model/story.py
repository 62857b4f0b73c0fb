"""What newsfeeds carry: stories, each told by one item or by several, and which of them belong where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from aggregator.model.item import Item


@dataclass(frozen=True, slots=True)
class Story:
    """What one or several actors tell of the same: newsfeeds carry it once, under the id and link that came first.

    `others` are the other items that tell it, in the order in which they came in.
    """

    leader: Item
    others: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return (self.leader, *self.others)

    @property
    def codes(self) -> frozenset[str]:
        """The places that it is about, whoever said so."""
        if not self.others:  # As nearly all are, and newsfeed after newsfeed asks.
            return self.leader.codes if self.leader.is_visible else frozenset()
        return frozenset[str]().union(*(item.codes for item in self.items if item.is_visible))

    @property
    def is_event(self) -> bool:
        return any(item.is_event for item in self.items if item.is_visible)


class Sharer(NamedTuple):
    """An item that something was found by, without what it says: enough to tell whether it is worth reading."""

    public_id: str
    source: str
    entered: datetime


def stories_in(items: Iterable[Item]) -> list[Story]:
    """The stories that ITEMS tell: each is led by the first that came in of those that may be seen, and that by which
    the story is named above all."""
    told: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        told[item.told_in].append(item)
    return [_story(name, members) for name, members in told.items()]


def _story(name: str, items: Iterable[Item]) -> Story:
    leader, *others = sorted(
        items,
        key=lambda item: (not item.is_visible, item.public_id != name, item.entered, item.public_id),
    )
    return Story(leader, tuple(others))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stories a newsfeed carries; pure, so that the store, `explain` and the tests mean the same.

    `everything` are the codes of places all of whose stories are carried, `events` those of which only events are.
    What none but the actors `without` tell is not among them. With `beside`, it also carries whatever none of those
    other selections does.
    """

    everything: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    beside: "tuple[Selection, ...]" = ()

    def carries(self, story: Story) -> bool:
        if not story.leader.is_visible:
            return False
        return (self._is_about(story) and not self.leaves_out(story)) or (
            bool(self.beside) and not any(other.carries(story) for other in self.beside)
        )

    def leaves_out(self, story: Story) -> bool:
        """Whether STORY would be carried, were it not told by the actors `without` alone."""
        return self._is_about(story) and {item.actor for item in story.items if item.is_visible} <= self.without

    def _is_about(self, story: Story) -> bool:
        is_event = story.is_event and not story.codes.isdisjoint(self.events)
        return is_event or not story.codes.isdisjoint(self.everything)

    def brought_by(self, story: Story) -> frozenset[str]:
        """The codes for which STORY is carried; none where it is carried because no other newsfeed does."""
        if not self.carries(story):
            return frozenset()
        return story.codes & (self.everything | self.events if story.is_event else self.everything)

    def may_carry(self, codes: frozenset[str]) -> bool:
        """Whether it can carry anything while no item is about any place but those with CODES."""
        return bool(self.beside) or not codes.isdisjoint(self.everything | self.events)
