"""The way in: a source, what we remember of our last visit there, and what it answered."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from aggregator.errors import FetchError, SourceError
from aggregator.model.entry import Entry
from aggregator.model.units import Pace

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_PAUSE = timedelta(days=1)

IdentityPolicy = Literal["auto", "guid", "link", "link+date", "title+date"]
PublishPolicy = Literal["full", "excerpt", "link"]
PicturePolicy = Literal["link", "publish"]


# No TOML key can be this alias by accident, so a table that has `id = …` has an unknown key.
FromPlace = Annotated[str, Field(validation_alias="<from where it stands>")]


class Source(BaseModel, ABC, frozen=True, extra="forbid"):
    """Where an actor publishes, what feeds.toml may say of it, and how to read it; one subclass for each kind.

    `id` is "ACTOR/SOURCE" and permanent; it and `actor` follow from where the source stands in feeds.toml, and are no
    keys of its table. `every` is how often it is asked when all is well.
    """

    id: FromPlace = ""
    actor: FromPlace = ""
    every: Pace = timedelta(hours=1)
    identity: IdentityPolicy = "auto"
    publish: PublishPolicy = "excerpt"
    pictures: PicturePolicy = "link"

    @property
    @abstractmethod
    def location(self) -> str:
        """The address to fetch, or the path of the file to read."""

    def of(self, actor: str, name: str) -> Self:
        """The same source, as the one called NAME of ACTOR."""
        return self.model_copy(update={"id": f"{actor}/{name}", "actor": actor})

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


@dataclass(frozen=True, slots=True)
class Document:
    """What a source answered, untouched. `location` is where it finally came from, after redirects."""

    location: str
    content: bytes
    media_type: str = ""
    validators: Validators = Validators()

    @property
    def fingerprint(self) -> str:
        return blake2b(self.content, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source has nothing that we have not read: it said so (304), or sent the same bytes again."""

    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says. `notes` are sentences about what in it could not be used, for the operator."""

    entries: tuple[Entry, ...]
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What we remember of the calls at a source, so that the next one is polite and in time.

    `location` is what the validators and the fingerprint belong to. `succeeded` is the last time it answered with
    something we could use. `failures` counts the failed calls in a row, and `problem` says what the last one was.
    """

    location: str = ""
    due: datetime = LONG_AGO
    visited: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()
    validators: Validators = field(default_factory=Validators)
    fingerprint: str = ""

    def at(self, location: str) -> "Visit":
        """The visit to continue from when the source now lives at LOCATION: elsewhere, nothing is known yet."""
        if location == self.location:
            return self
        return replace(self, location=location, due=LONG_AGO, validators=Validators(), fingerprint="")

    def after(self, answer: Document | Unchanged, notes: tuple[str, ...], source: Source, now: datetime) -> "Visit":
        """All went well: come back in the source's own rhythm, with the validators of this answer."""
        well = replace(
            self,
            due=now + source.every,
            visited=now,
            succeeded=now,
            failures=0,
            problem="",
            validators=answer.validators,
        )
        return replace(well, notes=notes, fingerprint=answer.fingerprint) if isinstance(answer, Document) else well

    def after_failure(self, error: SourceError, source: Source, now: datetime) -> "Visit":
        """Wait twice as long after each failure in a row, at most a day, or as long as the host asked for.

        The validators stay those of the last answer that could be used.
        """
        failures = self.failures + 1
        pause = min(source.every * 2 ** min(failures, 10), LONGEST_PAUSE)
        told = timedelta(seconds=error.retry_after if isinstance(error, FetchError) else 0)
        return replace(self, due=now + max(pause, told), visited=now, failures=failures, problem=error.reason)
