"""The borders of Sweden's counties and municipalities, drawn for pages: made by `tools/map/build.py` from SCB's."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.places.map import Place


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map: how many units it is wide and high, and the outlines of its places by code, in SVG's path language."""

    width: int
    height: int
    outlines: Mapping[str, str]


@cache
def drawing_of(place: Place) -> Drawing:
    """The municipalities of a county; of the nation, all of them and the counties."""
    size, outlines = _made()[place.code]
    return Drawing(*size, outlines)


@cache
def _made() -> dict[str, tuple[tuple[int, int], dict[str, str]]]:
    made = json.loads(files("aggregator.places").joinpath("borders.json").read_bytes())
    return {code: (tuple(drawn["size"]), drawn["paths"]) for code, drawn in made.items()}
