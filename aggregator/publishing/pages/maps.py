"""Maps in SVG whose places are links. A list beside them says the same, for everybody who does not see or point."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aggregator.places import NATION, Drawing, Place, coded, drawing_of
from aggregator.publishing import swedish

# From so many on, the next colour begins.
SHADES = (1, 3, 8, 20)
LEGEND = ("inget", "1–2", "3–7", "8–19", "20 eller fler")


@dataclass(frozen=True, slots=True)
class Shape:
    """A place on a map: its outline, how dark it is (0 to 4), whether the map is about it, and what it says."""

    place: Place
    outline: str
    shade: int
    here: bool
    words: str


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    shapes: tuple[Shape, ...]
    counties: tuple[Shape, ...]


def map_of(place: Place, counts: Mapping[str, int], here: Iterable[Place] = ()) -> Map:
    """The municipalities of PLACE, coloured by COUNTS; those that are HERE are marked."""
    drawing, marked = drawing_of(place), frozenset(here)
    shapes = list(_shapes(drawing, counts, marked))
    return Map(
        drawing.width,
        drawing.height,
        tuple(shape for shape in shapes if shape.place.is_municipality),
        tuple(shape for shape in shapes if shape.place.is_county) if place == NATION else (),
    )


def _shapes(drawing: Drawing, counts: Mapping[str, int], marked: frozenset[Place]) -> Iterator[Shape]:
    for code, outline in drawing.outlines.items():
        place, count = coded(code), counts.get(code, 0)
        told = swedish.counted(count, "nyhet", "nyheter") if count else "inget nytt"
        yield Shape(place, outline, shade_of(count), place in marked, f"{place.name}: {told}")


def shade_of(count: int) -> int:
    return sum(count >= limit for limit in SHADES)
