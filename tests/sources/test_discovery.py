"""Where the newsfeeds of a site are, from what its pages say and show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Document
from aggregator.sources import (
    Lead,
    is_closed,
    is_of_comments,
    is_page,
    leads_guessed_for,
    leads_named_in,
    made_with,
    title_of,
)

HOME = "https://prov.example/"

PAGE = """<!DOCTYPE html>
<html lang="sv"><head>
<base href="https://annan.example/">
<title>Prov</title>
<link rel="alternate" type="application/rss+xml" title="Prov » Kommentarsflöde" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Nyheter &amp; mer" href="/feed/">
<link rel="alternate home" type="application/atom+xml" href="https://prov.example/atom.xml?utm_source=sida">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml">
<link rel="alternate" type="text/calendar" title="Kalender" href="/kalender/?ical=1">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="stylesheet" type="application/rss+xml" href="/stil.css">
</head><body><p>Hej</body></html>"""


def page(content: str, location: str = HOME, links: str = "") -> Document:
    return Document(location, content.encode(), links=links)


def addresses(leads: list[Lead]) -> list[str]:
    return [lead.address for lead in leads]


def test_a_page_names_its_newsfeeds_and_calendars_its_news_first_and_comments_after_them() -> None:
    assert leads_named_in(page(PAGE, f"{HOME}om/")) == [
        Lead("https://prov.example/feed/", title="Nyheter & mer"),
        Lead("https://prov.example/atom.xml"),
        Lead("https://prov.example/om/feed.json"),
        Lead("https://prov.example/comments/feed/", title="Prov » Kommentarsflöde"),
        Lead("https://prov.example/kalender/?ical=1", "calendar", "Kalender"),
    ]


def test_the_header_names_them_as_well() -> None:
    header = (
        '<https://prov.example/wp-json/>; rel="https://api.w.org/", '
        '</nyheter.rss>; rel="alternate"; type="application/rss+xml"; title="Nytt, och gammalt", '
        "<kalender.ics>; rel=alternate; type=text/calendar"
    )
    assert leads_named_in(page("<html></html>", links=header)) == [
        Lead("https://prov.example/nyheter.rss", title="Nytt, och gammalt"),
        Lead("https://prov.example/kalender.ics", "calendar"),
    ]


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("/rss", "feed"),
        ("/rss/", "feed"),
        ("/nyheter.rss", "feed"),
        ("/nyheter/rss.xml", "feed"),
        ("/?feed=rss2", "feed"),
        ("/nyheter?format=rss", "feed"),
        (
            "/4.165e7fd617085b4a5fc104c1/12.165e7fd617085b4a5fc104c9.portlet?state=rss&amp;sv.contenttype=text/xml",
            "feed",
        ),
        ("/kalender.ics", "calendar"),
        ("webcal://prov.example/alla.ics", "calendar"),
        ("https://calendar.google.com/calendar/ical/x%40group.calendar.google.com/public/basic.ics", "calendar"),
        ("/om-rss-floden", None),
        ("/feedback", None),
        ("/pressrum", None),
        ("/atomkraft", None),
        ("mailto:rss@prov.example", None),
        ("#rss", None),
    ],
)
def test_a_plain_link_that_looks_like_one_is_one(href: str, kind: str | None) -> None:
    leads = leads_named_in(page(f'<html><a href="{href}">Prenumerera</a></html>'))
    assert [lead.kind for lead in leads] == ([kind] if kind else [])
    assert all(lead.address.startswith("https://") for lead in leads)


def test_newsfeeds_of_others_come_after_the_sites_own() -> None:
    leads = leads_named_in(page('<a href="https://annan.example/nyheter/rss">x</a><a href="/djupt/ner/i/rss">y</a>'))
    assert addresses(leads) == ["https://prov.example/djupt/ner/i/rss", "https://annan.example/nyheter/rss"]


@pytest.mark.parametrize(
    ("trace", "system", "first"),
    [
        ('<script src="/wp-includes/js/x.js">', "WordPress", "https://prov.example/feed/"),
        ('<meta name="generator" content="WordPress 6.8">', "WordPress", "https://prov.example/feed/"),
        ('<script src="https://static1.squarespace.com/x.js"></script><a href="/blogg">B</a>', "Squarespace", "https://prov.example/blogg?format=rss"),
        ('<meta name="generator" content="Wix.com Website Builder">', "Wix", "https://prov.example/blog-feed.xml"),
        ('<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">', "Drupal", "https://prov.example/rss.xml"),
        ('<meta name="generator" content="Joomla! - Open Source">', "Joomla", "https://prov.example/?format=feed&type=rss"),
        ('<meta name="generator" content="Ghost 5.2">', "Ghost", "https://prov.example/rss/"),
        ('<meta name="generator" content="Hugo 0.125.0">', "Hugo", "https://prov.example/index.xml"),
        ("<meta content='blogger' name='generator'/><a href='https://www.blogger.com/x'>", "Blogger", "https://prov.example/feeds/posts/default"),
        ('<link href="/globalassets/stil.css"><a href="/nyheter/">N</a>', "Optimizely", "https://prov.example/nyheter/rss"),
        ('<script src="/umbraco/x.js"></script>', "Umbraco", "https://prov.example/rss"),
        ("<p>Inget</p>", "", "https://prov.example/feed/"),
    ],
)  # fmt: skip
def test_what_a_site_was_made_with_tells_where_its_newsfeed_usually_is(trace: str, system: str, first: str) -> None:
    document = page(f"<html><head>{trace}</head></html>")
    assert made_with(document) == system
    assert addresses(leads_guessed_for(document))[0] == first


def test_an_archive_of_sitevision_is_a_newsfeed_at_an_address_made_of_two_ids() -> None:
    document = page(
        '<html><script>var x = {"pageId":"4.165e7fd617085b4a5fc104c1"}</script>'
        '<div class="sv-text-portlet sv-portlet" id="svid12_1111111111111111"></div>'
        '<div class="sv-archive-portlet sv-portlet" id="svid12_165e7fd617085b4a5fc104c9"></div></html>'
    )
    assert made_with(document) == "Sitevision"
    assert addresses(leads_guessed_for(document))[0] == (
        "https://prov.example/4.165e7fd617085b4a5fc104c1/12.165e7fd617085b4a5fc104c9.portlet"
        "?state=rss&sv.contenttype=text/xml;charset=UTF-8"
    )


def test_a_site_in_a_folder_has_its_newsfeed_there_and_nothing_is_guessed_on_other_sites() -> None:
    document = page('<script src="/wp-content/x.js"></script><a href="https://annan.example/nyheter">', f"{HOME}byn/")
    guesses = addresses(leads_guessed_for(document))
    assert guesses[:2] == ["https://prov.example/byn/feed/", "https://prov.example/feed/"]
    assert all(address.startswith(HOME) for address in guesses)


def test_facebook_shows_nothing_to_programs() -> None:
    assert is_closed("https://www.facebook.com/cykelvannerna")
    assert is_closed("https://sv-se.facebook.com/x")
    assert is_closed("https://instagram.com/x")
    assert not is_closed("https://minfacebook.example/")
    assert not is_closed("fil.xml")


def test_a_site_is_called_by_the_name_it_gives_itself() -> None:
    named = '<meta property="og:site_name" content="Cykelköket &amp; vi"><title>Hem</title>'
    assert title_of(page(named)) == "Cykelköket & vi"
    assert title_of(page("<title>Hem | Prov</title>")) == "Hem | Prov"
    assert title_of(page("<p>")) == ""


def test_comments_are_told_from_news() -> None:
    assert is_of_comments("Kommentarer för Prov", HOME)
    assert is_of_comments("", f"{HOME}comments/feed/")
    assert not is_of_comments("Prov", f"{HOME}feed/")


@pytest.mark.parametrize("content", [b"", b"<", b"\x00\xff", b"<link rel=alternate", b"<html>"])
def test_a_page_that_names_none_names_none(content: bytes) -> None:
    assert leads_named_in(Document(HOME, content)) == []


def test_a_page_is_known_by_its_beginning() -> None:
    assert is_page(Document(HOME, PAGE.encode()))
    assert is_page(Document(HOME, b"<HTML>"))
    assert not is_page(Document(HOME, b"<rss/>"))
    assert not is_page(Document(HOME, b""))


PIECES = st.lists(
    st.sampled_from(
        ["<a href='", "<link rel=alternate ", "type=text/calendar ", "href=", "sv-archive-portlet", "<div "]
    ),
    max_size=30,
).map("".join)


@given(
    st.one_of(st.binary(max_size=3000), st.tuples(st.binary(max_size=50), PIECES).map(lambda x: x[0] + x[1].encode())),
    st.text(),
)
def test_any_bytes_give_leads_that_are_addresses_of_the_web(content: bytes, header: str) -> None:
    document = Document(HOME, content, links=header)
    for lead in (*leads_named_in(document), *leads_guessed_for(document)):
        assert lead.address.startswith(("https://", "http://"))
    assert isinstance(title_of(document) + made_with(document), str)
