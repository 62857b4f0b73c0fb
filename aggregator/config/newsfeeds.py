"""How feeds.toml names newsfeeds: "sverige", counties by address or name, networks, areas and actors by their ids."""

from collections.abc import Iterator
from functools import cache

from aggregator import places
from aggregator.config.problems import did_you_mean
from aggregator.config.tables import File
from aggregator.places import NATION, Place

NATION_NAMES = ("sverige", "nation")


@cache
def county_slugs() -> dict[str, Place]:
    return {place.slug: place for place in places.counties()}


def county_called(name: str) -> Place | None:
    """The county with this address ("orebro"), or this name ("Örebro län"); not its namesake the municipality."""
    by_name = {place.name: place for place in places.counties()}
    return county_slugs().get(name) or by_name.get(name)


def first_id(file: File, network: str) -> str:
    """The id that is in the address of NETWORK for good: the first it ever had."""
    return (*file.network[network].was, network)[0]


def code_of_network(file: File, network: str) -> str:
    return f"natverk/{first_id(file, network)}"


def code_of_newsfeed(file: File, name: str) -> str:
    """The code of the nation's, a county's or a network's newsfeed; a ValueError that suggests if none is called so."""
    if name in NATION_NAMES:
        return NATION.code
    if county := county_called(name):
        return county.code
    if name in file.network:
        return code_of_network(file, name)
    known = (*NATION_NAMES, *county_slugs(), *file.network)
    hint = did_you_mean(name, known)
    raise ValueError(f'no county and no network has a newsfeed called "{name}"' + (f"; {hint}" if hint else ""))


def code_of_owner(file: File, name: str) -> str:
    """What a person may answer for: a newsfeed's code, or "actor/ID"; a ValueError if NAME means none or several."""
    meant = dict(_owners(file, name))
    if len(meant) == 1:
        return next(iter(meant.values()))
    if meant:
        raise ValueError(f'"{name}" may mean {" or ".join(meant)}; write one of them')
    known = (*NATION_NAMES, *county_slugs(), *file.network, *file.area, *file.actor)
    hint = did_you_mean(name, known)
    raise ValueError(f'there is no newsfeed, area or actor "{name}"' + (f"; {hint}" if hint else ""))


def _owners(file: File, name: str) -> Iterator[tuple[str, str]]:
    """The unmistakable names, each with its code, of all that NAME may mean."""
    if name in NATION_NAMES:
        yield "nation", NATION.code
    kind, _, id = name.partition(".")
    kinds, id = ((kind,), id) if id else (("county", "network", "area", "actor"), name)
    for kind in kinds:
        if kind == "county" and (county := county_called(id)):
            yield f"county.{county.slug}", county.code
        elif kind == "network" and id in file.network:
            yield f"network.{id}", code_of_network(file, id)
        elif kind == "area" and id in file.area:
            yield f"area.{id}", file.area[id].municipality.code
        elif kind == "actor" and id in file.actor:
            yield f"actor.{id}", f"actor/{id}"
