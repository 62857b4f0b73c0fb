"""The names that people use for places, with what else each may mean; postal codes and phone area codes.

The tables are built by `tools/places/build.py` and read when they are first asked for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Literal, cast

from aggregator.places.map import Place, coded, rows

# A municipality; a form of its name; a town or village; a quarter or island; a county; a region as an authority; a
# landskap or nickname of counties; how it begins in compounds; its adjective; its inhabitants.
Kind = Literal[
    "municipality", "form", "locality", "quarter", "county", "region", "district", "stem", "adjective", "inhabitant"
]
# What else a name may be: an everyday word, a first name, a surname, a place abroad.
Risk = Literal["word", "person", "surname", "abroad"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a text may use for a place: a town, a county without its title, 'Mariestads kommun'."""

    text: str
    kind: Kind
    place: Place
    population: int = 0
    risks: frozenset[Risk] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class PostalRun:
    """Postal codes of five digits, from `first` to `last`, that all belong to one municipality."""

    first: str
    last: str
    place: Place


@cache
def names() -> tuple[Name, ...]:
    """Every name of every place; one name may belong to several."""
    no_risk: frozenset[Risk] = frozenset()
    return tuple(
        Name(
            row["name"],
            cast(Kind, row["kind"]),
            coded(row["code"]),
            int(row["population"]),
            frozenset(cast(list[Risk], row["risks"].split())) or no_risk,
        )
        for row in rows("gazetteer.csv")
        if row["code"]
    )


@cache
def newspapers() -> tuple[str, ...]:
    """Newspapers whose names hold the name of a place."""
    return tuple(row["name"] for row in rows("gazetteer.csv") if row["kind"] == "paper")


def municipality_at(postal_code: str) -> Place | None:
    """Where mail with this code of five digits goes."""
    runs = postal_runs()
    at = bisect_right(runs, postal_code, key=attrgetter("first")) - 1
    return runs[at].place if at >= 0 and postal_code <= runs[at].last else None


def municipalities_called(area_code: str) -> tuple[Place, ...]:
    """The municipalities whose phone numbers begin with this area code ('0370')."""
    return _phone_areas().get(area_code, ())


@cache
def postal_runs() -> tuple[PostalRun, ...]:
    """All postal codes in use, in order."""
    return tuple(sorted(PostalRun(row["first"], row["last"], coded(row["code"])) for row in rows("postal.csv")))


@cache
def _phone_areas() -> dict[str, tuple[Place, ...]]:
    return {row["area"]: tuple(coded(code) for code in row["codes"].split()) for row in rows("phone.csv")}
