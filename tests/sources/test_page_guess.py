"""The selectors that `try` proposes for pages that declare nothing."""

import pytest
from made import NOON
from sources.test_page import DOCUMENTS, PAGE, page

from aggregator.model import Document
from aggregator.sources import Proposal, proposed


def proposal_for(content: bytes | str) -> Proposal:
    return proposed(Document(PAGE, content.encode() if isinstance(content, str) else content, at=NOON))


@pytest.mark.parametrize(
    ("name", "item", "titles", "days"),
    [
        ("wordpress-block.html", "li.wp-block-post", ["Potatisen är i jorden – trots frosten", "Kurs i kompost"], 3),
        ("sitevision.html", "li.sv-channel-item", ["Laddstolpar vid badhuset", "Ny klimatstrateg på plats"], 4),
        ("optimizely.html", "div.newsblock", ["Fjärrvärmen byggs ut till Söder", "Elnätet klarar vintern"], 3),
        ("wix.html", "div.blog-post-item", ["Vattenkraften byggs om", "Så delar vi på elpriset"], 3),
        ("drupal.html", "div.views-row", ["Slåtter för hand på Kvarnängen", "Kvarnen mal igen"], 3),
        ("umbraco.html", "div.news-item", ["Soffor får nytt tyg", "Loppis hela helgen"], 3),
        ("hand-written.html", "body > h3", ["2026-11-03 Bryggan är lagad", "2026-10-18 Höstmöte"], 4),
        ("hand-written-list.html", "#innehall > ul > li", ["Slungan är till låns för alla medlemmar"], 4),
        ("table.html", "table.nyheter > tr:has(a)", ["Fiber till sista huset", "Grannsamverkan mot stölder"], 3),
        ("without-years.html", "div.anslag > section", ["Tvättstugan är öppen igen"], 3),
    ],
)
def test_a_list_of_news_is_found_among_menus_and_footers(name, item, titles, days):
    proposal = proposal_for((DOCUMENTS / name).read_bytes())
    assert proposal.select is not None
    assert proposal.select.item == item
    entries = proposal.reading.entries
    assert [entry.title for entry in entries][: len(titles)] == titles
    assert len(entries) == sum(bool(entry.published) for entry in entries) == days
    assert all(entry.url for entry in entries)


@pytest.mark.parametrize(
    ("name", "selectors"),
    [
        ("sitevision.html", {"title": "a", "date": "span.lk-newslist__date", "summary": "p.lk-newslist__ingress"}),
        ("wordpress-block.html", {"title": "h2", "link": "h2 a", "date": "time"}),
        ("optimizely.html", {"title": "h3", "date": "span.news-card__date", "summary": "p"}),
        ("wix.html", {"date": "span.post-metadata__date", "summary": "[data-hook='post-description']"}),
    ],
)
def test_the_parts_are_named_by_what_they_are_called(name, selectors):
    select = proposal_for((DOCUMENTS / name).read_bytes()).select
    assert select is not None
    assert {key: getattr(select, key) for key in selectors} == selectors


@pytest.mark.parametrize(
    "name",
    "json-ld-news.html json-ld-events.html h-feed.html wordpress-hatom.html joomla.html squarespace.html "
    "hcalendar.html news-sitemap.xml".split(),
)
def test_a_page_that_declares_enough_needs_no_selectors(name):
    proposal = proposal_for((DOCUMENTS / name).read_bytes())
    assert proposal.select is None
    assert len(proposal.reading.entries) >= 2


MENU = "".join(f'<li><a href="/sida/{n}">En sida om något annat {n}</a></li>' for n in range(9))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Hej</p>",
        f"<nav><ul>{MENU}</ul></nav><p>Välkommen till oss.</p>",
        f"<div class=meny><ul>{MENU}</ul></div><p>Välkommen till oss.</p>",
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>",
        "<h2>Om oss</h2><p>Vi är en förening.</p><h2>Kontakt</h2><p>Ring Bosse.</p>",
    ],
)
def test_where_nothing_looks_like_news_nothing_is_proposed(body):
    proposal = proposal_for(page(body))
    assert (proposal.select, proposal.reading.entries) == (None, ())
    assert "declares no news" in proposal.problem
