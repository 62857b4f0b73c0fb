"""The map of Sweden: municipalities and counties by their SCB codes, and every name that a text may use for them."""

from aggregator.places.borders import Drawing, drawing_of
from aggregator.places.gazetteer import (
    Name,
    PostalRun,
    Risk,
    municipalities_called,
    municipality_at,
    names,
    newspapers,
    postal_runs,
)
from aggregator.places.map import (
    NATION,
    Place,
    all_places,
    coded,
    counties,
    folded,
    municipalities,
    municipalities_of,
    name_of,
    named,
)

__all__ = [
    "NATION",
    "Drawing",
    "Name",
    "Place",
    "PostalRun",
    "Risk",
    "all_places",
    "coded",
    "counties",
    "drawing_of",
    "folded",
    "municipalities",
    "municipalities_called",
    "municipalities_of",
    "municipality_at",
    "name_of",
    "named",
    "names",
    "newspapers",
    "postal_runs",
]
