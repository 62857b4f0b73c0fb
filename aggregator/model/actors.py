"""Who is who: the publisher, the actors whose news we carry, and the newsfeeds that feeds.toml declares.

The words are KoSO's own: nation, county (län), network (kraftsamlingsnätverk, in a local newspaper's circulation
area), municipality area (kommunområde) and actor (aktör).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aggregator.places import Place

Scope = Literal["local", "county", "national"]
Status = Literal["listed", "met", "left"]
# Whose news is published: that of everyone who is listed, or of those only who meet the conditions.
Admission = Literal["listed", "met"]
Role = Literal["contact", "editor", "administrator"]


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
class Condition:
    """A condition (villkor) for taking part: for the nation, a county or a network, the newsfeed with `code`.

    Conditions change over the years and are kept: it held from the day `since` until the day `until`, both among
    them; None if nobody said when it ends.
    """

    code: str
    text: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers for something: a contact person (kontaktperson), an editor or an administrator.

    `of` is what: the code of a newsfeed, or "actor/ID". Names and addresses are personal data: only those who are
    `public` may come anywhere near what is published.
    """

    name: str
    mail: str
    role: Role
    of: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A company or an association whose news we carry.

    `scope` decides where its news belongs when a text names no place; None leaves that to the text. `networks` are the
    ids of networks that it is listed in, beside those of its areas. `since` is the day from which `status` holds. An
    actor that has left keeps its items, but nothing new comes from it. `unmet` is why its news is not published yet,
    or empty. `people` are its contact persons, those only who may be published.
    """

    id: str
    name: str
    areas: tuple[Place, ...] = ()
    scope: Scope | None = None
    status: Status = "listed"
    since: date | None = None
    homepage: str = ""
    facebook: str = ""
    networks: tuple[str, ...] = ()
    unmet: str = ""
    people: tuple[Person, ...] = ()

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
    """A local newspaper's circulation area: the news of its municipalities together, across county borders too.

    Of the municipalities in `parts` only the localities named belong to it. `without` are actors, each with its id and
    name, whose own news its newsfeed does not carry: the newspaper that takes it in.
    """

    id: str
    title: str
    municipalities: tuple[Place, ...]
    parts: tuple[tuple[Place, tuple[str, ...]], ...] = ()
    without: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The code of its newsfeed, for what is addressed to it."""
        return f"natverk/{self.id}"

    @property
    def all_municipalities(self) -> tuple[Place, ...]:
        return (*self.municipalities, *(place for place, _ in self.parts))

    def code_of_part(self, municipality: Place) -> str:
        """The code of what is about its part of MUNICIPALITY."""
        return f"{self.code}/{municipality.code}"

    def codes_within(self, places: Collection[Place]) -> frozenset[str]:
        """The codes of all its news that is about any of PLACES, and of what is addressed to it."""
        whole = (place.code for place in self.municipalities if place in places)
        parts = (self.code_of_part(place) for place, _ in self.parts if place in places)
        found = frozenset((*whole, *parts))
        return found | {self.code} if found else found


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality area that is declared: everything, or events only.

    One that is in the interim solution has no newsfeed of its own yet, and carries events only.
    """

    id: str
    municipality: Place
    content: Literal["extended", "events"]
    interim: bool = False
