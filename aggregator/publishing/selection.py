"""Which newsfeeds there are, and what each carries (docs/newsfeeds.md).

The nation, every county, every network and every municipality has one, also where nothing happens; their addresses
never change, whatever feeds.toml says of them.
"""

from collections.abc import Iterator, Sequence

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
    within = frozenset(municipality.code for municipality in places.municipalities_of(place)) | {place.code}
    note = ""
    match county.carries:
        case "events":
            selection, note = Selection(events=within), EVENTS_ONLY
        case "own":
            together = (municipality.code for network in networks for municipality in network.municipalities)
            selection = Selection(everything=frozenset(together) & within | {place.code})
            note = "Det här nyhetsflödet visar det som rör hela länet och länets nätverk."
        case _:
            selection = Selection(everything=within)
    return Channel("county", place.path, place.name, selection, (place,), note, county.official)


def _network(network: Network) -> Channel:
    codes = frozenset(place.code for place in network.municipalities)
    return Channel(
        "network", f"natverk/{network.id}/", network.title, Selection(everything=codes), network.municipalities
    )


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


def channels_around(channel: Channel, channels: Sequence[Channel]) -> Iterator[Channel]:
    """The newsfeeds whose places overlap with CHANNEL's, widest first: where to look further."""
    order = ("nation", "county", "network", "municipality")
    around = (other for other in channels if other != channel and (other.level == "nation" or _overlap(channel, other)))
    yield from sorted(around, key=lambda other: (order.index(other.level), swedish.sort_key(other.name)))


def _overlap(channel: Channel, other: Channel) -> bool:
    counties = {place.county for place in channel.places if place != NATION}
    return any(place in channel.places or (place.is_county and place in counties) for place in other.places)
