"""The map of Sweden: municipalities and counties, each known by the code that SCB (Statistics Sweden) gives it.

A county's code is two digits, and its municipalities' codes are four that begin with them; so a place says by itself
what contains it. What a newsfeed carries is a set of such codes.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

_FOLDED = str.maketrans("åäöéü ", "aaoeu-")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A municipality (code of four digits), a county (two), or the nation ("SE")."""

    code: str
    name: str

    @property
    def is_municipality(self) -> bool:
        return len(self.code) == 4

    @property
    def is_county(self) -> bool:
        return len(self.code) == 2 and self.code != NATION_CODE

    @property
    def county(self) -> "Place":
        """The county that the place lies in; a county lies in itself."""
        return coded(self.code[:2])

    @property
    def short_name(self) -> str:
        """A county without its title, as people say it: 'Västra Götaland', 'Kalmar', 'Dalarna'."""
        return self.name.removesuffix(" län").removesuffix("s") if self.is_county else self.name

    @property
    def slug(self) -> str:
        return folded(self.short_name)

    @property
    def path(self) -> str:
        """Its address in what we publish, which never changes: 'uppsala/habo/', as Håbo and Habo share a slug."""
        return f"{self.county.slug}/{self.slug}/" if self.is_municipality else f"{self.slug}/"


NATION_CODE = "SE"
NATION = Place(NATION_CODE, "Sverige")


def folded(name: str) -> str:
    """NAME as a part of an address: 'Västra Götaland' becomes 'vastra-gotaland'."""
    return name.lower().translate(_FOLDED)


@cache
def all_places() -> tuple[Place, ...]:
    """The nation, 21 counties and 290 municipalities, in the order of their codes."""
    return (NATION, *(Place(**row) for row in rows("places.csv")))


@cache
def counties() -> tuple[Place, ...]:
    return tuple(place for place in all_places() if place.is_county)


@cache
def municipalities() -> tuple[Place, ...]:
    return tuple(place for place in all_places() if place.is_municipality)


@cache
def municipalities_of(county: Place) -> tuple[Place, ...]:
    return tuple(place for place in municipalities() if place.county == county)


@cache
def _by_code() -> dict[str, Place]:
    return {place.code: place for place in all_places()}


@cache
def _by_name() -> dict[str, Place]:
    """Names to places; 'Gotland' is the municipality, 'Gotlands län' the county."""
    shorter = {place.short_name: place for place in counties()}
    return shorter | {place.name: place for place in all_places()}


def coded(code: str) -> Place:
    """The place with this SCB code; KeyError if there is none."""
    return _by_code()[code]


def name_of(code: str) -> str:
    """What people call the place with CODE; a network's newsfeed ("natverk/skagernbladet") goes by its code."""
    return _by_code()[code].name if code in _by_code() else code


def named(name: str) -> Place:
    """The place called NAME, by name or by SCB code; a ValueError that says which was probably meant if there is none.

    A town that shares its county's short name is the town: 'Uppsala' is the municipality, 'Uppsala län' the county.
    """
    if place := _by_name().get(name) or _by_code().get(name):
        return place
    if not name.strip():
        raise ValueError('names no place; write a municipality or a county, as "Mariestad" or "Skåne län"')
    if "," in name:
        listed = ", ".join(f'"{part.strip()}"' for part in name.split(","))
        raise ValueError(f'no municipality or county is called "{name}"; several are a list: [{listed}]')
    near = get_close_matches(name, [known for known in _by_name() if known != NATION.name], n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    raise ValueError(f'no municipality or county is called "{name}"{hint}')


def rows(file: str) -> Iterator[dict[str, str]]:
    """The lines of one of the package's tables."""
    with files("aggregator.places").joinpath(file).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
