"""Trying an address out: what it is, and what would come of it."""

import asyncio
import tomllib
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from conftest import NOON, REPOSITORY, Site

from aggregator import jobs
from aggregator.errors import FetchError
from aggregator.jobs import Trial
from aggregator.model import Manners

MANNERS = Manners("test", gap=timedelta(0), private_networks=(ip_network("127.0.0.0/8"),))


def try_out(location: str) -> Trial:
    return asyncio.run(jobs.try_out(location, MANNERS))


def test_a_newsfeed_is_shown_with_ready_lines_for_feeds_toml(site: Site) -> None:
    address = site.says(
        "/feed", '<rss version="2.0"><channel><title>Åsas "blogg"</title><item><title>A</title></item></channel></rss>'
    )
    trial = try_out(address)
    assert (trial.kind, trial.title, [entry.title for entry in trial.entries]) == ("feed", 'Åsas "blogg"', ["A"])
    [(id, actor)] = tomllib.loads(trial.toml)["actor"].items()
    assert (id, actor["name"], actor["feed"]) == ("asas-blogg", 'Åsas "blogg"', address)
    assert trial.warnings == ("1 of 1 entries have no date that can be read",)


RSS = (
    '<rss version="2.0"><channel><title>Byn | RSS</title><item><title>Nytt</title><guid>1</guid></item></channel></rss>'
)
COMMENTS = RSS.replace("Byn | RSS", "Kommentarer för Byn")


def named(*paths: str) -> str:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths)
    return f"<!doctype html><html><head><title>Byn</title>{links}</head></html>"


def test_a_page_gives_the_entries_of_the_newsfeed_that_it_names_and_lines_to_read_it(site: Site) -> None:
    site.says("/feed/", RSS)
    trial = try_out(site.says("/", named("/feed/")))
    assert (trial.kind, [entry.title for entry in trial.entries]) == ("page", ["Nytt"])
    assert trial.warnings[0] == f"this is a web page; it names these newsfeeds: {site.url}/feed/"
    [(id, actor)] = tomllib.loads(trial.toml)["actor"].items()
    assert (id, actor["name"], actor["homepage"]) == ("byn", "Byn", f"{site.url}/")
    assert (actor["feed"], trial.source) == (f"{site.url}/feed/",) * 2


def test_a_newsfeed_that_a_page_names_but_that_is_not_there_is_told(site: Site) -> None:
    trial = try_out(site.says("/", named("/borta/")))
    assert f"it names a newsfeed that cannot be read: {site.url}/borta/: answers 404 (Not Found)" in trial.warnings


def test_comments_are_taken_last_and_looked_beyond(site: Site) -> None:
    site.says("/nytt", COMMENTS)
    site.says("/feed/", RSS)
    trial = try_out(site.says("/", named("/nytt")))
    assert trial.source == f"{site.url}/feed/"


def test_a_site_that_names_none_is_asked_where_its_content_system_keeps_it(site: Site) -> None:
    site.says("/blog-feed.xml", RSS)
    trial = try_out(site.says("/", '<html><meta name="generator" content="Wix.com"></html>'))
    assert trial.source == f"{site.url}/blog-feed.xml"
    assert "its site has, without naming them, these newsfeeds" in trial.warnings[0]
    assert [path for path, _ in site.asked] == ["/", "/robots.txt", "/blog-feed.xml"]


def test_what_robots_txt_closes_is_not_guessed_at_but_what_the_site_names_is_read(site: Site) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /")
    site.says("/feed/", RSS)
    assert try_out(site.says("/", "<html></html>")).source == ""
    assert "/feed/" not in [path for path, _ in site.asked]
    assert try_out(site.says("/", named("/feed/"))).source == f"{site.url}/feed/"


def test_a_site_without_newsfeeds_is_asked_eight_times_at_most_and_told_of(site: Site) -> None:
    trial = try_out(site.says("/", named(*"abcdef") + "<script src='/wp-content/x.js'></script>"))
    assert trial.entries == ()
    told = "this is a web page (made with WordPress), and no newsfeed of news was found on its site"
    assert trial.warnings[0] == told
    assert len([path for path, _ in site.asked if path != "/robots.txt"]) <= 8


def test_a_page_without_newsfeeds_says_so_and_what_was_looked_for(site: Site) -> None:
    named, read = try_out(site.says("/", "<html><p>Hej</p></html>")).warnings
    assert named == "this is a web page, and no newsfeed of news was found on its site"
    assert read.startswith("it is a web page that declares no news that we can read: looked for JSON-LD")
    assert read.endswith("nor does anything on it look like a list of news")


