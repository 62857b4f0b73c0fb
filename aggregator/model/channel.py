"""The newsfeeds that we publish: where each lives, and what it carries."""

from dataclasses import dataclass
from typing import Literal

from aggregator.model.actors import Condition, Person
from aggregator.model.story import Selection
from aggregator.places import Place

Level = Literal["nation", "county", "network", "municipality"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A newsfeed: where it lives (`path`, ends with a slash, never changes), what it is called, what it carries.

    `places` are the places it is about, widest first; `note` is what its readers should know about it, in Swedish.
    `official` is where a county lives that has its site elsewhere. `conditions` are those that hold or held for the
    actors in it, the nation's first and then by date; `people` are its contact persons, editors and administrators,
    those only who are public. Pages show `title`, which says that the place speaks and not its municipality.
    """

    level: Level
    path: str
    name: str
    selection: Selection
    places: tuple[Place, ...] = ()
    note: str = ""
    official: str = ""
    contact: str = ""
    conditions: tuple[Condition, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def code(self) -> str:
        """The code by which findings, conditions and persons name it."""
        return self.path.rstrip("/") if self.level == "network" else self.places[-1].code

    @property
    def title(self) -> str:
        """What it is called where its name alone might be taken for the municipality (kommun) or a town."""
        return f"Kommunområdet {self.name}" if self.level == "municipality" else self.name


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an article is: the newsfeeds that carry it, and those that leave it out since they do without its actor."""

    carried_by: tuple[Channel, ...] = ()
    left_out_of: tuple[Channel, ...] = ()
