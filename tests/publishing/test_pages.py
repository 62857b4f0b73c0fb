"""The pages: what people read on them, and where their links lead."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from awkward import EDITION, EMPTY
from bs4 import BeautifulSoup
from made import ACTOR, MARIESTAD, NOON, SITE, an_article

from aggregator.model import Condition, Edition, Nation, Network, Person
from aggregator.places import named
from aggregator.publishing import channels_of, neighbourhood
from aggregator.publishing.edition import edition_of, volume_of
from aggregator.publishing.pages import actors_page, follow_page, front_page, month_page, page

NETWORK = Network("skagern", "Skagernbladets område", (named("Mariestad"), named("Laxå")))
CHANNELS = channels_of(Nation(), [], [NETWORK], [])
AROUND = neighbourhood(CHANNELS)
HERE = AROUND[MARIESTAD.path]


def read(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


def headings(soup: BeautifulSoup, section: str) -> list[str]:
    found = soup.find(attrs={"aria-labelledby": section})
    return [heading.get_text().strip() for heading in found.find_all("h3")] if found else []


@pytest.mark.parametrize(("edition", "kind"), [(EDITION, "awkward"), (EMPTY, "empty")])
def test_the_page_is_what_it_was(golden: Callable[[str, bytes], None], edition: Edition, kind: str) -> None:
    golden(f"{kind}.html", page(edition, HERE))


def test_news_is_told_newest_first_and_events_by_when_they_are() -> None:
    soup = read(page(EDITION, HERE))
    assert headings(soup, "evenemang") == ["Cykelfest på torget", "Inställt: adventsvandring"]
    assert headings(soup, "har-varit") == ["Har varit"]
    assert headings(soup, "nyheter")[:2] == ["Odaterad", "Bild av okänd storlek"]


def test_an_event_is_over_the_day_after_its_last() -> None:
    event = [article for article in EDITION.articles if article.title == "Har varit"]
    last = edition_of(SITE, MARIESTAD, event, date(2026, 11, 5), events=event)
    assert headings(read(page(last, HERE)), "evenemang") == ["Har varit"]
    after = edition_of(SITE, MARIESTAD, event, date(2026, 11, 6), events=event)
    assert headings(read(page(after, HERE)), "har-varit") == ["Har varit"]


def test_what_has_no_date_says_when_it_was_found() -> None:
    [article] = [each for each in read(page(EDITION, HERE)).find_all("article") if "Odaterad" in each.get_text()]
    assert "hittad 24\u00a0november 2026" in " ".join(article.get_text().split(" "))


def test_a_cancelled_event_says_so() -> None:
    assert "Inställt" in [strong.get_text() for strong in read(page(EDITION, HERE)).find_all("strong")]


def test_text_in_another_language_is_marked_as_such() -> None:
    soup = read(page(EDITION, HERE))
    assert [link.get_text() for link in soup.find_all("a", lang="en")] == ["Odaterad"]
    assert soup.html is not None
    assert soup.html["lang"] == "sv"


def test_nothing_on_a_page_is_fetched_from_elsewhere_or_runs() -> None:
    soup = read(page(EDITION, HERE))
    assert not soup.find_all(["img", "iframe", "object", "embed", "form"])
    scripts = [(script.get("src"), script.get("type")) for script in soup.find_all("script")]
    assert scripts == [(None, "application/ld+json"), ("../../kopiera.js", None)]
    assert [link["href"] for link in soup.find_all("link", rel=["stylesheet", "icon"])] == [
        "../../sida.css",
        "../../ikon.svg",
    ]
    assert "alert(1)" in soup.get_text()


def test_a_quiet_area_says_so_in_swedish() -> None:
    assert "Här är det tyst just nu." in read(page(EMPTY, HERE)).get_text()


def test_a_page_names_its_newsfeeds_rss_first() -> None:
    links = read(page(EMPTY, HERE)).find_all("link", rel="alternate")
    assert [(link["href"], link["type"]) for link in links] == [
        ("../../vastra-gotaland/mariestad/rss.xml", "application/rss+xml"),
        ("../../vastra-gotaland/mariestad/atom.xml", "application/atom+xml"),
        ("../../vastra-gotaland/mariestad/feed.json", "application/feed+json"),
        ("../../vastra-gotaland/mariestad/kalender.ics", "text/calendar"),
    ]


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it_that_exist(example: Path) -> None:
    pages = [*example.glob("*.html"), *example.glob("*/index.html"), *example.glob("*/*/index.html")]
    pages += [*example.glob("vastra-gotaland/**/index.html")]
    marks = cache(lambda path: {one["id"] for one in read(path.read_bytes()).find_all(id=True)})
    for path in pages:
        soup = read(path.read_bytes())
        for link in soup.find_all(["a", "link", "script", "img"]):
            told = str(link.get("href") or link.get("src") or "")
            if not told or ":" in told or told.startswith("/") or link.get("rel") == ["canonical"]:
                continue
            name, _, mark = told.partition("#")
            target = (path.parent / name) if name else path
            assert target.is_file(), f"{path}: {told}"
            if mark and mark not in ("lan", "arkiv"):
                assert mark in marks(target), f"{path}: {told}"


def test_from_the_front_page_every_county_and_municipality_is_one_click_away_in_alphabetical_order() -> None:
    soup = read(front_page(SITE, CHANNELS, {}))
    counties = [link.get_text() for link in soup.find_all("a", class_="county")]
    assert len(counties) == 21
    assert counties[:3] == ["Blekinge län", "Dalarnas län", "Gotlands län"]
    assert counties[-1] == "Östergötlands län"
    assert len(soup.select("details a")) == 290


@pytest.mark.parametrize(
    ("path", "around"),
    [
        ("vastra-gotaland/mariestad/", ["Sverige", "Västra Götalands län", "Skagernbladets område"]),
        ("orebro/kumla/", ["Sverige", "Örebro län"]),
        ("natverk/skagern/", ["Sverige", "Västra Götalands län", "Örebro län", "Laxå", "Mariestad"]),
    ],
)
def test_a_page_leads_on_to_the_newsfeeds_around_it_wider_ones_first(path: str, around: list[str]) -> None:
    assert [channel.name for channel in AROUND[path]] == around


def test_a_county_leads_to_its_networks_and_municipalities_and_the_nation_to_all_counties() -> None:
    county = [channel.name for channel in AROUND["orebro/"]]
    assert county[:4] == ["Sverige", "Skagernbladets område", "Askersund", "Degerfors"]
    assert county[-1] == "Örebro"
    assert len(AROUND["sverige/"]) == 21


def test_todays_news_is_told_as_of_today_and_in_the_archive_by_its_date() -> None:
    articles = [an_article(1, published=NOON, corrected=NOON + timedelta(hours=1))]
    now = read(page(edition_of(SITE, MARIESTAD, articles, NOON.date()), HERE)).article.get_text(" ", strip=True)
    assert "i dag kl.\u00a013.00" in now
    assert "Rättad i dag kl.\u00a014.00" in now
    later = read(page(edition_of(SITE, MARIESTAD, articles, date(2026, 11, 25)), HERE)).article.get_text(
        " ", strip=True
    )
    assert "Rättad i går kl.\u00a014.00" in later
    volume = volume_of(SITE, MARIESTAD, "2026-11", articles, ["2026-11"])
    kept = read(month_page(volume)).article.get_text(" ", strip=True)
    assert "Rättad 24\u00a0november 2026 kl.\u00a014.00" in kept


def test_each_item_says_why_it_is_there_and_leads_to_where_faults_are_told() -> None:
    soup = read(page(EDITION, HERE))
    assert len(soup.select("article details.why")) == len(soup.find_all("article")) > 5
    links = [link["href"] for link in soup.select("article details.why")[0].find_all("a")]
    assert links == ["../../nyhet/3/index.html", "../../nyhet/3/index.html#fel"]


def test_weeks_are_bars_with_a_name_and_a_table_of_the_same() -> None:
    dates = [NOON, NOON - timedelta(days=1), NOON - timedelta(weeks=2)]
    soup = read(page(edition_of(SITE, MARIESTAD, [], NOON.date(), dates=dates), HERE))
    assert len(soup.select("svg.weeks rect")) == 26
    assert soup.select_one("svg.weeks")["aria-label"].endswith("som mest 2.")
    rows = [row.get_text(" ", strip=True) for row in soup.select("section[aria-labelledby=veckor] tbody tr")]
    assert rows[:3] == ["vecka 48, 2026 2", "vecka 47, 2026 0", "vecka 46, 2026 1"]
    assert not read(page(EMPTY, HERE)).select("svg.weeks")


def test_months_are_linked_by_year() -> None:
    edition = edition_of(SITE, MARIESTAD, [], NOON.date(), months=["2026-11", "2026-10", "2025-12"])
    links = read(page(edition, HERE)).select("section[aria-labelledby=arkiv] a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("arkiv/2026-11/index.html", "november 2026"),
        ("arkiv/2026-10/index.html", "oktober 2026"),
        ("arkiv/2025-12/index.html", "december 2025"),
    ]


def test_a_county_has_a_map_of_its_municipalities_and_a_municipality_is_marked_on_it() -> None:
    county = next(each for each in CHANNELS if each.path == "vastra-gotaland/")
    edition = edition_of(SITE, county, [an_article(1)], NOON.date())
    shapes = read(page(edition, AROUND[county.path])).select("svg.map a")
    assert len(shapes) == 49
    assert [shape.path["class"] for shape in shapes if shape["href"] == "../vastra-gotaland/mariestad/index.html"] == [
        ["m1"]
    ]
    marked = read(page(EMPTY, HERE)).select("svg.map .here")
    assert [path.title.get_text() for path in marked] == ["Mariestad: inget nytt"]


def test_a_network_across_counties_and_the_nation_have_no_map() -> None:
    for path in ("natverk/skagern/", "sverige/"):
        channel = next(each for each in CHANNELS if each.path == path)
        assert not read(page(edition_of(SITE, channel, [], NOON.date()), AROUND[path])).select("svg.map")


def test_actors_are_listed_with_their_links_and_since_when() -> None:
    actors = [
        replace(ACTOR, since=date(2026, 3, 1), status="met", facebook="https://facebook.example/cykel"),
        replace(ACTOR, id="mat", name="Åkrarna", homepage="", facebook="", since=date(2026, 5, 1)),
    ]
    soup = read(actors_page(edition_of(SITE, MARIESTAD, [], NOON.date(), actors=actors), HERE))
    told = [item.get_text(" ", strip=True) for item in soup.select(".actors li")]
    assert told[0].startswith("Cykelvännerna ( Facebook")
    assert told[0].endswith("Mariestad; uppfyller villkoren sedan 1\u00a0mars 2026")
    assert told[1] == "Åkrarna Mariestad; med sedan 1\u00a0maj 2026"
    assert "Ännu är ingen aktör med härifrån." in read(actors_page(EMPTY, HERE)).get_text()


def test_conditions_and_persons_are_told_where_they_are_public() -> None:
    person = Person("Åsa Öberg", "asa@cykel.example", "contact", "actor/cykel", public=True)
    channel = replace(
        MARIESTAD,
        conditions=(Condition("SE", "Ledarens beskrivning ska vara publicerad.", date(2026, 1, 1)),),
        people=(replace(person, name="Örjan", role="editor"),),
    )
    actors = [replace(ACTOR, people=(person,))]
    told = read(actors_page(edition_of(SITE, channel, [], NOON.date(), actors=actors), HERE)).main.get_text(
        " ", strip=True
    )
    assert "Kontakt: Åsa Öberg, asa@cykel.example" in told
    assert "Örjan, redaktör: asa@cykel.example" in told
    assert "Ledarens beskrivning ska vara publicerad. Gäller från 1\u00a0januari 2026 ." in told


def test_how_to_follow_has_the_address_and_links_for_readers_programs() -> None:
    soup = read(follow_page(EMPTY))
    address = "https://prov.example/flode/vastra-gotaland/mariestad/rss.xml"
    assert [code.get_text() for code in soup.find_all("code")] == [
        address,
        "https://prov.example/flode/vastra-gotaland/mariestad/kalender.ics",
    ]
    assert any(
        str(link["href"]).endswith("https%3A//prov.example/flode/vastra-gotaland/mariestad/rss.xml")
        for link in soup.find_all("a")
    )


def test_programs_get_a_list_of_others_news_and_not_news_of_ours() -> None:
    told = json.loads(read(page(EDITION, HERE)).find("script", type="application/ld+json").get_text())
    assert told["@type"] == "CollectionPage"
    assert told["mainEntity"]["itemListElement"][0]["url"] == "https://cykel.example/8"
    assert "NewsArticle" not in json.dumps(told)


def test_a_page_says_where_it_lives_and_what_it_is_to_those_who_share_it() -> None:
    soup = read(page(EDITION, HERE))
    assert soup.find("link", rel="canonical")["href"] == "https://prov.example/flode/vastra-gotaland/mariestad/"
    assert soup.find("meta", property="og:title")["content"] == "Kommunområdet Mariestad – Nyheter på prov"
    assert soup.find("meta", property="og:url")["content"] == "https://prov.example/flode/vastra-gotaland/mariestad/"
