"""The way in: a source, what it answered, how the answer came to us, and what it says."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field

from aggregator.model.about import About, Theme
from aggregator.model.entry import Entry, Kind
from aggregator.model.units import FormerIds, Pace, Silence, Text, Words, listed
from aggregator.model.zone import LONG_AGO

IdentityPolicy = Literal["auto", "guid", "link", "link+date", "title+date"]
# What `auto` may know entries by in the first place, the most exact first.
Sign = Literal["guid", "link", "title+date"]
PublishPolicy = Literal["full", "excerpt", "link"]
PicturePolicy = Literal["link", "publish"]
# Through what an item was seen: the actor's site, its Facebook page, its calendar, or words handed in by a person.
Via = Literal["site", "facebook", "calendar", "hand"]

# Long enough that two entries of one source share a fingerprint once in ten thousand million million.
FINGERPRINT_BYTES = 8


# No TOML key can be this alias by accident, so a table that has `id = …` has an unknown key.
FROM_PLACE = "<from where it stands>"
FromPlace = Annotated[str, Field(validation_alias=FROM_PLACE)]


class Trials(BaseModel, frozen=True, extra="forbid"):
    """Titles that must be taken, and titles that must not."""

    match: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()


class WhatCounts(BaseModel, frozen=True, extra="forbid"):
    """What counts of a source, as feeds.toml says it; see `About`. `test` holds titles to try it with."""

    words: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()
    without: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()
    themes: Annotated[tuple[Theme, ...], BeforeValidator(listed)] = ()
    test: Trials = Trials()

    @property
    def rule(self) -> About:
        return About(self.words, self.without, self.themes)


class Source(BaseModel, ABC, frozen=True, extra="forbid"):
    """Where an actor publishes, what feeds.toml may say of it, and how to read it; one subclass for each kind.

    `id` is "ACTOR/SOURCE"; it and `actor` follow from where the source stands in feeds.toml, and are no keys of its
    table. `was` are the names it had before, the oldest first, and `origin` is the id it would have if neither it nor
    its actor had ever been renamed: from that the ids of its items are made. `every` is how often it is asked when all
    is well; "auto" learns that from when its news comes. `silence` is how long it may be silent before we say so.
    `is_page` tells that what is read was meant for people and not listed for programs: then robots.txt is asked first,
    and the answer may be twice as large. `is_by_hand` tells that people chose each item that comes (exports,
    hand-written ones), so that many at once are no mishap. `via` is through what its items were seen. `read_again` is
    after how long even a document that never changes means something else (a calendar).

    `kind` is what all its items are, if it says so. `about` is what counts of a source that publishes everything.
    `rights` is what others may do with its items, if not the same as with all others'. `cleared_by` is who answers
    for the rights in its pictures; it is never published.
    """

    is_page: ClassVar[bool] = False
    is_by_hand: ClassVar[bool] = False
    via: ClassVar[Via] = "site"
    read_again: ClassVar[timedelta | None] = None

    id: FromPlace = ""
    actor: FromPlace = ""
    origin: FromPlace = ""
    was: FormerIds = ()
    every: Pace = "auto"
    silence: Silence = "auto"
    identity: IdentityPolicy = "auto"
    publish: PublishPolicy = "excerpt"
    pictures: PicturePolicy = "link"
    cleared_by: Words = ""
    kind: Kind | None = None
    about: WhatCounts = WhatCounts()
    rights: Words = ""

    @property
    def wants_full_text(self) -> bool:
        """Whether the page of each new item is read as well, for its full text."""
        return False

    @property
    @abstractmethod
    def location(self) -> str:
        """The address to fetch, or the path of the file to read."""

    def of(self, actor: str, name: str, actor_was: Sequence[str] = ()) -> Self:
        """The same source, as the one called NAME of ACTOR, whose ids before were ACTOR_WAS."""
        origin = f"{(*actor_was, actor)[0]}/{(*self.was, name)[0]}"
        return self.model_copy(update={"id": f"{actor}/{name}", "actor": actor, "origin": origin})

    @abstractmethod
    def below(self, folder: Path) -> Self:
        """The same source, its path counted from FOLDER if its location is a path."""

    @abstractmethod
    def read(self, document: "Document") -> "Reading":
        """What the document says; ParseError if it is not what this kind promises. Pure: no clock, network or disk."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask 'anything new?' with, byte for byte as received (RFC 9110 §8.8)."""

    etag: str = ""
    last_modified: str = ""

    def renewed_by(self, later: "Validators") -> "Validators":
        """What stands after a 304, which may repeat them or leave them out (RFC 9110 §15.4.5)."""
        return Validators(later.etag or self.etag, later.last_modified or self.last_modified)


@dataclass(frozen=True, slots=True)
class Trip:
    """How an answer came to us.

    `requests` and `received` (bytes of bodies, as they were on the wire) are what it cost. `fresh` is how long the
    server says that the answer stays new. `lasting` is where permanent redirects (301, 308) led, or empty.
    `certificate` is the moment until which the certificate of the one that answered is valid.
    """

    requests: int = 0
    received: int = 0
    fresh: timedelta = timedelta()
    lasting: str = ""
    certificate: datetime | None = None

    def with_cost_of(self, other: "Trip") -> "Trip":
        """The same trip with what OTHER cost besides."""
        return replace(self, requests=self.requests + other.requests, received=self.received + other.received)


@dataclass(frozen=True, slots=True)
class Document:
    """What a source answered, untouched. `location` is where it finally came from, after redirects.

    `at` is the moment of the round in which it came, from which "lördag 7 november" and "the coming year" count.
    `links` is the header Link, as received (RFC 8288).
    `seen` are the fingerprints of entries that need no reading again, for kinds of source that know of such.
    """

    location: str
    content: bytes
    media_type: str = ""
    validators: Validators = Validators()
    trip: Trip = Trip()
    at: datetime = LONG_AGO
    links: str = ""
    seen: frozenset[bytes] = frozenset()

    @property
    def fingerprint(self) -> str:
        return blake2b(self.content, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source has nothing that we have not read: it said so itself (`told`: 304), or sent the same bytes again."""

    validators: Validators = Validators()
    location: str = ""
    told: bool = False
    trip: Trip = Trip()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says. `notes` are sentences about what in it could not be used, for the operator.

    `home` is the address of the site that it says it is of.

    `pause` is how long the document itself asks to be left alone (RSS ttl, sy:updatePeriod). `whole` is false when it
    breaks off before its end. `fingerprints` are those of its entries, one each, if entries of this document can be
    known again; `known` are those of entries that were not read, since the document came with them as `seen`.
    """

    entries: tuple[Entry, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    pause: timedelta = timedelta()
    whole: bool = True
    fingerprints: tuple[bytes, ...] = ()
    known: tuple[bytes, ...] = ()
    home: str = ""

    @property
    def count(self) -> int:
        """How many entries the document has, read or known."""
        return len(self.entries) + len(self.known)
