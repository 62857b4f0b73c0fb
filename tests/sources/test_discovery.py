"""What a web page says of its newsfeeds."""

import pytest

from aggregator.model import Document
from aggregator.sources import feeds_named_in, is_page

PAGE = """<!DOCTYPE html>
<html lang="sv"><head>
<base href="https://annan.example/">
<title>Prov</title>
<link rel="alternate" type="application/rss+xml" title="Nyheter &amp; mer" href="/feed/">
<link rel="alternate home" type="application/atom+xml" href="https://prov.example/atom.xml?utm_source=sida">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="stylesheet" type="application/rss+xml" href="/stil.css">
</head><body><p>Hej</body></html>"""


def test_a_page_names_its_newsfeeds_by_links():
    assert feeds_named_in(Document("https://prov.example/om/", PAGE.encode())) == [
        ("Nyheter & mer", "https://prov.example/feed/"),
        ("", "https://prov.example/atom.xml"),
        ("", "https://prov.example/om/feed.json"),
    ]


@pytest.mark.parametrize("content", [b"", b"<", b"\x00\xff", b"<link rel=alternate", b"<html>"])
def test_a_page_that_names_none_names_none(content):
    assert feeds_named_in(Document("https://prov.example/", content)) == []


def test_a_page_is_known_by_its_beginning():
    assert is_page(Document("https://prov.example/", PAGE.encode()))
    assert is_page(Document("https://prov.example/", b"<HTML>"))
    assert not is_page(Document("https://prov.example/", b"<rss/>"))
    assert not is_page(Document("https://prov.example/", b""))
