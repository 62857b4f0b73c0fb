"""The newsfeeds that we publish: where each lives, and what it carries."""

from dataclasses import dataclass
from typing import Literal

from aggregator.model.story import Selection
from aggregator.places import Place

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
