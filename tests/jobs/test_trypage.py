"""Trying a page out: the entries that it would give, and lines for feeds.toml that give just these."""

import pytest
from conftest import REPOSITORY, Configured, Site
from jobs.test_tryout import try_out
from made import NOON

from aggregator.config import Config
from aggregator.jobs import Trial
from aggregator.model import Document, Entry

DOCUMENTS = REPOSITORY / "tests" / "documents" / "page"


def entries_by(config: Config, content: bytes) -> tuple[Entry, ...]:
    [source] = config.sources.values()
    return source.read(Document(source.location, content, at=NOON)).entries


def filled_in(trial: Trial) -> str:
    return trial.toml.replace('area     = ""', 'area     = "Hjo"').replace(
        'homepage = ""', 'homepage = "https://prov.example/"'
    )


@pytest.mark.parametrize("name", ["sitevision", "wix", "table", "hand-written", "json-ld-news", "h-feed"])
def test_the_lines_for_feeds_toml_give_the_entries_that_were_shown(
    site: Site, configured: Configured, name: str
) -> None:
    content = (DOCUMENTS / f"{name}.html").read_bytes()
    trial = try_out(site.says("/nyheter", content))
    assert trial.kind == "page"
    assert trial.entries
    assert entries_by(configured(filled_in(trial)), content) == trial.entries


def test_a_page_that_declares_its_news_needs_one_line(site: Site) -> None:
    trial = try_out(site.says("/nyheter", (DOCUMENTS / "joomla.html").read_bytes()))
    assert trial.warnings == ("this is a web page, and no newsfeed of news was found on its site",)
    assert trial.toml.endswith(f'\npage     = "{site.url}/nyheter"')
    assert "select" not in trial.toml


def test_a_guess_says_that_it_is_one(site: Site) -> None:
    trial = try_out(site.says("/nyheter", (DOCUMENTS / "umbraco.html").read_bytes()))
    assert trial.warnings == (
        "this is a web page, and no newsfeed of news was found on its site",
        "the selectors below are guessed; compare the entries with the page",
    )
    assert 'select = { item = "div.news-item", title = "h2", link = "h2 a", date = "small"' in trial.toml


def test_a_page_that_programs_may_not_read_is_shown_and_says_so(site: Site) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /")
    trial = try_out(site.says("/nyheter", (DOCUMENTS / "joomla.html").read_bytes()))
    assert len(trial.entries) == 2
    assert trial.warnings[1].startswith("it could be looked at now, but not read as a source: it may not be read by")


def test_a_news_sitemap_is_a_page_too(site: Site) -> None:
    trial = try_out(site.says("/nyheter.xml", (DOCUMENTS / "news-sitemap.xml").read_bytes()))
    assert (trial.kind, len(trial.entries), trial.warnings[0]) == ("page", 2, "this is a sitemap")
    declined = try_out(site.says("/sitemap.xml", (DOCUMENTS / "plain-sitemap.xml").read_bytes()))
    assert declined.entries == ()
    assert "tells addresses only, no titles" in declined.warnings[1]
