"""Which newsfeeds there are, and what each carries (docs/newsfeeds.md).

The nation, every county, every network and every municipality has one, also where nothing happens; their addresses
never change, whatever feeds.toml says of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aggregator import places
from aggregator.model import Area, Channel, County, Nation, Network, Selection
from aggregator.places import NATION, Place
from aggregator.publishing import swedish

EVENTS_ONLY = "Det här nyhetsflödet visar bara evenemang."


def channels_of(
    nation: Nation, counties: Sequence[County], networks: Sequence[Network], areas: Sequence[Area]
) -> tuple[Channel, ...]:
    """Every newsfeed, the nation's first."""
    narrowed = {county.place: county for county in counties}
    declared = {area.municipality: area for area in areas}
    below = [
        *(_county(place, narrowed.get(place, County(place)), networks) for place in places.counties()),
        *map(_network, networks),
        *(_municipality(place, declared.get(place)) for place in places.municipalities()),
    ]
    return (_nation(nation, below), *below)


def _nation(nation: Nation, below: Sequence[Channel]) -> Channel:
    """Own: what is of national scope, and what no other newsfeed carries, so that nothing is in none."""
    elsewhere = Selection(
        everything=frozenset[str]().union(*(channel.selection.everything for channel in below)),
        events=frozenset[str]().union(*(channel.selection.events for channel in below)),
    )
    events = frozenset(place.code for place in places.all_places())
    own = frozenset({NATION.code})
    match nation.carries:
        case "all":
            selection = Selection(beside=Selection())
        case "events":
            selection = Selection(everything=own, events=events, beside=elsewhere)
        case _:
            selection = Selection(everything=own, beside=elsewhere)
    note = "Här finns nyheter för hela landet, och sådana som inte hör till något annat nyhetsflöde."
    return Channel("nation", NATION.path, NATION.name, selection, (NATION,), note if nation.carries != "all" else "")


def _county(place: Place, county: County, networks: Sequence[Network]) -> Channel:
    """All that is from within it, and what is for the networks that reach into it."""
    around = frozenset(code_of(network) for network in networks if place in {m.county for m in network.municipalities})
    within = frozenset(municipality.code for municipality in places.municipalities_of(place)) | {place.code}
    note = ""
    match county.carries:
        case "events":
            selection, note = Selection(events=within | around), EVENTS_ONLY
        case "own":
            together = (municipality.code for network in networks for municipality in network.municipalities)
            selection = Selection(everything=frozenset(together) & within | {place.code} | around)
            note = "Det här nyhetsflödet visar det som rör hela länet och länets nätverk."
        case _:
            selection = Selection(everything=within | around)
    return Channel("county", place.path, place.name, selection, (place,), note, county.official, county.contact)


def code_of(network: Network) -> str:
    """By which code an item is for the network as a whole, and not for any one of its municipalities."""
    return f"natverk/{network.id}"


def _network(network: Network) -> Channel:
    code = code_of(network)
    codes = frozenset(place.code for place in network.municipalities) | {code}
    return Channel("network", f"{code}/", network.title, Selection(everything=codes), network.municipalities)


def _municipality(place: Place, area: Area | None) -> Channel:
    """A declared area carries what it says; any other is in the interim solution, and carries events only."""
    codes = frozenset({place.code})
    if area is not None and area.content == "extended":
        selection, note = Selection(everything=codes), ""
    else:
        selection, note = Selection(events=codes), EVENTS_ONLY if area else _interim_note(place)
    return Channel("municipality", place.path, place.name, selection, (place.county, place), note)


def _interim_note(place: Place) -> str:
    return (
        f"Kommunområdet {place.name} har inget eget nyhetsflöde än. Här visas bara evenemang; "
        "andra nyheter härifrån finns så länge i länets nyhetsflöde, eller i det nationella."
    )


def neighbourhood(channels: Sequence[Channel]) -> Mapping[str, tuple[Channel, ...]]:
    """For each newsfeed, by its path, where its readers may look further: wider ones first, each sort by name.

    A county has its municipalities and the networks that reach into it around it; a municipality and a network have
    their counties and each other; and all have the nation.
    """
    nation, counties = channels[0], [channel for channel in channels if channel.level == "county"]
    touching: defaultdict[Place, list[Channel]] = defaultdict(list)
    for channel in channels[1:]:
        for county in {place.county for place in channel.places}:
            touching[county].append(channel)

    def around(channel: Channel) -> Iterator[Channel]:
        for county in {place.county for place in channel.places}:
            for other in touching[county]:
                if other != channel and (channel.level == "county" or _meet(channel, other)):
                    yield other

    below = {
        channel.path: (nation, *_in_order(dict.fromkeys(around(channel)))) for channel in channels if channel != nation
    }
    return {nation.path: tuple(_in_order(counties)), **below}


def _meet(channel: Channel, other: Channel) -> bool:
    return other.level == "county" or any(place in channel.places for place in other.places if place.is_municipality)


def _in_order(channels: Iterable[Channel]) -> list[Channel]:
    levels = ("county", "network", "municipality")
    return sorted(channels, key=lambda channel: (levels.index(channel.level), swedish.sort_key(channel.name)))
