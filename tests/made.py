"""Nouns made for tests, with everything that a test does not speak of already told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aggregator.model import Actor, Article, Channel, Entry, Finding, Item, Selection, Site
from aggregator.places import coded, named

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ARTICLES_DAY = NOON.date()

SITE = Site(
    title="Nyheter på prov",
    url="https://prov.example/flode/",
    authority="prov.example",
    contact="redaktion@prov.example",
    rights="Länka gärna.",
    publisher="Redaktionen",
    about="Nyheter om omställningen.",
)

# In feeds.toml: a network, and a municipality area with everything in it.
SKAGERN = """
[network.skagern]
title = "Skagernbladets område"
municipalities = ["Mariestad", "Laxå"]
"""
AREA = """
[area.mariestad]
municipality = "Mariestad"
content = "extended"
"""

ACTOR = Actor("cykel", "Cykelvännerna", (named("Mariestad"),), homepage="https://cykel.example/")


def cykel(feed: str = "https://cykel.example/feed/") -> str:
    """The table of an actor with this FEED."""
    return f"""
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "{feed}"
"""


def an_entry(**told: Any) -> Entry:
    given = {
        "id": "1",
        "url": "https://cykel.example/1",
        "title": "Ny cykelbana i Mariestad",
        "html": "<p>Nu är den klar.</p>",
        "published": datetime(2026, 11, 20, 8, tzinfo=UTC),
    }
    return Entry(**{**given, **told})


def an_item(number: int = 1, *codes: str, **told: Any) -> Item:
    """Item NUMBER, about the places with CODES (Mariestad if none are given)."""
    entry = told.pop("entry", None) or an_entry(id=f"{number}", url=f"https://cykel.example/{number}")
    item = Item(
        public_id=f"tag:prov.example,2026:cykel/{number}",
        source="cykel/feed",
        actor="cykel",
        entry=entry,
        findings=tuple(Finding(code, "name") for code in codes or ("1493",)),
        aliases=frozenset({f"guid:{number}"}),
        date=entry.published or NOON,
        first_seen=NOON,
        entered=NOON,
    )
    return replace(item, **told)


def an_article(number: int = 1, **told: Any) -> Article:
    given = {
        "id": f"tag:prov.example,2026:cykel/{number}",
        "path": f"nyhet/{number}/",
        "url": f"https://cykel.example/{number}",
        "kind": "event" if told.get("event") else "article",
        "title": "Ny cykelbana i Mariestad",
        "summary": "Nu är den klar.",
        "html": "",
        "actor": "Cykelvännerna",
        "actor_url": "https://cykel.example/",
        "source_id": "cykel/feed",
        "source_url": "https://cykel.example/feed/",
        "authors": ("Åsa Öberg",),
        "places": (coded("1493"), coded("14")),
        "categories": ("Cykling",),
        "published": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "dated": True,
        "entered": NOON,
        "updated": NOON,
        "language": "sv",
        "rights": SITE.rights,
    }
    return Article(**{**given, **told})


MARIESTAD = Channel(
    "municipality",
    "vastra-gotaland/mariestad/",
    "Mariestad",
    Selection(everything=frozenset({"1493"})),
    (coded("14"), coded("1493")),
)
