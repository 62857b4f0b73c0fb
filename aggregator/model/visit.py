"""What we remember of the calls at a source, so that the next one is polite and in time."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from aggregator.model.rhythm import Rhythm
from aggregator.model.source import FINGERPRINT_BYTES, Sign, Validators
from aggregator.model.zone import LONG_AGO

# A source that says three times in a row, over two days, that it is gone for good (410), is believed.
GONE_TIMES = 3
GONE_FOR = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect (301, 308) that is on trial: where it leads, and since when it has led there each time."""

    target: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """How often in a row, and since when, a source has said that it is gone for good (410)."""

    times: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Traffic:
    """What all calls at a source have cost: requests, bytes of bodies on the wire, and how many ended in a 304."""

    requests: int = 0
    received: int = 0
    unchanged: int = 0

    def __add__(self, more: "Traffic") -> "Traffic":
        return Traffic(self.requests + more.requests, self.received + more.received, self.unchanged + more.unchanged)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a source was like when we last knew it to be itself: language, form of ids, length of texts, entries.

    `dated` is how many of its entries tell when they were published.
    """

    language: str = ""
    ids: str = ""
    length: int = 0
    entries: int = 0
    dated: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What we remember of the calls at a source.

    `location` is what feeds.toml says, and what all of this belongs to; `moved` is where a redirect that has proved
    lasting leads, and is used in its stead; `move` is one on trial. `answered` is where the validators came from, and
    the only place they are shown to. `succeeded` is the last time the source answered with something we could use.
    `failures` counts the failed calls in a row, and `problem` says what the last one was. `pause` is how long the
    source itself asked to be left alone. `trusted` is what `identity = "auto"` knows its entries by, in the first
    place: once their ids were wanting, it is never the ids again. `seen` are the fingerprints of the entries that it
    had last, one after the other.
    """

    location: str = ""
    due: datetime = LONG_AGO
    since: datetime | None = None
    visited: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()
    validators: Validators = field(default_factory=Validators)
    answered: str = ""
    fingerprint: str = ""
    pause: timedelta = timedelta()
    moved: str = ""
    move: Move | None = None
    gone: Gone = Gone()
    traffic: Traffic = Traffic()
    rhythm: Rhythm = field(default_factory=Rhythm)
    portrait: Portrait = Portrait()
    trusted: Sign = "guid"
    seen: bytes = b""

    @property
    def entries_seen(self) -> frozenset[bytes]:
        """The fingerprints of entries that need no reading again."""
        starts = range(0, len(self.seen), FINGERPRINT_BYTES)
        return frozenset(self.seen[start : start + FINGERPRINT_BYTES] for start in starts)

    @property
    def address(self) -> str:
        """Where to call."""
        return self.moved or self.location

    @property
    def paused(self) -> bool:
        """The source is gone, and is asked again only when feeds.toml names another address, or by hand."""
        told = self.gone.since is not None and self.visited is not None and self.visited - self.gone.since
        return self.gone.times >= GONE_TIMES and bool(told and told >= GONE_FOR)

    def at(self, location: str) -> "Visit":
        """The visit to continue from when the source now lives at LOCATION: elsewhere, nothing is known yet."""
        if location == self.location:
            return self
        return replace(
            Visit(location), since=self.since, traffic=self.traffic, rhythm=self.rhythm, trusted=self.trusted
        )
