"""Which newsfeeds there are, and what each carries (docs/newsfeeds.md).

The nation, every county, every network and every municipality has one, also where nothing happens; their addresses
never change, whatever feeds.toml says of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from aggregator import places
from aggregator.model import Area, Channel, Condition, County, Nation, Network, Person, Selection
from aggregator.places import NATION, Place
from aggregator.publishing import swedish

# What anybody sees, wherever it is.
EVERYTHING = Selection(beside=(Selection(),))

# All newsfeeds together, for newsrooms.
WHOLE = Channel("nation", "redaktioner/", "alla nyhetsflöden", EVERYTHING, (NATION,))

EVENTS_ONLY = "Det här nyhetsflödet visar bara evenemang."


def channels_of(
    nation: Nation,
    counties: Sequence[County],
    networks: Sequence[Network],
    areas: Sequence[Area],
    conditions: Sequence[Condition] = (),
    people: Sequence[Person] = (),
) -> tuple[Channel, ...]:
    """Every newsfeed, the nation's first; with the CONDITIONS for taking part, and those of PEOPLE who are public."""
    narrowed = {county.place: county for county in counties}
    declared = {area.municipality: area for area in areas}
    in_counties = {place: _county(place, narrowed.get(place, County(place)), networks) for place in places.counties()}
    below = [
        *in_counties.values(),
        *map(_network, networks),
        *(_municipality(place, declared.get(place), in_counties[place.county]) for place in places.municipalities()),
    ]
    return tuple(_with_order(channel, networks, conditions, people) for channel in (_nation(nation, below), *below))


def _with_order(
    channel: Channel, networks: Sequence[Network], conditions: Sequence[Condition], people: Sequence[Person]
) -> Channel:
    """CHANNEL with who answers for it, and the conditions of it and of all that it lies in."""
    around = {NATION.code, channel.code, *(place.county.code for place in channel.places if channel.level != "nation")}
    if channel.level == "municipality":
        around |= {network.code for network in networks if channel.places[-1] in network.all_municipalities}
    held = [condition for condition in conditions if condition.code in around]
    return replace(
        channel,
        conditions=tuple(sorted(held, key=lambda held: (held.code != NATION.code, held.since, held.code))),
        people=tuple(person for person in people if person.public and person.of == channel.code),
    )


def _nation(nation: Nation, below: Sequence[Channel]) -> Channel:
    """Own: what is of national scope or promoted, and what no other newsfeed carries, so that nothing is in none."""
    elsewhere = _together(channel.selection for channel in below)
    events = frozenset[str]().union(*(other.everything | other.events for other in elsewhere))
    own = frozenset({NATION.code})
    match nation.carries:
        case "all":
            selection = EVERYTHING
        case "events":
            selection = Selection(everything=own, events=events, beside=elsewhere)
        case _:
            selection = Selection(everything=own, beside=elsewhere)
    note = "Här finns nyheter för hela landet, och sådana som inte hör till något annat nyhetsflöde."
    return Channel("nation", NATION.path, NATION.name, selection, (NATION,), note if nation.carries != "all" else "")


def _together(selections: Iterable[Selection]) -> tuple[Selection, ...]:
    """The same as SELECTIONS in few: all that leave nobody out in one."""
    found = list(selections)
    whole = [selection for selection in found if not selection.without]
    return (
        Selection(
            everything=frozenset[str]().union(*(selection.everything for selection in whole)),
            events=frozenset[str]().union(*(selection.events for selection in whole)),
        ),
        *(selection for selection in found if selection.without),
    )


def _county(place: Place, county: County, networks: Sequence[Network]) -> Channel:
    municipalities = places.municipalities_of(place)
    own = frozenset[str]({place.code}).union(*(network.codes_within(municipalities) for network in networks))
    within = own | {municipality.code for municipality in municipalities}
    note = ""
    match county.carries:
        case "events":
            selection, note = Selection(events=within), EVENTS_ONLY
        case "own":
            selection = Selection(everything=own)
            note = "Det här nyhetsflödet visar det som rör hela länet och länets nätverk."
        case _:
            selection = Selection(everything=within)
    return Channel("county", place.path, place.name, selection, (place,), note, county.official, county.contact)


def _network(network: Network) -> Channel:
    municipalities = network.all_municipalities
    left_out = frozenset(id for id, _ in network.without)
    selection = Selection(everything=network.codes_within(municipalities), without=left_out)
    return Channel("network", f"{network.code}/", network.title, selection, municipalities, _left_out_note(network))


def _left_out_note(network: Network) -> str:
    if not network.without:
        return ""
    names = swedish.enumerated([name for _, name in network.without])
    return f"Här finns inte det som bara {names} själv berättar. Det står i kommunernas och länens nyhetsflöden."


def _municipality(place: Place, area: Area | None, county: Channel) -> Channel:
    """A declared area carries what it says; any other is in the interim solution, and carries events only."""
    codes = frozenset({place.code})
    if area is None or area.interim:
        selection, note = Selection(events=codes), _interim_note(place, county)
    elif area.content == "extended":
        selection, note = Selection(everything=codes), ""
    else:
        selection, note = Selection(events=codes), EVENTS_ONLY
    return Channel("municipality", place.path, place.name, selection, (place.county, place), note)


def _interim_note(place: Place, county: Channel) -> str:
    is_in_county = place.code in county.selection.everything
    elsewhere = "länets nyhetsflöde" if is_in_county else "det nationella nyhetsflödet"
    return (
        f"Kommunområdet {place.name} har inget eget nyhetsflöde än. Här visas bara evenemang; "
        f"andra nyheter härifrån finns så länge i {elsewhere}."
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
