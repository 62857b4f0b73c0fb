"""Aktörsförteckningen: whose news a newsfeed carries."""

from collections.abc import Iterable

from aggregator.model import Actor, Channel
from aggregator.publishing import swedish


def actors_of(channel: Channel, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those of ACTORS that are at home where CHANNEL is about, by name; those of the nation have no area."""
    about = set(channel.places)

    def is_at_home(actor: Actor) -> bool:
        if channel.level == "nation":
            return actor.scope == "national" or not actor.areas
        return any(place in about or (channel.level == "county" and place.county in about) for place in actor.areas)

    at_home = (actor for actor in actors if actor.status != "left" and is_at_home(actor))
    return tuple(sorted(at_home, key=lambda actor: (swedish.sort_key(actor.name), actor.id)))
