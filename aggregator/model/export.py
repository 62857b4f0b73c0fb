"""What people hand in by hand: exports, which are trees of files too large and too private to be read as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from aggregator.model.entry import Entry

# A name that a post goes by in exports: what kind of name it is, and its parts.
Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A named stream. `part` is the file or folder that was handed in and holds it; `name` is its path in there.

    `open` gives the stream under the limits of its maker, and is called for what is to be read and for nothing else.
    """

    part: str
    name: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A tree of named streams, read in part and never as a whole: one export, however many files it came in."""

    members: tuple[Member, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(member.part for member in self.members))

    def of_part(self, part: str) -> "Bundle":
        return Bundle(tuple(member for member in self.members if member.part == part))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file in an export, and what is said of it."""

    file: Member
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """An entry of an export, with the names that it goes by there, the one that counts most first.

    `partial` tells that the export knows less of it than others do, so that nothing else is overwritten. `picture`
    is its first picture, if the export holds the file.
    """

    entry: Entry
    marks: tuple[Mark, ...]
    partial: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What was met in an export, in numbers: for the report, and so that nothing is passed over in silence.

    `records` is what stood in the files of posts. `merged` of them were twins of others, `shells` held nothing,
    `left_out` were no news (new profile pictures), `undated` had an impossible date. `unknown` are keys that we do
    not know, with how often they came; `missing` is how many pictures and films were named, but not handed in.
    """

    pages: tuple[str, ...] = ()
    records: int = 0
    merged: int = 0
    shells: int = 0
    left_out: int = 0
    undated: int = 0
    events: int = 0
    rows: int = 0
    unknown: tuple[tuple[str, int], ...] = ()
    missing: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What an export says. `since` and `until` are the moments of its first and its last post, None without posts."""

    entries: tuple[Exported, ...]
    tally: Tally = Tally()
    since: datetime | None = None
    until: datetime | None = None
