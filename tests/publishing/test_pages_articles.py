"""The pages of articles, and the sentences that say why an article is where it is."""

import ast
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from awkward import ARTICLES, HOSTILE, WITHDRAWN
from bs4 import BeautifulSoup
from conftest import REPOSITORY
from made import MARIESTAD, NOON, SITE, an_article

from aggregator.errors import OutputError
from aggregator.model import Credit, Event, Finding, Image, Whereabouts
from aggregator.places import NATION, coded
from aggregator.publishing.pages import article_page, withdrawn_page
from aggregator.publishing.pages.articles import full_text
from aggregator.publishing.pages.rendering import rendered
from aggregator.publishing.reasons import RULES, reason_of, reasons_of


def read(**told: object) -> BeautifulSoup:
    return BeautifulSoup(article_page(SITE, an_article(1, **told), Whereabouts((MARIESTAD,))), "html.parser")


def text(soup: BeautifulSoup) -> str:
    return soup.main.get_text(" ", strip=True)


def test_an_excerpt_leads_to_the_source_whose_page_is_the_right_one() -> None:
    soup = read()
    assert soup.find("link", rel="canonical")["href"] == "https://cykel.example/1"
    assert not soup.find("meta", attrs={"name": "robots"})
    assert soup.select_one("a.onward")["href"] == "https://cykel.example/1"
    assert "Nu är den klar." in text(soup)


def test_a_full_text_that_is_copied_is_not_for_search_engines() -> None:
    soup = read(html="<p>Hela <em>texten</em>.</p>")
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.select_one(".text em").get_text() == "texten"


def test_an_event_tells_when_and_where_to_people_and_to_programs() -> None:
    event = Event(
        datetime(2026, 12, 5, 12, tzinfo=UTC), datetime(2026, 12, 5, 14, tzinfo=UTC), "Torget", cancelled=True
    )
    soup = read(event=event)
    assert "lördag 5\u00a0december 2026 kl.\u00a013–15" in text(soup)
    assert "Inställt" in text(soup)
    told = json.loads(soup.find("script", type="application/ld+json").get_text())
    assert told["@type"] == "Event"
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert told["location"]["name"] == "Torget"
    assert told["startDate"] == "2026-12-05T12:00:00Z"
    assert not read().find("script")


def test_corrections_and_the_others_who_told_it_are_told() -> None:
    soup = read(corrected=NOON, also=(Credit("Matkassen", "https://mat.example/", "https://mat.example/9"),))
    assert "Rättad 24\u00a0november 2026 kl.\u00a013.00" in text(soup)
    assert "även hos Matkassen ." in text(soup)
    assert soup.find("a", href="https://mat.example/9")


def test_it_says_which_newsfeeds_carry_it_and_what_it_is_about() -> None:
    soup = read()
    assert soup.select_one("section[aria-labelledby=varfor] a")["href"] == "../../vastra-gotaland/mariestad/index.html"
    filters = [(link["data-pagefind-filter"], link.get_text()) for link in soup.select(".tags a")]
    assert filters == [("kommun", "Mariestad"), ("lan", "Västra Götalands län")]


def test_whoever_finds_a_fault_writes_a_letter_with_its_id() -> None:
    letter = urlsplit(str(read().select_one("#fel a")["href"]))
    assert letter.path == "redaktion@prov.example"
    assert parse_qs(letter.query)["subject"] == ["Om en nyhet: tag:prov.example,2026:cykel/1"]


def test_a_hostile_id_adds_nobody_to_the_letter() -> None:
    soup = BeautifulSoup(article_page(SITE, HOSTILE, Whereabouts()), "html.parser")
    assert set(parse_qs(urlsplit(str(soup.select_one("#fel a")["href"])).query)) == {"subject", "body"}


def test_the_page_of_an_article_is_the_same_on_every_day() -> None:
    """It has no moment but those of the article itself."""
    moments = {one["datetime"] for one in read(corrected=NOON + timedelta(hours=1)).find_all("time")}
    assert moments == {"2026-11-20T08:00:00Z", "2026-11-24T13:00:00Z"}


