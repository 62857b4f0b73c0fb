"""Which newsfeeds there are, and what each carries (domain rules: docs/newsfeeds.md)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Literal, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NOON, SITE, an_entry, an_item
from told import judgement

from aggregator.model import (
    Actor,
    Area,
    Channel,
    Condition,
    County,
    Event,
    Finding,
    Item,
    Knowledge,
    Nation,
    Network,
    Part,
    Person,
    Rule,
    Story,
    WhatCounts,
)
from aggregator.places import named
from aggregator.publishing import article_of, channels_of
from aggregator.sources import FeedSource

MARIESTAD, TOREBODA, LAXA = named("Mariestad"), named("Töreboda"), named("Laxå")
VASTRA_GOTALAND = named("Västra Götalands län")
NETWORK = Network("skagern", "Skagernbladets område", (MARIESTAD, LAXA))


def channels(
    nation: Nation | None = None,
    counties: Sequence[County] = (),
    networks: Sequence[Network] = (NETWORK,),
    areas: Sequence[Area] = (),
) -> dict[str, Channel]:
    return {channel.path: channel for channel in channels_of(nation or Nation(), counties, networks, areas)}


def carriers(item: Item, made: dict[str, Channel]) -> set[str]:
    return {path for path, channel in made.items() if channel.selection.carries(Story(item))}


def declared(content: Literal["extended", "events"]) -> list[Area]:
    return [Area("mariestad", MARIESTAD, content)]


def article(*codes: str) -> Item:
    return an_item(1, findings=tuple(Finding(code, "name") for code in codes))


def event(*codes: str) -> Item:
    return an_item(2, findings=tuple(Finding(code, "name") for code in codes), entry=an_entry(event=Event(NOON)))


def test_the_nation_every_county_network_and_municipality_has_a_newsfeed() -> None:
    made = channels()
    assert len(made) == 1 + 21 + 1 + 290
    assert {"sverige/", "vastra-gotaland/", "natverk/skagern/", "vastra-gotaland/mariestad/"} <= set(made)


def test_no_address_changes_when_an_area_is_declared_or_a_county_narrowed() -> None:
    narrowed = channels(Nation("all"), [County(VASTRA_GOTALAND, "own")], areas=declared("extended"))
    assert list(narrowed) == list(channels())


@pytest.mark.parametrize(
    ("content", "item", "carried"),
    [
        ("extended", article("1493"), True),
        ("extended", event("1493"), True),
        ("events", article("1493"), False),
        ("events", event("1493"), True),
        (None, article("1493"), False),
        (None, event("1493"), True),
        ("extended", article("1473"), False),
        ("extended", article("14"), False),
    ],
)
def test_a_municipality_carries_everything_if_its_area_is_extended_else_events_only(
    content: Literal["extended", "events"] | None, item: Item, carried: bool
) -> None:
    made = channels(areas=declared(content) if content else ())
    assert made["vastra-gotaland/mariestad/"].selection.carries(Story(item)) is carried


@pytest.mark.parametrize(
    ("carries", "item", "carried"),
    [
        ("all", article("1493"), True),
        ("all", article("14"), True),
        ("all", event("1473"), True),
        ("all", article("1860"), False),
        ("events", article("1493"), False),
        ("events", article("14"), False),
        ("events", event("1473"), True),
        ("own", article("14"), True),
        ("own", article("1493"), True),
        ("own", article("1473"), False),
        ("own", event("1473"), False),
    ],
)
def test_a_county_carries_its_municipalities_unless_it_is_narrowed(
    carries: Literal["all", "events", "own"], item: Item, carried: bool
) -> None:
    made = channels(counties=[County(VASTRA_GOTALAND, carries)])
    assert made["vastra-gotaland/"].selection.carries(Story(item)) is carried


def test_a_network_carries_its_municipalities_together_across_the_county_border() -> None:
    selection = channels()["natverk/skagern/"].selection
    carried = [selection.carries(Story(article(code))) for code in ("1493", "1860", "1473", "14")]
    assert carried == [True, True, False, False]


def test_the_nation_carries_what_is_national_or_unplaced_and_what_no_other_newsfeed_does() -> None:
    narrowed = channels(counties=[County(VASTRA_GOTALAND, "events")], networks=[])
    assert carriers(article("SE"), narrowed) == {"sverige/"}
    assert carriers(article(), narrowed) == {"sverige/"}
    assert carriers(article("1473"), narrowed) == {"sverige/"}
    assert carriers(event("1473"), narrowed) == {"vastra-gotaland/", "vastra-gotaland/toreboda/"}


def test_the_nation_may_carry_all_events_or_everything() -> None:
    assert "sverige/" not in carriers(event("1473"), channels())
    assert "sverige/" in carriers(event("1473"), channels(Nation("events")))
    assert "sverige/" not in carriers(article("1473"), channels(Nation("events")))
    assert "sverige/" in carriers(article("1473"), channels(Nation("all")))


@pytest.mark.parametrize("nation", ["own", "events", "all"])
@pytest.mark.parametrize("county", ["all", "events", "own"])
@pytest.mark.parametrize("content", ["extended", "events", None])
@pytest.mark.parametrize("codes", [(), ("SE",), ("14",), ("1493",), ("1473",), ("1493", "1860")])
def test_nothing_is_in_no_newsfeed_and_nothing_hidden_is_in_any(
    nation: Literal["own", "events", "all"],
    county: Literal["all", "events", "own"],
    content: Literal["extended", "events"] | None,
    codes: tuple[str, ...],
) -> None:
    areas = declared(content) if content else []
    made = channels(Nation(nation), [County(VASTRA_GOTALAND, county)], areas=areas)
    for item in (article(*codes), event(*codes)):
        assert carriers(item, made)
        assert not carriers(an_item(findings=item.findings, entry=item.entry, hidden="felaktig"), made)


NATIONS, COUNTIES = ("own", "events", "all"), ("all", "events", "own")
CONTENTS = ("extended", "events", "undeclared", "interim")
MEMBERSHIPS = ("none", "whole", "part")
SCOPES = ("local", "county", "national", "unplaced")
PROMOTIONS = (None, "county", "SE")
WHERE = {
    "local": ("Nytt i Lyrestad", Actor("a", "A", (MARIESTAD,))),
    "county": ("Nytt i Västra Götalands län", Actor("a", "A", (VASTRA_GOTALAND,), "county")),
    "national": ("Nytt", Actor("a", "A", (MARIESTAD,), "national")),
    "unplaced": ("Nytt", Actor("a", "A")),
}
SKAGERN = {
    "none": [],
    "whole": [Network("skagern", "S", (MARIESTAD, LAXA))],
    "part": [Network("skagern", "S", (LAXA,), ((MARIESTAD, ("Lyrestad",)),))],
}
WATCHED = (
    "sverige/",
    "vastra-gotaland/",
    "natverk/skagern/",
    "vastra-gotaland/mariestad/",
    "vastra-gotaland/toreboda/",
)


class Told(NamedTuple):
    scope: str
    is_event: bool
    promotion: str | None
    fan_out: bool


ALL_TOLD = [Told(*told) for told in product(SCOPES, (False, True), PROMOTIONS, (False, True))]


def judged_item(told: Told, networks: Sequence[Network]) -> Item:
    """What is told, with all that the rules say of it."""
    title, actor = WHERE[told.scope]
    rules = (Rule(actor="a", promote=(told.promotion,)),) if told.promotion else ()
    rules += (Rule(actor="a", fan_out=True),) if told.fan_out else ()
    parts = tuple(
        Part(network.code_of_part(place), network.id, place.code, localities)
        for network in networks
        for place, localities in network.parts
    )
    entry = an_entry(title=title, html="", event=Event(NOON) if told.is_event else None)
    return judgement(entry, actor, Knowledge(rules=rules, parts=parts))


def decided(told: Told, nation: str, county: str, content: str, membership: str) -> set[str]:
    """The table of docs/newsfeeds.md, in plain words."""
    fanned = told.fan_out and told.scope in ("local", "county")
    in_town = told.scope == "local" or fanned
    to_county = told.promotion == "county" and told.scope in ("local", "county", "national")
    in_network = (membership == "whole" and in_town) or (membership == "part" and told.scope == "local")
    in_county = told.scope in ("local", "county") or to_county
    found = set()
    if in_town and (content == "extended" or told.is_event):
        found.add("vastra-gotaland/mariestad/")
    if fanned and told.is_event:
        found.add("vastra-gotaland/toreboda/")
    if in_network:
        found.add("natverk/skagern/")
    if {
        "all": in_county,
        "events": in_county and told.is_event,
        "own": told.scope == "county" or to_county or in_network,
    }[county]:
        found.add("vastra-gotaland/")
    if (
        nation == "all"
        or told.scope == "national"
        or told.promotion == "SE"
        or (nation == "events" and told.is_event)
        or not found
    ):
        found.add("sverige/")
    return found


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("membership", MEMBERSHIPS)
def test_every_combination_of_settings_carries_what_was_decided(
    nation: Literal["own", "events", "all"], county: Literal["all", "events", "own"], membership: str
) -> None:
    networks = SKAGERN[membership]
    items = {told: judged_item(told, networks) for told in ALL_TOLD}
    for content in CONTENTS:
        area = {
            "extended": declared("extended"),
            "events": declared("events"),
            "interim": [Area("mariestad", MARIESTAD, "events", interim=True)],
            "undeclared": [],
        }[content]
        made = channels(Nation(nation), [County(VASTRA_GOTALAND, county)], networks, area)
        for told, item in items.items():
            carried = {path for path in WATCHED if path in made and made[path].selection.carries(Story(item))}
            assert carried == decided(told, nation, county, content, membership), (told, content)


def test_a_part_of_a_municipality_is_in_the_network_through_its_localities_or_members_only() -> None:
    networks = SKAGERN["part"]
    [network] = networks
    parts = (Part(network.code_of_part(MARIESTAD), "skagern", "1493", ("Lyrestad", "Sjötorp")),)
    carries = channels(networks=networks)["natverk/skagern/"].selection.carries

    def is_carried(title: str, actor: Actor) -> bool:
        item = judgement(an_entry(title=title, html=""), actor, Knowledge(parts=parts))
        return carries(Story(item))

    outsider = Actor("a", "A", (MARIESTAD,))
    member = Actor("b", "B", (MARIESTAD,), networks=("skagern",))
    assert is_carried("Loppis i Lyrestad", outsider)
    assert is_carried("Loppis i Lyrestad och i Mariestad", outsider)
    assert is_carried("Loppis", member)
    assert is_carried("Loppis i Mariestad", member)
    assert not is_carried("Loppis i Mariestad", outsider)
    assert not is_carried("Loppis", outsider)
    assert not is_carried("Loppis i Hjo", member)
    assert is_carried("Loppis i Laxå", outsider)


def test_a_network_does_without_what_only_the_newspaper_itself_tells() -> None:
    network = replace(NETWORK, without=(("tidning", "Bladet"),))
    made = channels(networks=[network], areas=declared("extended"))
    own, other = an_item(1, actor="tidning"), an_item(2, actor="cykel")
    told_by_both = {path for path, channel in made.items() if channel.selection.carries(Story(own, (other,)))}
    assert carriers(own, made) == {"vastra-gotaland/", "vastra-gotaland/mariestad/"}
    assert carriers(other, made) == told_by_both == {*carriers(own, made), "natverk/skagern/"}
    unseen = replace(other, hidden="felaktig")
    assert not made["natverk/skagern/"].selection.carries(Story(own, (unseen,)))
    assert made["natverk/skagern/"].selection.leaves_out(Story(own, (unseen,)))
    assert made["natverk/skagern/"].note == (
        "Här finns inte det som bara Bladet själv berättar. Det står i kommunernas och länens nyhetsflöden."
    )


def test_what_a_network_does_without_is_in_the_nations_newsfeed_if_no_other_carries_it() -> None:
    network = replace(NETWORK, without=(("tidning", "Bladet"),))
    made = channels(counties=[County(VASTRA_GOTALAND, "events")], networks=[network])
    assert carriers(an_item(1, actor="tidning"), made) == {"sverige/"}
    assert carriers(an_item(2, actor="cykel"), made) == {"natverk/skagern/"}


def test_a_network_across_the_county_border_brings_each_county_only_what_is_in_it() -> None:
    network = Network("skagern", "S", (MARIESTAD,), ((LAXA, ("Hasselfors",)),))
    own = [County(VASTRA_GOTALAND, "own"), County(named("Örebro län"), "own")]
    made = channels(counties=own, networks=[network])
    part = article("1860", "natverk/skagern/1860")
    assert carriers(part, made) == {"natverk/skagern/", "orebro/"}
    assert carriers(article("1493"), made) == {"natverk/skagern/", "vastra-gotaland/"}
    addressed = article("natverk/skagern")
    assert carriers(addressed, made) == {"natverk/skagern/", "vastra-gotaland/", "orebro/"}


def test_what_was_addressed_to_a_network_that_is_no_more_is_in_the_nations_newsfeed() -> None:
    assert carriers(article("natverk/borta"), channels()) == {"sverige/"}


def test_promotion_and_fan_out_say_where_it_is_carried_and_not_what_it_is_about() -> None:
    told = judged_item(Told("county", True, "SE", True), [])
    assert told.about == {"14"}
    assert {"SE", "1493", "1473"} <= told.codes
    made = article_of(Story(told), SITE, {}, {})
    assert [place.code for place in made.places] == ["14"]
    assert {finding.rule for finding in made.findings} >= {"promotion", "fan-out"}


WORDS = (
    "Mariestad",
    "Lyrestad",
    "Laxå",
    "Skåne",
    "Sverige",
    "hela landet",
    "årsmöte",
    "cykel",
    "klimat",
    "Gotland",
    "i",
)


@given(
    title=st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
    nation=st.sampled_from(NATIONS),
    county=st.sampled_from(COUNTIES),
    content=st.sampled_from(("extended", "events", None)),
    networks=st.sampled_from(list(SKAGERN.values())),
    rules=st.lists(
        st.builds(
            Rule,
            words=st.sampled_from((("årsmöte",), ("cykel",), ("i",))),
            places=st.sampled_from(((), (LAXA,), (VASTRA_GOTALAND,))),
            hide=st.booleans(),
            promote=st.sampled_from(((), ("county",), ("SE",), ("natverk/skagern",), ("12",))),
            fan_out=st.booleans(),
        ),
        max_size=2,
    ),
    actor=st.sampled_from([actor for _, actor in WHERE.values()]),
    is_event=st.booleans(),
    about=st.sampled_from((WhatCounts(), WhatCounts(words=("klimat",)), WhatCounts(without=("cykel",)))),
    without=st.sampled_from(((), (("a", "A"),), (("b", "B"), ("c", "C")))),
)
@settings(max_examples=150)
def test_nothing_that_was_collected_is_in_no_newsfeed_unless_it_is_withheld_with_a_reason(
    title: str,
    nation: Literal["own", "events", "all"],
    county: Literal["all", "events", "own"],
    content: Literal["extended", "events"] | None,
    networks: list[Network],
    rules: list[Rule],
    actor: Actor,
    is_event: bool,
    about: WhatCounts,
    without: tuple[tuple[str, str], ...],
) -> None:
    source = FeedSource(feed="x", about=about).of("a", "feed")
    entry = an_entry(title=title, html="", event=Event(NOON) if is_event else None)
    item = judgement(entry, actor, Knowledge(rules=tuple(rules)), source)
    areas = declared(content) if content else []
    networks = [replace(network, without=without) for network in networks]
    made = channels(Nation(nation), [County(VASTRA_GOTALAND, county)], networks, areas)
    assert bool(carriers(item, made)) is item.is_visible
    assert item.is_visible is not bool(item.withheld)


def test_conditions_and_public_people_are_with_the_newsfeeds_that_they_are_for() -> None:
    conditions = [
        Condition("natverk/skagern", "Nätverkets villkor", date(2025, 1, 1)),
        Condition("SE", "Ledarens omställningsbeskrivning", date(2024, 1, 1)),
        Condition("SE", "Åtagande", date(2020, 1, 1), date(2023, 12, 31)),
        Condition("14", "Länets villkor", date(2022, 1, 1)),
        Condition("12", "Skånes villkor", date(2022, 1, 1)),
    ]
    people = [
        Person("Ann Ek", "ann@x.example", "contact", "14", public=True),
        Person("Bo Al", "bo@x.example", "editor", "14"),
    ]
    found = channels_of(Nation(), [], [NETWORK], [], conditions, people)
    made = {channel.path: channel for channel in found}
    texts = [condition.text for condition in made["vastra-gotaland/mariestad/"].conditions]
    assert texts == ["Åtagande", "Ledarens omställningsbeskrivning", "Länets villkor", "Nätverkets villkor"]
    assert [condition.text for condition in made["vastra-gotaland/toreboda/"].conditions] == texts[:3]
    assert [condition.text for condition in made["sverige/"].conditions] == texts[:2]
    assert [c.text for c in made["sverige/"].conditions if c.holds_on(date(2023, 12, 31))] == ["Åtagande"]
    assert [person.name for person in made["vastra-gotaland/"].people] == ["Ann Ek"]


def test_a_newsfeed_is_called_by_its_area_and_not_by_its_municipality() -> None:
    made = channels()
    assert made["vastra-gotaland/goteborg/"].title == "Kommunområdet Göteborg"
    assert not any("kommun " in f"{channel.title.lower()} " for channel in made.values())


def test_an_undeclared_area_says_where_its_news_is_meanwhile() -> None:
    assert channels()["vastra-gotaland/toreboda/"].note.endswith("så länge i länets nyhetsflöde.")
    narrowed = channels(counties=[County(VASTRA_GOTALAND, "events")])
    assert narrowed["vastra-gotaland/toreboda/"].note.endswith("så länge i det nationella nyhetsflödet.")
    own = channels(counties=[County(VASTRA_GOTALAND, "own")])
    assert own["vastra-gotaland/mariestad/"].note.endswith("så länge i länets nyhetsflöde.")


def test_gotland_is_one_municipality_and_one_county_and_has_both_newsfeeds() -> None:
    item = judgement(an_entry(title="Loppis i Visby", html=""), Actor("a", "A"))
    assert item.codes == {"09", "0980"}
    assert carriers(item, channels()) == {"gotland/"}
    extended = channels(areas=[Area("gotland", named("Gotland"), "extended")])
    assert carriers(item, extended) == {"gotland/", "gotland/gotland/"}


def test_the_page_of_an_undeclared_area_says_in_swedish_that_it_has_no_newsfeed_of_its_own() -> None:
    made = channels(areas=declared("events"))
    assert made["vastra-gotaland/toreboda/"].note.startswith("Kommunområdet Töreboda har inget eget nyhetsflöde än.")
    assert made["vastra-gotaland/mariestad/"].note == "Det här nyhetsflödet visar bara evenemang."
