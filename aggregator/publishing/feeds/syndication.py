"""An edition or a month as RSS 2.0 and as Atom 1.0, by feedgen.

To make an entry takes feedgen most of the time, and an entry stands in the newsfeeds of its municipality, its county
and its networks alike: its XML is made once, alone, and put into each of them. What comes out is to the byte what
feedgen makes of the whole (`whole`, and the test that compares them).
"""

from dataclasses import replace
from functools import lru_cache

from aggregator.model import Article, Channel, Corrections, Edition, Selection, Site, Volume
from aggregator.publishing.article import BEGINNING
from aggregator.publishing.feeds.adapter import Syntax, add_entry, generator
from aggregator.publishing.feeds.head import Head, head_of

# So many entries are remembered in each syntax: more than a county and its municipalities carry at a time.
REMEMBERED = 4096

# What is above an entry that is made alone is thrown away.
_NO_CHANNEL = Channel("nation", "", "", Selection())

# Where entries begin, and what follows after them, as feedgen writes it.
_ENTRY = {"rss": (b"    <item>\n", b"  </channel>\n</rss>"), "atom": (b"  <entry>\n", b"</feed>")}


def rss(made: Edition | Volume) -> bytes:
    return _spliced(head_of(made, "rss.xml"), "rss")


def corrections_rss(made: Corrections) -> bytes:
    return _spliced(head_of(made, "rattelser.xml"), "rss")


def atom(made: Edition | Volume) -> bytes:
    return _spliced(head_of(made, "atom.xml"), "atom")


def whole(head: Head, syntax: Syntax) -> bytes:
    """A newsfeed as feedgen makes it all at once: what `rss` and `atom` must be equal to."""
    feed = generator(head, syntax)
    for article in head.articles:
        add_entry(feed, head.site, article, syntax)
    return with_stylesheet(head.path, feed.rss_str(pretty=True) if syntax == "rss" else feed.atom_str(pretty=True))


def _spliced(head: Head, syntax: Syntax) -> bytes:
    _, end = _ENTRY[syntax]
    empty = whole(replace(head, articles=()), syntax)
    place = empty.rindex(end)
    return b"".join((empty[:place], *(entry(head.site, each, syntax) for each in head.articles), empty[place:]))


@lru_cache(REMEMBERED)
def entry(site: Site, article: Article, syntax: Syntax) -> bytes:
    """ARTICLE as it stands in every newsfeed that carries it."""
    start, end = _ENTRY[syntax]
    alone = whole(Head(site, _NO_CHANNEL, "", "", BEGINNING, (article,)), syntax)
    return alone[alone.index(start) : alone.rindex(end)]


def with_stylesheet(path: str, document: bytes) -> bytes:
    """Let browsers show the newsfeed in the folder PATH as a readable page, by a stylesheet beside the front page."""
    up = "../" * path.count("/")
    line = f'<?xml-stylesheet type="text/css" href="{up}flode.css"?>'
    return document.replace(b"?>\n", f"?>\n{line}\n".encode(), 1)
