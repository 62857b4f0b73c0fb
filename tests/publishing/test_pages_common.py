"""The pages that belong to no newsfeed: the front page's map, where to find one's municipality, and our own."""

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from made import SITE

from aggregator import places
from aggregator.model import Nation
from aggregator.places import NATION, drawing_of, municipality_at, named
from aggregator.publishing import channels_of, common_publications
from aggregator.publishing.pages import common
from aggregator.publishing.pages.maps import shade_of

CHANNELS = channels_of(Nation(), [], [], [])
COUNTS = {"1493": 4, "14": 30}


def made(**told: str) -> dict[str, bytes]:
    names = ["orebro/#2026-11", "orebro/#2026/v48", "orebro/", "nyhet:cykel", "said"]
    return {each.path: each.content for each in common_publications(replace(SITE, **told), CHANNELS, COUNTS, names)}


def read(path: str, **told: str) -> BeautifulSoup:
    return BeautifulSoup(made(**told)[path], "html.parser")


def test_every_municipality_and_county_is_a_link_on_the_map_coloured_by_how_much_is_new() -> None:
    soup = read("index.html")
    shapes = {str(link["href"]): link.path for link in soup.select("svg.map a")}
    assert len(shapes) == 290 + 21
    assert shapes["vastra-gotaland/mariestad/index.html"]["class"] == ["m2"]
    assert shapes["vastra-gotaland/mariestad/index.html"].title.get_text() == "Mariestad: 4\u00a0nyheter"
    assert shapes["uppsala/habo/index.html"]["class"] == ["m0"]
    assert soup.select_one("svg.map")["aria-hidden"] == "true"
    assert all(link["tabindex"] == "-1" for link in soup.select("svg.map a"))


def test_what_the_map_says_stands_in_the_list_too() -> None:
    soup = read("index.html")
    on_map = {str(link["href"]) for link in soup.select("svg.map a")}
    assert on_map == {str(link["href"]) for link in soup.select(".counties a")}
    county = soup.find("a", string="Västra Götalands län").parent
    assert "30 nyheter på 30 dagar" in county.get_text(" ", strip=True)


def test_shades_are_five() -> None:
    assert [shade_of(count) for count in (0, 1, 2, 3, 7, 8, 19, 20, 900)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_maps_are_small_and_hold_every_place_of_theirs() -> None:
    assert sum(map(len, drawing_of(NATION).outlines.values())) < 130_000
    assert set(drawing_of(NATION).outlines) == {place.code for place in places.all_places()} - {"SE"}
    for county in places.counties():
        drawing = drawing_of(county)
        assert set(drawing.outlines) == {place.code for place in places.municipalities_of(county)}
        assert sum(map(len, drawing.outlines.values())) < 8000


def points(outline: str) -> set[tuple[int, int]]:
    """The corners of an outline."""
    found = set()
    for ring in outline.replace("-", " -").split("M")[1:]:
        begin, _, steps = ring.rstrip("z").partition("l")
        x, y = map(int, begin.split())
        found.add((x, y))
        numbers = list(map(int, steps.split()))
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            found.add((x, y))
    return found


@pytest.mark.parametrize(("one", "other"), [("Mariestad", "Töreboda"), ("Mariestad", "Götene"), ("Uppsala", "Knivsta")])
def test_neighbours_share_their_border(one: str, other: str) -> None:
    outlines = drawing_of(named(one).county).outlines
    assert len(points(outlines[named(one).code]) & points(outlines[named(other).code])) >= 2


def test_ones_municipality_is_found_in_a_list_of_towns_and_of_postal_codes() -> None:
    soup = read("hitta/index.html")
    towns = {link.get_text(): str(link["href"]) for link in soup.select(".towns a")}
    assert towns["Hova"] == "../vastra-gotaland/gullspang/index.html"
    assert [link.get_text() for link in soup.select(".letters a")][-4:] == ["Å", "Ä", "Ö", "Postnummer"]
    postal = soup.select_one("section[aria-labelledby=postnummer]").get_text(" ", strip=True)
    assert "542 01–542 95 Mariestad" in postal


def test_the_script_goes_by_the_same_towns_and_postal_codes() -> None:
    table = json.loads(made()["hitta/orter.json"])
    assert len(table["kommuner"]) == 290
    assert ["Hova", "1447"] in table["orter"]
    for first, last, code in table["postnummer"]:
        for postal_code in (first, last):
            place = municipality_at(postal_code)
            assert place is not None
            assert place.code == code


@pytest.mark.parametrize(
    ("path", "key"),
    [("om/index.html", "about"), ("integritet/index.html", "privacy"), ("tillganglighet/index.html", "accessibility")],
)
def test_our_own_pages_say_what_feeds_toml_adds_as_text_or_as_a_link(path: str, key: str) -> None:
    told = read(path, **{key: "Första <stycket>.\n\nAndra stycket."}).main
    assert [each.get_text() for each in told.find_all("p")][-20:].count("Första <stycket>.") == 1
    assert "Andra stycket." in [each.get_text() for each in told.find_all("p")]
    link = read(path, **{key: "https://koso.example/text"}).main.find("a", href="https://koso.example/text")
    assert link is not None
    assert "Redaktionen" in read("om/index.html").main.get_text()


def test_what_is_not_found_leads_home_from_anywhere() -> None:
    soup = read("404.html")
    assert soup.find("link", rel="stylesheet")["href"] == "/flode/sida.css"
    assert all(str(link["href"]).startswith(("/flode/", "#", "mailto:")) for link in soup.find_all("a"))
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def addresses(sitemap: bytes) -> list[str]:
    return [str(one.text) for one in etree.fromstring(sitemap).iter("{*}loc")]


def test_search_engines_get_our_own_pages_and_not_others_articles() -> None:
    told = addresses(made()["sitemap.xml"])
    assert told[0] == SITE.url
    assert f"{SITE.url}orebro/" in told
    assert f"{SITE.url}orebro/arkiv/2026-11/" in told
    assert f"{SITE.url}tillganglighet/" in told
    assert not [address for address in told if "/nyhet/" in address or "/sok/" in address]
    assert len(told) == len(set(told))
    assert f"Sitemap: {SITE.url}sitemap.xml" in made()["robots.txt"].decode()


def test_many_addresses_become_several_sitemaps_and_one_that_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    all_of_them = addresses(made()["sitemap.xml"])
    monkeypatch.setattr(common, "MOST_ADDRESSES", 500)
    parts = addresses(made()["sitemap.xml"])
    assert parts == [f"{SITE.url}sitemap-1.xml", f"{SITE.url}sitemap-2.xml"]
    told = [address for part in parts for address in addresses(made()[part.removeprefix(SITE.url)])]
    assert told == all_of_them


def test_search_leads_only_to_the_archives_that_there_are() -> None:
    assert [link.get_text() for link in read("sok/index.html").select("main .networks a")] == ["Örebro län"]
