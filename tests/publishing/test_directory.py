"""Aktörsförteckningen: who is listed in a network, a municipality and a county."""

from datetime import date

from aggregator.model import Actor, Nation, Network
from aggregator.places import named
from aggregator.publishing import actors_of, channels_of

MARIESTAD, LIDKOPING, VASTRA_GOTALAND = named("Mariestad"), named("Lidköping"), named("Västra Götalands län")
BVK = Network("bvk", "BVK", (MARIESTAD,), ((LIDKOPING, ("Örslösa",)),))
ACTORS = [
    Actor("odlarna", "Ödlarna", (MARIESTAD,), homepage="https://o.example/", status="met", since=date(2026, 3, 1)),
    Actor("aterbruk", "Återbruket", (LIDKOPING,), facebook="https://facebook.example/aterbruk", networks=("bvk",)),
    Actor("bio", "Bion", (LIDKOPING,), homepage="https://b.example/"),
    Actor("lanet", "Länets förening", (VASTRA_GOTALAND,), scope="county", homepage="https://l.example/"),
    Actor("riket", "Riksföreningen", scope="national", homepage="https://r.example/"),
    Actor("borta", "Borta", (MARIESTAD,), homepage="https://x.example/", status="left"),
]
CHANNELS = {channel.path: channel for channel in channels_of(Nation(), [], [BVK], [])}


def listed(path: str) -> list[str]:
    return [actor.name for actor in actors_of(CHANNELS[path], ACTORS)]


def test_a_network_lists_those_of_its_municipalities_and_of_parts_those_that_belong_to_it() -> None:
    assert listed("natverk/bvk/") == ["Återbruket", "Ödlarna"]


def test_a_municipality_lists_its_own_and_a_county_all_within_it() -> None:
    assert listed("vastra-gotaland/mariestad/") == ["Ödlarna"]
    assert listed("vastra-gotaland/") == ["Bion", "Länets förening", "Återbruket", "Ödlarna"]
    assert listed("sverige/") == ["Riksföreningen"]
    assert listed("orebro/") == []


def test_each_is_told_with_a_link_its_status_and_since_when_and_who_has_left_is_not() -> None:
    [actor] = actors_of(CHANNELS["vastra-gotaland/mariestad/"], ACTORS)
    assert (actor.address, actor.status, actor.since) == ("https://o.example/", "met", date(2026, 3, 1))
    assert "Borta" not in listed("vastra-gotaland/")
