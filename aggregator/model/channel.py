"""The way out: the newsfeeds that we publish, what each carries, and the files they become."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aggregator.model.actors import Site
from aggregator.model.entry import Event, Image
from aggregator.model.item import Item
from aggregator.places import Place


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items a newsfeed carries; pure, so that the store, `explain` and the tests mean the same.

    `everything` are the codes of places all of whose items are carried, `events` those of which only events are.
    With `beside`, it also carries whatever that other selection does not.
    """

    everything: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    beside: "Selection | None" = None

    def carries(self, item: Item) -> bool:
        if item.hidden:
            return False
        return (
            not item.codes.isdisjoint(self.everything)
            or (item.is_event and not item.codes.isdisjoint(self.events))
            or (self.beside is not None and not self.beside.carries(item))
        )

    def may_carry(self, codes: frozenset[str]) -> bool:
        """Whether it can carry anything while no item is about any place but those with CODES."""
        return self.beside is not None or not codes.isdisjoint(self.everything | self.events)


Level = Literal["nation", "county", "network", "municipality"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A newsfeed: where it lives (`path`, ends with a slash, never changes), what it is called, what it carries.

    `places` are the places it is about, widest first; `note` is what its readers should know about it, in Swedish.
    """

    level: Level
    path: str
    name: str
    selection: Selection
    places: tuple[Place, ...] = ()
    note: str = ""
    official: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An item as readers get it: credited to its actor, and only as much of it as its source's terms allow.

    `updated` is the later of what the source says and when it came into our newsfeeds or was corrected there: a
    newsroom's system that skips what is older than the newest it has seen (Superdesk does) then misses nothing.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    actor: str
    actor_url: str
    source_id: str
    source_url: str
    authors: tuple[str, ...]
    places: tuple[Place, ...]
    categories: tuple[str, ...]
    published: datetime
    dated: bool
    updated: datetime
    language: str
    image: Image | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What the readers of one newsfeed get, newest first. Newsfeeds depend on the articles alone; pages on the day too.

    `updated` is the newest change in it, not the clock's: the same news makes the same bytes.
    """

    site: Site
    channel: Channel
    articles: tuple[Article, ...]
    day: date
    updated: datetime

    def address(self, name: str = "") -> str:
        """The published address of one of its files, or of its page."""
        return f"{self.site.url}{self.channel.path}{name}"


@dataclass(frozen=True, slots=True)
class Publication:
    """A file to publish: its path below the output folder, and its bytes."""

    path: str
    content: bytes
