"""News that people have labelled by hand, and how well the tagger agrees with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aggregator.model import Actor, Entry
from aggregator.places import NATION, named
from aggregator.tagging import findings_of, themes_of

SETS = Path(__file__).parent.parent / "tests"


@dataclass(frozen=True)
class Labelled:
    """One piece of news, its actor, what kind of difficulty it is, and the places that it is about."""

    kind: str
    entry: Entry
    actor: Actor
    municipalities: frozenset[str]
    counties: frozenset[str]


@dataclass
class Score:
    """Right, too many and too few; and of how many items all was right."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    exact: int = 0
    items: int = 0

    def count(self, found: frozenset[str], wanted: frozenset[str]) -> None:
        self.right += len(found & wanted)
        self.extra += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


def labelled(name: str) -> Iterator[Labelled]:
    """The news of `tests/places/NAME.txt`: kind|actor; scope|title|body|places, each by its name."""
    for line in (SETS / "places" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, who, title, body, where = line.split("|")
        places = [named(place) for place in where.split("; ") if place and place != NATION.name]
        yield Labelled(
            kind,
            Entry("", "", title, body),
            _actor(who),
            frozenset(place.code for place in places if place.is_municipality),
            frozenset(place.code[:2] for place in places),
        )


def _actor(who: str) -> Actor:
    area, _, scope = who.partition("; ")
    return Actor("actor", "Aktör", (named(area),) if area else (), "national" if scope else None)


def scored(items: Iterable[Labelled]) -> tuple[Score, Score, dict[str, Score]]:
    """How well municipalities are found, how well counties, and exactness by kind."""
    municipal, county = Score(), Score()
    kinds: dict[str, Score] = defaultdict(Score)
    for item in items:
        found = {finding.code for finding in findings_of(item.entry, item.actor) if not finding.rejected}
        found.discard(NATION.code)
        municipalities = frozenset(code for code in found if len(code) == 4)
        counties = frozenset(code[:2] for code in found)
        municipal.count(municipalities, item.municipalities)
        county.count(counties, item.counties)
        exact = (municipalities, counties) == (item.municipalities, item.counties)
        for score in (municipal, county, kinds[item.kind]):
            score.items += 1
            score.exact += exact
    return municipal, county, kinds


def themes_scored(name: str) -> tuple[Score, Score]:
    """Whether news of `tests/tagging/NAME.txt` is relevant at all, and whether its theme is among those found."""
    relevant, theme = Score(), Score()
    for line in (SETS / "tagging" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        wanted, title, body = line.split("|")
        found = themes_of(Entry("", "", title, body), Actor("actor", "Aktör"))
        relevant.count(frozenset({"x"} if found else ()), frozenset({"x"} if wanted != "-" else ()))
        theme.items += wanted != "-"
        theme.exact += wanted in found
        relevant.items += 1
    return relevant, theme
