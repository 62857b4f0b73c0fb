"""Aktörsförteckningen: whose news a newsfeed carries."""

from collections.abc import Iterable

from aggregator.model import Actor, Channel
from aggregator.publishing import swedish


def actors_of(channel: Channel, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those of ACTORS that are listed where CHANNEL is about, by name; those of the nation have no area.

    In a network are those of its whole municipalities, and those that say so themselves.
    """
    about = set(channel.places)
    whole = {place for place in about if channel.level != "network" or place.code in channel.selection.everything}

    def is_listed(actor: Actor) -> bool:
        match channel.level:
            case "nation":
                return actor.scope == "national" or not actor.areas
            case "county":
                return any(place.county in about for place in actor.areas)
            case "network":
                return channel.path in {f"natverk/{id}/" for id in actor.networks} or not whole.isdisjoint(actor.areas)
            case _:
                return not about.isdisjoint(place for place in actor.areas if place.is_municipality)

    listed = (actor for actor in actors if actor.status != "left" and is_listed(actor))
    return tuple(sorted(listed, key=lambda actor: (swedish.sort_key(actor.name), actor.id)))