def test_only_pictures_that_lie_with_us_are_shown() -> None:
    own = Image(f"{SITE.url}bilder/cykel/1.jpg", "image/jpeg", "En cykel", width=1200, height=800)
    picture = read(image=own).find("img")
    assert (picture["src"], picture["alt"], picture["width"]) == ("../../bilder/cykel/1.jpg", "En cykel", "1200")
    assert not read(image=Image("https://cykel.example/b.jpg", width=1200, height=800)).find("img")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("<h1>A</h1><p>b</p><h2>C</h2>", "<h2>A</h2><p>b</p><h3>C</h3>"),
        ("<h4>A</h4><h6>B</h6><h4>C</h4>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<h3>A</h3><h2>B</h2><h3>C</h3>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
        ('<p>a</p><p><img src="https://cykel.example/b.jpg" alt="b"></p>', "<p>a</p>"),
        ('<figure><a href="https://a.example/"><img src="x"></a></figure><hr>', "<hr>"),
        (f'<p><img src="{SITE.url}bilder/1.jpg"></p>', f'<p><img src="{SITE.url}bilder/1.jpg"></p>'),
    ],
)
def test_a_full_text_stands_below_our_heading_and_fetches_nothing(told: str, shown: str) -> None:
    assert full_text(told, SITE) == shown


def test_a_withdrawn_page_says_so_and_nothing_else_of_it() -> None:
    soup = BeautifulSoup(withdrawn_page(SITE, WITHDRAWN), "html.parser")
    assert "borttagen" in soup.h1.get_text()
    assert "24\u00a0november 2026" in text(soup)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_template_that_is_missing_or_wrong_is_named() -> None:
    with pytest.raises(OutputError, match=r"the template borta\.html is missing; install nyhetsflode again"):
        rendered("borta.html", "nyhet/1/", SITE)
    with pytest.raises(OutputError, match=r"cannot be made from article\.html: 'article' is undefined"):
        rendered("article.html", "nyhet/1/", SITE)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
def test_every_page_of_an_article_has_one_heading_of_the_first_level(article: object) -> None:
    assert len(BeautifulSoup(article_page(SITE, article, Whereabouts()), "html.parser").find_all("h1")) == 1


# Why.


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (Finding("1493", "kommun", "Mariestads kommun"), "”Mariestads kommun” i texten är Mariestad."),
        (Finding("1493", "name", "Mariestad"), "Texten nämner ”Mariestad”."),
        (Finding("1473", "name", "Moholm"), "Texten nämner ”Moholm”. Det är i Töreboda."),
        (Finding("1493", "inhabitant", "Mariestadsbor"), "”Mariestadsbor” är de som bor i Mariestad."),
        (Finding("1493", "home"), "Texten nämner ingen annan plats, och Cykelvännerna är hemma i Mariestad."),
        (Finding("14", "scope"), "Cykelvännerna verkar i hela länet."),
        (Finding("SE", "scope"), "Cykelvännerna verkar i hela landet."),
        (Finding("SE", "nation"), "Texten handlar om hela landet."),
        (Finding("1493", "pinned"), "Redaktionen har bestämt att nyheten hör hit."),
        (Finding("1493", "pinned", "tramp"), "Redaktionen har bestämt att nyheter med ”tramp” hör hit."),
        (Finding("1493", "something new", "Marie\nstad"), "Texten nämner ”Marie stad”."),
        (Finding("1493", "something new"), "Nyheten hör hit."),
    ],
)
def test_a_reason_is_a_sentence(finding: Finding, sentence: str) -> None:
    place = NATION if finding.code == "SE" else coded(finding.code)
    assert reason_of(finding, place, "Cykelvännerna") == sentence


def test_each_place_has_one_reason_and_no_place_is_a_reason_too() -> None:
    findings = (Finding("1493", "name", "Mariestad"), Finding("1493", "home"), Finding("natverk/x", "pinned"))
    assert reasons_of(an_article(1, findings=findings)) == [("Mariestad", "Texten nämner ”Mariestad”.")]
    assert [place for place, _ in reasons_of(an_article(1))] == ["Sverige"]


def rules_of_the_tagger() -> set[str]:
    """The names of rules that can decide, as they stand in the code: not those that only speak against."""
    found: set[str] = set()
    for path in sorted((REPOSITORY / "aggregator" / "tagging").rglob("*.py")):
        found |= set(_names_in(path))
    return found - {"none"}


def _names_in(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or len(node.args) < 2:
            continue
        told = node.args[1]
        is_against = node.func.id == "Evidence" and len(node.args) > 3
        if node.func.id in {"Evidence", "Finding"} and isinstance(told, ast.Constant) and not is_against:
            names.append(str(told.value))
    return names


def test_every_rule_that_can_decide_has_a_sentence_of_its_own() -> None:
    told = rules_of_the_tagger()
    assert {"name", "home", "hashtag", "venue"} <= told
    assert told - RULES == set()
