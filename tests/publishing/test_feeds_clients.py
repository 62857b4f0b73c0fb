"""Newsfeeds as real programs take them: newsrooms' systems, readers and the libraries that they are made of."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from awkward import EDITION, LIVELY, VOLUME
from made import MARIESTAD, SITE
from readers import in_node, in_rome, in_wordpress, needs_node, needs_rome, needs_wordpress

from aggregator.model import Article, Edition, Volume
from aggregator.publishing.feeds import atom, json_feed, opml, rss

MADE = [EDITION, LIVELY, VOLUME]
IDS = ["awkward", "lively", "archive"]
Render = Callable[[Edition | Volume], bytes]


def seconds(article: Article) -> int:
    return int(article.published.timestamp())


def enclosed(article: Article) -> str:
    return article.image.url if article.image and article.image.length else ""


def categories(article: Article) -> list[str]:
    kind = ["Evenemang"] if article.event else []
    return [*(place.name for place in article.places), *kind, *article.categories]


def credited(content: str, article: Article) -> bool:
    return f'Källa: <a href="{article.actor_url}">{article.actor.replace("&", "&amp;")}</a>' in content or (
        not article.actor_url and f"Källa: {article.actor}" in content
    )


@needs_node
@pytest.mark.parametrize("made", MADE, ids=IDS)
@pytest.mark.parametrize("render", [rss, atom])
def test_rss_parser_has_every_item_with_its_date_and_credit(tmp_path: Path, made: Edition, render: Render) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(render(made))
    found = in_node("rss-parser", path)
    assert [(item["id"], item["link"]) for item in found] == [(each.id, each.url) for each in made.articles]
    dates = [datetime.fromisoformat(item["date"]).astimezone(UTC) for item in found]
    assert dates == [article.published for article in made.articles]
    assert all(credited(item["content"], article) for item, article in zip(found, made.articles, strict=True))
    assert [item["creator"] for item in found] == [(each.authors or (each.actor,))[0] for each in made.articles]
    # It reads neither of Atom's.
    if render is rss:
        assert [item["categories"] for item in found] == [categories(article) for article in made.articles]
        assert [item["enclosure"] for item in found] == [enclosed(article) for article in made.articles]


@needs_rome
@pytest.mark.parametrize("made", MADE, ids=IDS)
@pytest.mark.parametrize("render", [rss, atom])
def test_rome_has_every_item_with_its_date_categories_and_enclosure(
    tmp_path: Path, made: Edition, render: Render
) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(render(made))
    found = in_rome(path)
    assert [(row[0], row[1], int(row[3])) for row in found] == [(a.id, a.url, seconds(a)) for a in made.articles]
    assert [row[4] for row in found] == ["|".join(categories(article)) for article in made.articles]
    assert [row[5] for row in found] == [enclosed(article) for article in made.articles]


@needs_wordpress
@pytest.mark.parametrize("made", MADE, ids=IDS)
@pytest.mark.parametrize("render", [rss, atom])
def test_wordpress_takes_the_page_for_the_site_and_every_item_with_its_credit(
    tmp_path: Path, made: Edition, render: Render
) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(render(made))
    found = in_wordpress(path)
    folder = "arkiv/2026-10/" if isinstance(made, Volume) else ""
    assert found["link"] == made.address(folder)
    items = found["items"]
    assert [(each["id"], each["link"], each["date"]) for each in items] == [
        (article.id, article.url, seconds(article)) for article in made.articles
    ]
    assert [each["categories"] for each in items] == [categories(article) for article in made.articles]
    assert all("Källa: " in each["content"] for each in items)
    shown = {each["id"]: each["enclosure"] for each in items}
    assert all(shown[article.id] == article.image.url for article in made.articles if article.image)


@needs_node
@pytest.mark.parametrize("made", MADE, ids=IDS)
def test_feedsmith_reads_rss_with_sources_dates_and_media(tmp_path: Path, made: Edition) -> None:
    path = tmp_path / "rss.xml"
    path.write_bytes(rss(made))
    found = in_node("feedsmith", path)
    assert found["format"] == "rss"
    assert [(item["guid"], item["title"] != "") for item in found["items"]] == [
        ({"value": article.id, "isPermaLink": False}, True) for article in made.articles
    ]
    assert [item["source"]["title"] for item in found["items"]] == [article.actor for article in made.articles]
    assert [item["dc"]["creators"] for item in found["items"]] == [
        list(article.authors or (article.actor,)) for article in made.articles
    ]
    assert found["feed"]["sy"] == {"updatePeriod": "hourly", "updateFrequency": 1}
    assert found["links"][0]["rel"] == "self"


@needs_node
@pytest.mark.parametrize("made", MADE, ids=IDS)
def test_feedsmith_reads_atom_with_the_page_before_all_other_links(tmp_path: Path, made: Edition) -> None:
    path = tmp_path / "atom.xml"
    path.write_bytes(atom(made))
    found = in_node("feedsmith", path)
    assert found["format"] == "atom"
    assert [item["id"] for item in found["items"]] == [article.id for article in made.articles]
    assert [item["links"][0] for item in found["items"]] == [
        {"href": article.url, "rel": "alternate", "type": "text/html"} for article in made.articles
    ]
    assert [item["source"]["title"]["value"] for item in found["items"]] == [each.actor for each in made.articles]


@needs_node
@pytest.mark.parametrize("made", [EDITION, LIVELY], ids=IDS[:2])
def test_feedsmith_reads_json_feed(tmp_path: Path, made: Edition) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(json_feed(made))
    found = in_node("feedsmith", path)
    assert found["format"] == "json"
    assert [(item["id"], item["url"], item["title"]) for item in found["items"]] == [
        (article.id, article.url, article.title) for article in made.articles
    ]
    assert [item["tags"] for item in found["items"]] == [
        list(dict.fromkeys(categories(article))) for article in made.articles
    ]


@needs_node
def test_feedsmith_reads_the_list_of_newsfeeds(tmp_path: Path) -> None:
    path = tmp_path / "floden.opml"
    path.write_bytes(opml(SITE, "Alla", [MARIESTAD]))
    [outline] = in_node("opml", path)
    assert outline["xmlUrl"] == "https://prov.example/flode/vastra-gotaland/mariestad/rss.xml"
    assert (outline["type"], outline["text"]) == ("rss", "Kommunområdet Mariestad")
