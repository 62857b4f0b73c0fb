"""What each thing was last made from, kept beside what was made, so that only what changed is made again.

It is kept in parts, one for each group of newsfeeds, so that several can publish at the same time, each its own group,
and so that nothing is written anew of those where nothing happened.
"""

import json
from collections.abc import Iterator
from typing import Protocol

FILE = ".manifest.json"
PARTS = ".manifest"


class Place(Protocol):
    """Where files are published."""

    def has(self, path: str) -> bool: ...
    def read(self, path: str) -> bytes | None: ...
    def stands(self, path: str, content: bytes) -> bool: ...
    def put(self, path: str, content: bytes) -> None: ...
    def remove(self, path: str) -> None: ...
    def under(self, path: str) -> Iterator[str]: ...
    def tidy(self) -> None: ...


def part_of(name: str) -> str:
    """The part in which NAME stands: the group of newsfeeds it belongs to, or "" for what is of no group.

    Names are paths ("orebro/laxa/", "orebro/#2026-11"), paths with a kind before ("hub:orebro/rss.xml"), kinds of pages
    with an actor ("nyhet:cykel"), marks of groups ("@orebro"), or plain words.
    """
    kind, colon, rest = name.partition(":")
    path = rest if colon else name
    if "/" in path:
        return path.partition("/")[0]
    if colon:
        return kind
    return name if name.startswith("@") else ""


class Manifest:
    """The notes at PLACE, of which each part is read when it is first asked about.

    ALONE tells that nobody else writes there now.
    """

    def __init__(self, place: Place, alone: bool) -> None:
        self._place = place
        self._alone = alone
        self._read: dict[str, dict[str, str]] = {}
        self._made: dict[str, dict[str, str]] = {}

    def origin(self, name: str) -> str:
        """What NAME was made from when we began, or empty."""
        self._open(part_of(name))
        return self._read[part_of(name)].get(name, "")

    def note(self, name: str, origin: str) -> None:
        self._open(part_of(name))[name] = origin

    def forget(self, name: str) -> None:
        self._open(part_of(name)).pop(name, None)

    def names(self, part: str | None = None) -> frozenset[str]:
        """Everything that is noted, or what is in PART."""
        if part is not None:
            return frozenset(self._open(part))
        self._open("")
        for file in self._place.under(PARTS):
            self._open(file.removeprefix(f"{PARTS}/").removesuffix(".json"))
        return frozenset(name for made in self._made.values() for name in made)

    def finish(self) -> None:
        """Write the parts that are other than they were: marks of groups after what they say was made."""
        for part, made in sorted(self._made.items(), key=lambda each: (not each[0], each[0].startswith("@"), each[0])):
            if made != self._read[part]:
                self._place.put(_file_of(part), json.dumps(made, indent=0, sort_keys=True).encode())
                self._read[part] = dict(made)

    def _open(self, part: str) -> dict[str, str]:
        if part not in self._made:
            if part and self._alone:
                self._open("")
            self._read[part] = self._noted(part)
            self._made[part] = dict(self._read[part])
            if not part:
                self._sort()
        return self._made[part]

    def _sort(self) -> None:
        """Once there was one file for all: what it holds of groups goes to their parts, if they have none yet."""
        astray = {name: self._made[""].pop(name) for name in self._read[""] if part_of(name)}
        if self._alone:
            for name, origin in astray.items():
                self._open(part_of(name)).setdefault(name, origin)

    def _noted(self, part: str) -> dict[str, str]:
        try:
            read = json.loads(self._place.read(_file_of(part)) or b"{}")
        except ValueError:
            return {}
        return dict(read) if isinstance(read, dict) else {}


def _file_of(part: str) -> str:
    return f"{PARTS}/{part}.json" if part else FILE
