"""The pages: what people read on them, and where their links lead."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urljoin

import pytest
from awkward import EDITION, EMPTY
from bs4 import BeautifulSoup
from made import ARTICLES_DAY, MARIESTAD, SITE

from aggregator.model import Edition, Nation, Network
from aggregator.places import named
from aggregator.publishing import channels_of, neighbourhood
from aggregator.publishing.edition import edition_of
from aggregator.publishing.pages import front_page, page

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
    assert not soup.find_all(["script", "img", "iframe", "object", "embed", "form"])
    assert [link["href"] for link in soup.find_all("link", rel="stylesheet")] == ["../../sida.css"]
    assert "alert(1)" in soup.get_text()


def test_a_quiet_area_says_so_in_swedish() -> None:
    assert "Här är det tyst just nu." in read(page(EMPTY, HERE)).get_text()


def test_a_page_names_its_newsfeeds_rss_first() -> None:
    links = read(page(EMPTY, HERE)).find_all("link", rel="alternate")
    assert [(link["href"], link["type"]) for link in links] == [
        ("rss.xml", "application/rss+xml"),
        ("atom.xml", "application/atom+xml"),
    ]


def test_links_within_the_site_lead_to_pages_that_exist() -> None:
    pages = {"https://a.example/x/index.html"} | {f"https://a.example/x/{each.path}index.html" for each in CHANNELS}
    pages.add("https://a.example/x/status/index.html")
    sources = {
        f"{each.path}index.html": page(edition_of(SITE, each, [], ARTICLES_DAY), AROUND[each.path])
        for each in CHANNELS[:40]
    }
    for path, content in {**sources, "index.html": front_page(SITE, CHANNELS, {})}.items():
        for link in read(content).find_all("a"):
            target = urljoin(f"https://a.example/x/{path}", str(link["href"])).partition("#")[0]
            if target.endswith("index.html"):
                assert target in pages


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
