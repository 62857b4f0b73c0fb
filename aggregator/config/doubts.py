"""What feeds.toml may say, but may not have been meant so: warnings of `check`."""

from collections import Counter
from collections.abc import Iterable, Iterator

from aggregator.config.newsfeeds import code_of_network, county_slugs
from aggregator.config.rules import networks_in
from aggregator.config.tables import File
from aggregator.model import Person
from aggregator.places import Place
from aggregator.sources import lacking_for_full_text

GOTLAND = "gotland"
# Who can answer for a newsfeed, and how many there should be: one may fall ill.
EDITING_ROLES = ("editor", "administrator")
EDITORS_WANTED = 2


def doubts(file: File, people: Iterable[Person]) -> Iterator[str]:
    yield from _of_undeclared_areas(file)
    yield from _of_pictures(file)
    yield from _of_full_texts(file)
    yield from _of_gotland(file)
    yield from _of_few_editors(file, people)


def _of_undeclared_areas(file: File) -> Iterator[str]:
    declared = {area.municipality for area in file.area.values() if not area.interim}
    for id, actor in file.actor.items():
        for place in actor.area:
            if place.is_municipality and place not in declared and actor.scope in (None, "local"):
                yield (
                    f"actor.{id}: {place.name} is no declared area, so its newsfeed carries events only; other news "
                    f"from {actor.name} is in the county's newsfeed (declare [area.{place.slug}] to change that)"
                )


def _of_pictures(file: File) -> Iterator[str]:
    for id, actor in file.actor.items():
        for name, source in actor.sources.items():
            if source.pictures == "publish" and not source.cleared_by:
                yield (
                    f"actor.{id}.source.{name}: publishes pictures, but nobody is named who answers for the rights in "
                    'them (cleared_by = "…", which is not published)'
                )


def _of_full_texts(file: File) -> Iterator[str]:
    if lacking := lacking_for_full_text():
        for id, actor in file.actor.items():
            for name, source in actor.sources.items():
                if source.wants_full_text and actor.status != "left":
                    yield f"actor.{id}.source.{name}: {lacking}"


def _of_gotland(file: File) -> Iterator[str]:
    """KoSO is for 20 of the 21 counties; Gotland may be used all the same."""
    used = [
        *(f"county.{slug}" for slug in file.county if slug == GOTLAND),
        *(
            f"network.{id}"
            for id, network in zip(file.network, networks_in(file), strict=True)
            if _are_there(network.all_municipalities)
        ),
        *(f"area.{id}" for id, area in file.area.items() if _are_there([area.municipality])),
        *(f"actor.{id}" for id, actor in file.actor.items() if _are_there(actor.area)),
    ]
    if used:
        yield (
            f"{', '.join(used)}: Gotland is one municipality and one county, so that both newsfeeds carry the same; "
            "the concept is made for the other 20 counties"
        )


def _are_there(areas: Iterable[Place]) -> bool:
    return any(place.county.slug == GOTLAND for place in areas)


def _of_few_editors(file: File, people: Iterable[Person]) -> Iterator[str]:
    """The declared newsfeeds for which fewer than two can answer, in one sentence."""
    editing = Counter(person.of for person in people if person.role in EDITING_ROLES)
    declared = {
        **{f"county.{slug}": county_slugs()[slug].code for slug in file.county},
        **{f"network.{id}": code_of_network(file, id) for id in file.network},
        **{f"area.{id}": area.municipality.code for id, area in file.area.items() if not area.interim},
    }
    if few := [name for name, code in declared.items() if editing[code] < EDITORS_WANTED]:
        yield f"fewer than two editors or administrators: {', '.join(few)} ([[person]] says who they are)"