def test_the_calendars_that_a_page_names_are_told(site: Site) -> None:
    trial = try_out(site.says("/", '<html><a href="/alla.ics">Prenumerera</a></html>'))
    assert f"it names these calendars: {site.url}/alla.ics" in trial.warnings


def test_a_page_of_facebook_is_not_asked_but_imported() -> None:
    trial = try_out("https://www.facebook.com/cykelvannerna")
    assert (trial.kind, trial.entries) == ("export", ())
    assert "imported from its export" in trial.warnings[0]
    assert 'export    = "store/inbox/AKTÖR/"' in trial.toml


def test_what_is_neither_is_unknown(site: Site) -> None:
    trial = try_out(site.says("/", b"\x89PNG"))
    assert trial.kind == "unknown"
    assert "is neither RSS, Atom nor JSON Feed" in trial.warnings[0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"PK\x03\x04", "export"), (b"", "unknown")],
)
def test_what_cannot_be_read_yet_is_called_by_its_name(site: Site, content: bytes, kind: str) -> None:
    trial = try_out(site.says("/x", content))
    assert (trial.kind, trial.entries, len(trial.warnings)) == (kind, (), 1)


def test_an_address_that_leads_elsewhere_is_told(site: Site) -> None:
    site.says("/new", '<rss version="2.0"><channel><item><title>A</title></item></channel></rss>')
    trial = try_out(site.says("/old", status=301, Location="/new"))
    assert f"the address leads to {site.url}/new" in trial.warnings


def test_what_cannot_be_fetched_is_named(site: Site) -> None:
    with pytest.raises(FetchError, match=r"answers 404 \(Not Found\)"):
        try_out(f"{site.url}/nothing")


EXAMPLES = sorted(path for path in (REPOSITORY / "examples").iterdir() if path.is_file() and path.suffix != ".md")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_a_newsfeed_whose_entries_have_titles_and_links(path: Path) -> None:
    trial = try_out(str(path))
    assert trial.kind == "feed"
    assert trial.entries
    for entry in trial.entries:
        assert entry.title
        assert entry.url.startswith("https://")
        assert "<script" not in entry.html


SAMPLES = REPOSITORY.parent / "shared" / "samples" / "feeds"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples of real newsfeeds are not beside this checkout")
def test_real_newsfeeds_give_entries_with_titles_links_and_mostly_dates() -> None:
    trials = {path.name: try_out(str(path)) for path in sorted(SAMPLES.glob("*.xml"))}
    broken = [name for name, trial in trials.items() if not trial.entries]
    assert len(broken) <= 1, "one of them is so broken that no reader takes it"
    entries = [entry for trial in trials.values() for entry in trial.entries]
    assert all(entry.title for entry in entries)
    assert sum(bool(entry.url) for entry in entries) >= 0.99 * len(entries)
    assert sum(entry.published is not None or entry.updated is not None for entry in entries) >= 0.97 * len(entries)


def test_a_calendar_is_shown_with_ready_lines_for_feeds_toml(site: Site) -> None:
    events = (
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bytardag\r\nDTSTART:20261212T120000Z\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Trasig\r\nDTSTART:fel\r\nEND:VEVENT\r\n"
    )
    content = f"\ufeffBEGIN:VCALENDAR\r\nX-WR-CALNAME:Vår kalender\r\n{events}END:VCALENDAR\r\n"
    address = site.says("/k.ics", content)
    trial = asyncio.run(jobs.try_out(address, MANNERS, NOON))
    assert (trial.kind, trial.title, [entry.title for entry in trial.entries]) == (
        "calendar",
        "Vår kalender",
        ["Bytardag"],
    )
    assert trial.warnings == ('event 2 ("Trasig") has no time that can be read, and was passed over',)
    [actor] = tomllib.loads(trial.toml)["actor"].values()
    assert (actor["name"], actor["calendar"]) == ("Vår kalender", address)
    assert "feed" not in actor


def test_a_calendar_without_coming_events_says_so(site: Site) -> None:
    trial = asyncio.run(jobs.try_out(site.says("/k.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR"), MANNERS, NOON))
    assert (trial.kind, trial.warnings) == ("calendar", ("the calendar has no coming events",))
