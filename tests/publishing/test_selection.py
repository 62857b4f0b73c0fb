"""Which newsfeeds there are, and what each carries (domain rules: docs/newsfeeds.md)."""

from collections.abc import Sequence
from typing import Literal

import pytest
from made import NOON, an_entry, an_item

from aggregator.model import Area, Channel, County, Event, Finding, Item, Nation, Network, Story
from aggregator.places import named
from aggregator.publishing import channels_of

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


def test_the_page_of_an_undeclared_area_says_in_swedish_that_it_has_no_newsfeed_of_its_own() -> None:
    made = channels(areas=declared("events"))
    assert made["vastra-gotaland/toreboda/"].note.startswith("Kommunområdet Töreboda har inget eget nyhetsflöde än.")
    assert made["vastra-gotaland/mariestad/"].note == "Det här nyhetsflödet visar bara evenemang."
