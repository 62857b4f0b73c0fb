"""What a web page says of its newsfeeds, for those who have only its address."""

from aggregator.model import Document
from aggregator.sources import clean

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")


def is_page(document: Document) -> bool:
    beginning = document.content[:2000].lower()
    return b"<html" in beginning or b"<!doctype html" in beginning


def feeds_named_in(document: Document) -> list[tuple[str, str]]:
    """Title and address of every newsfeed that the page names by <link rel="alternate"> (RSS Advisory Board)."""
    # Only `try` needs it, and it takes a twentieth of a second to import.
    from bs4 import BeautifulSoup

    page = BeautifulSoup(document.content, "lxml")
    links = page.select('link[rel~="alternate"][href]')
    named = [
        (clean.plain(str(link.get("title") or "")), str(link["href"])) for link in links if link.get("type") in TYPES
    ]
    return [(title, address) for title, href in named if (address := clean.whole_url(href, document.location))]
