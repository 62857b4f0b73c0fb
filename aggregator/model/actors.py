"""Who is who: the publisher, the actors whose news we carry, and the newsfeeds that feeds.toml declares.

The words are KoSO's own: nation, county (län), network (kraftsamlingsnätverk, in a local newspaper's circulation
area), municipality area (kommunområde) and actor (aktör).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from aggregator.places import Place

Scope = Literal["local", "county", "national"]
Status = Literal["listed", "met", "left"]


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes, and where.

    `url` ends with a slash and may change; `authority` is part of every published id (RFC 4151) and must not. `hub` is
    the address of a WebSub hub that is told when newsfeeds change, `unsubscribe` where whoever gets digests by mail can
    stop them, if there are such places. `about`, `privacy` and `accessibility` are texts, whose paragraphs are parted
    by an empty line, or addresses where they stand.
    """

    title: str
    url: str
    authority: str
    contact: str
    rights: str
    publisher: str
    about: str
    privacy: str = ""
    accessibility: str = ""
    hub: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A company or an association whose news we carry.

    `scope` decides where its news belongs when a text names no place; None leaves that to the text. `since` is the
    day from which `status` holds. An actor that has left keeps its items, but nothing new comes from it.
    """

    id: str
    name: str
    areas: tuple[Place, ...] = ()
    scope: Scope | None = None
    status: Status = "listed"
    since: date | None = None
    homepage: str = ""
    facebook: str = ""

    @property
    def address(self) -> str:
        """Where people find it: its homepage, else its Facebook page."""
        return self.homepage or self.facebook


@dataclass(frozen=True, slots=True)
class Nation:
    """What the national newsfeed carries: "own" is what is of national scope and what no other newsfeed carries."""

    carries: Literal["own", "events", "all"] = "own"


@dataclass(frozen=True, slots=True)
class County:
    """How a county differs from the default: what it carries, and where it lives if on another site."""

    place: Place
    carries: Literal["all", "events", "own"] = "all"
    official: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A local newspaper's circulation area: the news of its municipalities together, across county borders too."""

    id: str
    title: str
    municipalities: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality area that has a newsfeed of its own: everything, or events only."""

    id: str
    municipality: Place
    content: Literal["extended", "events"]
