"""RSS, Atom and OPML: what stands in them, byte for byte and as real readers take it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import struct_time
from typing import Any

import feedparser
import pytest
from awkward import EDITION, EMPTY, LIVELY, ONLY_WITH_US, TOLD_BY_MANY, VOLUME, WITHDRAWN
from lxml import etree
from made import MARIESTAD, NOON, SITE, an_article
from readers import in_newsboat, in_sfeed, needs_newsboat, needs_sfeed

from aggregator.model import Edition, Event, Volume
from aggregator.publishing.edition import edition_of
from aggregator.publishing.feeds import atom, opml, rss
from aggregator.publishing.feeds.adapter import Syntax
from aggregator.publishing.feeds.head import head_of
from aggregator.publishing.feeds.syndication import whole

TITLES = [
    "Odaterad",
    "Bild av okänd storlek",
    "Cykelfest på torget",
    "Inställt: adventsvandring",
    "CO₂ < 2 ton? & “så gör vi” – <b>Mariestad</b> räknar",
    "Utan ingress",
    "Har varit",
    "Med bild",
]

ATOM = "{http://www.w3.org/2005/Atom}"
FH = "{http://purl.org/syndication/history/1.0}"


@pytest.mark.parametrize("name", ["rss", "atom"])
@pytest.mark.parametrize(
    ("edition", "kind"), [(EDITION, "awkward"), (EMPTY, "empty"), (LIVELY, "lively"), (VOLUME, "archive")]
)
def test_the_newsfeed_is_what_it_was(
    golden: Callable[[str, bytes], None], name: str, edition: Edition | Volume, kind: str
) -> None:
    golden(f"{kind}.{name}.xml", {"rss": rss, "atom": atom}[name](edition))


@pytest.mark.parametrize("render", [rss, atom])
def test_the_same_news_makes_the_same_bytes(render: Callable[[Edition], bytes]) -> None:
    assert render(EDITION) == render(EDITION)


@pytest.mark.parametrize("syntax", ["rss", "atom"])
@pytest.mark.parametrize("made", [EDITION, EMPTY, LIVELY, VOLUME], ids=["awkward", "empty", "lively", "archive"])
def test_entries_that_were_made_once_are_to_the_byte_what_feedgen_makes_of_the_whole(
    made: Edition | Volume, syntax: Syntax
) -> None:
    spliced = {"rss": rss, "atom": atom}[syntax](made)
    assert spliced == whole(head_of(made, f"{syntax}.xml"), syntax)


@pytest.mark.parametrize("render", [rss, atom])
def test_feedparser_finds_nothing_wrong_and_every_item(render: Callable[[Edition], bytes]) -> None:
    feed = feedparser.parse(render(EDITION))
    assert not feed.bozo
    assert feed.feed.title == "Kommunområdet Mariestad – Nyheter på prov"
    assert feed.feed.link == "https://prov.example/flode/vastra-gotaland/mariestad/"
    assert [entry.id for entry in feed.entries] == [article.id for article in EDITION.articles]
    assert [entry.link for entry in feed.entries] == [article.url for article in EDITION.articles]
    assert [moment(entry.published_parsed) for entry in feed.entries] == [each.published for each in EDITION.articles]


def moment(parts: struct_time) -> datetime:
    return datetime(*parts[:6], tzinfo=UTC)


def test_atom_titles_come_through_to_the_letter() -> None:
    assert [title.text for title in etree.fromstring(atom(EDITION)).iterfind("{*}entry/{*}title")] == TITLES


def test_in_rss_nothing_in_a_title_or_an_ingress_looks_like_a_tag() -> None:
    root = etree.fromstring(rss(EDITION))
    for element in (*root.iterfind("channel/item/title"), *root.iterfind("channel/item/description")):
        assert not any(f"<{letter}" in (element.text or "") for letter in "bs/")


@pytest.mark.parametrize("render", [rss, atom])
def test_every_item_credits_its_actor_where_readers_see_it(render: Callable[[Edition], bytes]) -> None:
    for entry in feedparser.parse(render(EDITION)).entries:
        assert entry.content[0].value.endswith('<p>Källa: <a href="https://cykel.example/">Cykelvännerna</a></p>')
        assert entry.source.title == "Cykelvännerna"


def test_an_authors_name_needs_no_address_to_be_told() -> None:
    for render in (rss, atom):
        authors = [[author.name for author in entry.authors] for entry in feedparser.parse(render(EDITION)).entries]
        assert authors[4] == ["Åsa Öberg", "Örjan"]
        assert authors[5] == ["Cykelvännerna"]


def test_categories_are_names_and_in_rss_nothing_but_names() -> None:
    root = etree.fromstring(rss(EDITION))
    assert not root.findall("channel/item/category[@domain]")
    names = [category.text for category in root.findall("channel/item")[2].iterfind("category")]
    assert names == ["Mariestad", "Västra Götalands län", "Evenemang", "Cykling"]


def test_dates_are_swedish_time_across_the_change_to_winter() -> None:
    dates = [element.text for element in etree.fromstring(rss(EDITION)).iterfind("channel/item/pubDate")]
    assert dates[0] == "Tue, 24 Nov 2026 13:00:00 +0100"
    assert dates[-1] == "Sun, 29 Mar 2026 00:00:00 +0100"


def test_an_item_that_came_in_late_says_when_for_newsrooms_that_skip_what_is_old() -> None:
    items = etree.fromstring(rss(EDITION)).findall("channel/item")
    assert items[4].findtext("{http://www.w3.org/2005/Atom}updated") == "2026-11-24T13:00:00+01:00"
    assert items[-1].find("{http://www.w3.org/2005/Atom}updated") is None


def test_a_picture_of_known_size_is_enclosed_and_one_of_unknown_size_only_shown() -> None:
    items = {item.findtext("title"): item for item in etree.fromstring(rss(EDITION)).iterfind("channel/item")}
    media = "{http://search.yahoo.com/mrss/}content"
    assert items["Med bild"].find("enclosure").attrib == {
        "url": "https://cykel.example/b.jpg?a=1&b=2",
        "length": "48213",
        "type": "image/jpeg",
    }
    assert items["Med bild"].find(media).get("fileSize") == "48213"
    assert items["Bild av okänd storlek"].find("enclosure") is None
    assert items["Bild av okänd storlek"].find(media).attrib == {
        "url": "https://cykel.example/c.webp",
        "medium": "image",
    }


def test_the_channels_link_is_its_page_and_its_self_link_its_own_address() -> None:
    channel = etree.fromstring(rss(EDITION)).find("channel")
    assert channel.findtext("link") == "https://prov.example/flode/vastra-gotaland/mariestad/"
    links = channel.findall("{http://www.w3.org/2005/Atom}link")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", "https://prov.example/flode/vastra-gotaland/mariestad/rss.xml")
    ]


def test_in_atom_the_page_comes_before_the_newsfeed_and_before_the_source() -> None:
    root = etree.fromstring(atom(EDITION))
    assert root.find("{*}link").get("rel") == "alternate"
    for entry in root.iterfind("{*}entry"):
        names = [etree.QName(child).localname for child in entry]
        assert names.index("link") < names.index("source")
        assert entry.find("{*}link").get("href").startswith("https://cykel.example/")


@needs_newsboat
@pytest.mark.parametrize("render", [rss, atom])
def test_newsboat_shows_every_item(tmp_path: Path, render: Callable[[Edition], bytes]) -> None:
    (tmp_path / "feed.xml").write_bytes(render(EDITION))
    found = sorted((id, link, seconds) for id, link, _, seconds in in_newsboat(tmp_path / "feed.xml"))
    assert found == sorted(
        (article.id, article.url, int(article.published.timestamp())) for article in EDITION.articles
    )


@needs_sfeed
@pytest.mark.parametrize("render", [rss, atom])
def test_sfeed_takes_the_articles_own_address(tmp_path: Path, render: Callable[[Edition], bytes]) -> None:
    (tmp_path / "feed.xml").write_bytes(render(EDITION))
    assert [(id, link, seconds) for id, link, _, seconds in in_sfeed(tmp_path / "feed.xml")] == [
        (article.id, article.url, int(article.published.timestamp())) for article in EDITION.articles
    ]


def test_opml_lists_newsfeeds_with_their_pages() -> None:
    body = etree.fromstring(opml(SITE, "Alla", [MARIESTAD]))
    assert body.findtext("head/title") == "Alla"
    assert body.find("body/outline").attrib == {
        "type": "rss",
        "text": "Kommunområdet Mariestad",
        "title": "Kommunområdet Mariestad – Nyheter på prov",
        "xmlUrl": "https://prov.example/flode/vastra-gotaland/mariestad/rss.xml",
        "htmlUrl": "https://prov.example/flode/vastra-gotaland/mariestad/",
        "language": "sv",
    }


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({}, []),
        ({"event": Event(NOON)}, ["Evenemang"]),
        ({"kind": "share"}, ["Delning"]),
        ({"kind": "notes"}, ["Mötesanteckningar"]),
        ({"kind": "course", "event": Event(NOON)}, ["Evenemang", "Kurs eller utlysning"]),
    ],
)
def test_what_an_item_is_stands_among_its_categories(told: dict[str, Any], kinds: list[str]) -> None:
    made = an_article(places=(), categories=(), **told)
    edition = edition_of(SITE, MARIESTAD, [made], NOON.date())
    assert etree.fromstring(rss(edition)).xpath("channel/item/category/text()") == kinds


def test_rights_of_a_source_stand_with_its_items() -> None:
    edition = edition_of(SITE, MARIESTAD, [an_article(1), an_article(2, rights="CC BY 4.0")], NOON.date())
    root = etree.fromstring(atom(edition))
    assert root.findtext("{*}rights") == "Länka gärna."
    assert [entry.findtext("{*}rights") for entry in root.iterfind("{*}entry")].count("CC BY 4.0") == 1


@pytest.mark.parametrize("render", [rss, atom])
def test_a_story_that_several_told_credits_them_all(render: Callable[[Edition], bytes]) -> None:
    entry = next(each for each in feedparser.parse(render(LIVELY)).entries if each.id == TOLD_BY_MANY.id)
    assert entry.content[0].value.endswith(
        '<p>Källa: <a href="https://cykel.example/">Tåg &amp; Co</a>, även hos '
        '<a href="https://orjan.example/upprop?a=1&amp;b=2">Örjans vänner</a>, Naturen</p>'
    )


def test_in_atom_an_items_page_with_us_is_related_unless_that_is_all_there_is() -> None:
    entries = {entry.findtext("{*}id"): entry for entry in etree.fromstring(atom(LIVELY)).iterfind("{*}entry")}
    links = [(link.get("rel"), link.get("href")) for link in entries[TOLD_BY_MANY.id].iterfind("{*}link")]
    assert links == [
        ("alternate", "https://cykel.example/9"),
        ("related", "https://prov.example/flode/nyhet/9/"),
    ]
    assert [link.get("rel") for link in entries[ONLY_WITH_US.id].iterfind("{*}link")] == ["alternate"]


def relations(document: bytes) -> dict[str, str]:
    root = etree.fromstring(document)
    head = root.find("channel") if root.tag == "rss" else root
    return {link.get("rel"): link.get("href") for link in head.iterfind(f"{ATOM}link")}


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_newsfeed_leads_back_in_time_month_by_month(name: str) -> None:
    render = {"rss": rss, "atom": atom}[name]
    home = "https://prov.example/flode/vastra-gotaland"
    assert relations(render(LIVELY))["prev-archive"] == f"{home}/arkiv/2026-11/{name}.xml"
    links = relations(render(VOLUME))
    assert {rel: href for rel, href in links.items() if rel != "alternate"} == {
        "self": f"{home}/arkiv/2026-10/{name}.xml",
        "current": f"{home}/{name}.xml",
        "prev-archive": f"{home}/arkiv/2026-03/{name}.xml",
        "next-archive": f"{home}/arkiv/2026-11/{name}.xml",
    }
    assert render(VOLUME).count(b"<fh:archive/>") == 1
    assert b"fh:archive" not in render(LIVELY)
    assert "prev-archive" not in relations(render(EDITION))


def test_a_month_has_the_id_of_its_newsfeed_and_its_items_theirs() -> None:
    current, archive = (etree.fromstring(atom(made)) for made in (LIVELY, VOLUME))
    assert current.findtext("{*}id") == archive.findtext("{*}id")
    ids = {entry.findtext("{*}id") for entry in archive.iterfind("{*}entry")}
    assert ids <= {entry.findtext("{*}id") for entry in current.iterfind("{*}entry")}


@pytest.mark.parametrize("render", [rss, atom])
def test_the_hub_is_named_where_there_is_one(render: Callable[[Edition], bytes]) -> None:
    assert relations(render(LIVELY))["hub"] == "https://hub.example/"
    assert "hub" not in relations(render(EDITION))


def test_in_atom_what_was_taken_back_has_a_tombstone() -> None:
    [stone] = etree.fromstring(atom(LIVELY)).iterfind("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert dict(stone.attrib) == {"ref": WITHDRAWN.id, "when": "2026-11-24T14:00:00+01:00"}
    assert WITHDRAWN.id not in rss(LIVELY).decode()


def test_what_is_taken_back_makes_the_newsfeed_newer() -> None:
    assert etree.fromstring(atom(LIVELY)).find("{*}updated").text == "2026-11-24T14:00:00+01:00"


def test_superdesk_skips_nothing_that_came_in_later() -> None:
    """It skips for good what is not newer than the newest that it has seen, by `updated`, else by the date."""
    items = etree.fromstring(rss(LIVELY)).findall("channel/item")
    for item, article in zip(items, LIVELY.articles, strict=True):
        told = item.findtext(f"{ATOM}updated")
        version = datetime.fromisoformat(told) if told else article.published
        assert version >= article.entered or article.updated <= article.published
        assert version == max(article.updated, article.published)


def test_superdesk_meets_a_corrected_item_under_the_id_and_the_link_that_it_had() -> None:
    """It makes its own id of the link's host and our id."""
    later = TOLD_BY_MANY.updated + timedelta(hours=3)
    again = replace(TOLD_BY_MANY, title="Nytt namn", updated=later, corrected=later)
    articles = tuple(again if each is TOLD_BY_MANY else each for each in LIVELY.articles)
    before, after = (
        [(item.findtext("guid"), item.findtext("link")) for item in etree.fromstring(rss(each)).iter("item")]
        for each in (LIVELY, replace(LIVELY, articles=articles))
    )
    assert before == after
