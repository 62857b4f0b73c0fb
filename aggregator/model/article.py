"""A story as readers get it."""

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Event, Image, Kind
from aggregator.model.item import Correction, Finding
from aggregator.model.source import Via
from aggregator.places import Place


@dataclass(frozen=True, slots=True)
class Credit:
    """Another actor that told the same story, where, and through what it was seen."""

    actor: str
    actor_url: str
    url: str
    via: Via = "site"


@dataclass(frozen=True, slots=True)
class Article:
    """A story as readers get it: credited to its actor, and only as much of it as its source's terms allow.

    `updated` is the later of what the source says and when it came into our newsfeeds or was corrected there: a
    newsroom's system that skips what is older than the newest it has seen (Superdesk does) then misses nothing.
    `entered` is when it came in, and `corrected` when what readers see last changed after that; `corrections` say what,
    the latest last. `path` is where its page lives with us; it ends with a slash and follows from the id alone. `also`
    are the others who told it. `findings` say why it is where it is, those that do not count left out; `places` are
    only those that it is about. `via` is through what it was seen (publishing.swedish.VIA in words), `rights` what
    others may do with it. `themes` are also in `categories`.
    """

    id: str
    path: str
    url: str
    title: str
    summary: str
    html: str
    kind: Kind
    actor: str
    actor_url: str
    source_id: str
    source_url: str
    authors: tuple[str, ...]
    places: tuple[Place, ...]
    categories: tuple[str, ...]
    published: datetime
    dated: bool
    entered: datetime
    updated: datetime
    language: str
    corrected: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    image: Image | None = None
    event: Event | None = None
    also: tuple[Credit, ...] = ()
    findings: tuple[Finding, ...] = ()
    via: Via = "site"
    rights: str = ""
    themes: tuple[str, ...] = ()
