"""What a source tells: one piece of news, clean, in UTC, and not yet tied to a place."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, get_args

from aggregator.model.zone import SWEDEN

# How a source tells something, and what it is to readers.
Form = Literal["article", "post", "share"]
Kind = Literal["event", "article", "post", "share", "notes", "course"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|br|hr|tr|table|blockquote|pre|dd|dt|dl|figure|figcaption)\b[^<>]*>")


@lru_cache(maxsize=512)
def text_of(sanitised: str) -> str:
    """The words of SANITISED HTML, a line for each block. Not for foreign HTML: that goes through `clean` first.

    Whoever looks at an entry asks for it anew (the checks, the taggers, the dates), so those of a source are remembered.
    """
    words = html.unescape(_TAG.sub("", _BLOCK.sub("\n", sanitised)))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(filter(None, lines))


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that goes with an entry, at its publisher's address; sizes are in pixels and bytes, 0 if not told."""

    url: str
    type: str = ""
    alt: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    length: int = 0


def moment_of(when: datetime | date) -> datetime:
    """WHEN as a moment: a day begins with Swedish midnight."""
    return when if isinstance(when, datetime) else datetime.combine(when, time(), SWEDEN).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """When and where something happens: an entry that has one is an event (evenemang), whatever else it says.

    `start` and `end` are moments in UTC, or days when the whole day is meant; `end` is None if it was not told, and
    the last day itself where it is a day. `place` is the house or spot, `address` its street and town if told apart.
    """

    start: datetime | date
    end: datetime | date | None = None
    place: str = ""
    address: str = ""
    organiser: str = ""
    cancelled: bool = False

    @property
    def where(self) -> str:
        """Place and address on one line, each told once."""
        return ", ".join(part for part in (self.place, self.address if self.address not in self.place else "") if part)

    @property
    def begins(self) -> datetime:
        """The moment when it starts; a day starts with Swedish midnight."""
        return moment_of(self.start)

    @property
    def is_over_at(self) -> datetime:
        """The moment when it ends; a day ends with Swedish midnight, and what tells no end with its start."""
        last = self.end or self.start
        return moment_of(last if isinstance(last, datetime) else last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news as its source tells it.

    `id` is the name that the source gave it, as it stands there ("" if it gave none). `summary` is plain text, `html`
    is sanitised. `form` is how it was told: as an article of a site, as a post, or as a share of what someone else
    published. `published` and `updated` are None when the source told no moment that can be read; what it did tell
    stands in `published_raw` and `updated_raw`. `places` are the codes of the newsfeeds that its writer named, if it
    was written for us by hand: places, or networks ("natverk/skagernbladet").
    """

    id: str
    url: str
    title: str
    summary: str = ""
    html: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    published: datetime | None = None
    published_raw: str = ""
    updated: datetime | None = None
    updated_raw: str = ""
    image: Image | None = None
    event: Event | None = None
    form: Form = "article"
    places: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """Its whole text without the title, plain: what the place tagger reads."""
        return text_of(self.html) or self.summary
