"""The page for newsrooms tells every address, what is sent when something changes, and shows a real article."""

import json
from dataclasses import replace

from awkward import HOSTILE
from bs4 import BeautifulSoup
from lxml import etree
from made import SITE, an_article

from aggregator.model import Article, Nation, Network, Person, Site
from aggregator.places import counties, named
from aggregator.publishing import FORMATS, channels_of, common_publications

PAPER = Network("skagern", "Skagernbladets område", (named("Mariestad"),), without=(("bladet", "Skagernbladet"),))
PEOPLE = [Person("Ann Ek", "ann@x.example", "editor", "14", public=True), Person("Bo", "bo@x.example", "editor", "14")]
CHANNELS = channels_of(Nation(), [], [PAPER], [], [], PEOPLE)
NEWSFEED = {"rss.xml", "ninjs.json", "ttninjs.json", "atom.xml", "feed.json", "kalender.ics"}


def page(newest: Article | None = None, site: Site = SITE) -> BeautifulSoup:
    files = {each.path: each.content for each in common_publications(site, CHANNELS, {}, [], newest)}
    return BeautifulSoup(files["redaktioner/index.html"], "html.parser")


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.main.get_text(" ").split())


def test_every_county_and_network_has_its_address_to_copy_and_all_formats_beside() -> None:
    soup = page()
    copied = [address.code.text for address in soup.select(".address")]
    paths = ["natverk/skagern/", *(place.path for place in counties()), "sverige/"]
    assert {f"{SITE.url}{path}rss.xml" for path in paths} < set(copied)
    assert f"{SITE.url}redaktioner/rattelser.xml" in copied
    linked = {link["href"] for link in soup.select("#adresser ~ * a, #adresser ~ details a")}
    for path in paths:
        corrected = {"rattelser.xml", "rattelser-ninjs.json", "rattelser-ttninjs.json"}
        assert {f"../{path}{name}" for name in (NEWSFEED | corrected) - {"rss.xml"}} <= linked
    assert set(FORMATS) >= NEWSFEED
    assert "Här finns inte det som bara Skagernbladet själv berättar." in words(soup)


def test_the_sample_is_the_newest_article_as_it_stands_in_the_newsfeeds() -> None:
    rss, ninjs = (sample.text for sample in page(an_article(7)).select(".sample"))
    assert '<guid isPermaLink="false">tag:prov.example,2026:cykel/7</guid>' in rss
    assert rss.startswith("<item>\n  <title>Ny cykelbana i Mariestad</title>")
    assert json.loads(ninjs)["uri"] == "tag:prov.example,2026:cykel/7"
    etree.fromstring(rss.replace("dc:", "").replace("atom:", "").replace("media:", "").replace("content:", ""))


def test_a_hostile_article_is_shown_as_text_and_a_long_one_without_its_whole_text() -> None:
    assert page(HOSTILE).select(".sample script, .sample img") == []
    long = page(an_article(1, html=f"<p>{'ord ' * 1000}</p>"))
    assert "utan sin hela text" in words(long)
    assert max(len(sample.text) for sample in long.select(".sample")) < 3000


def test_while_there_is_no_news_it_says_so() -> None:
    assert page().select(".sample") == []
    assert "Ännu har ingen nyhet kommit in." in words(page())


def test_with_a_hub_it_says_where_to_listen_and_without_one_how_often_to_ask() -> None:
    assert "Var femtonde minut räcker" in words(page())
    listening = words(page(site=replace(SITE, hub="https://hub.example/")))
    assert "https://hub.example/" in listening
    assert "Var femtonde minut räcker" not in listening


def test_it_says_whom_to_write_to_and_names_only_those_who_are_public() -> None:
    told = words(page())
    assert SITE.contact in told
    assert "Västra Götalands län, redaktör Ann Ek: ann@x.example" in told
    assert "bo@x.example" not in told


def test_every_page_leads_to_it_and_search_engines_know_it() -> None:
    files = {
        each.path: each.content.decode()
        for each in common_publications(SITE, CHANNELS, {}, [])
        if ".js" not in each.path
    }
    assert 'href="redaktioner/index.html"' in files["index.html"]
    assert f"<loc>{SITE.url}redaktioner/</loc>" in files["sitemap.xml"]
