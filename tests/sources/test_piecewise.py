"""A feed of which some entries are known gives exactly what the whole reading gives for the others."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import REPOSITORY
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.test_feed import rss

from aggregator.errors import ParseError
from aggregator.model import Document, IdentityPolicy, Reading
from aggregator.sources import FeedSource

FEED = "https://prov.example/flode/feed"
SAMPLES = REPOSITORY.parent / "shared" / "samples" / "feeds"
FOLDERS = (REPOSITORY / "tests" / "documents" / "feed", REPOSITORY / "examples", SAMPLES)
FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.*") if path.suffix in (".xml", ".json", ".rss"))


def read(content: bytes, seen: frozenset[bytes] = frozenset(), policy: IdentityPolicy = "auto") -> Reading:
    return FeedSource(feed=FEED, identity=policy).read(Document(FEED, content, seen=seen))


@cache
def readable() -> list[tuple[bytes, Reading]]:
    """Every feed at hand whose entries can be known again, with its whole reading."""
    found = []
    for path in FILES:
        try:
            reading = read(path.read_bytes())
        except ParseError:
            continue
        if reading.fingerprints:
            found.append((path.read_bytes(), reading))
    return found


def rest(whole: Reading, seen: frozenset[bytes]) -> list[object]:
    pairs = zip(whole.entries, whole.fingerprints, strict=True)
    return [entry for entry, mark in pairs if mark not in seen]


def test_nearly_all_feeds_at_hand_can_be_read_in_pieces() -> None:
    assert len(readable()) >= 0.8 * len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_entry_alone_is_as_in_the_whole(path: Path) -> None:
    try:
        whole = read(path.read_bytes())
    except ParseError:
        return
    for number, mark in enumerate(whole.fingerprints):
        seen = frozenset(whole.fingerprints) - {mark}
        part = read(path.read_bytes(), seen)
        assert part.entries == tuple(rest(whole, seen))
        assert whole.entries[number] in part.entries
        assert (part.count, part.title, part.notes, part.pause, part.whole) == (
            (whole.count, whole.title, whole.notes, whole.pause, whole.whole)
        )


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_known_the_others_are_as_in_the_whole(data: st.DataObject) -> None:
    content, whole = data.draw(st.sampled_from(readable()))
    seen = frozenset(mark for mark in whole.fingerprints if data.draw(st.booleans()))
    part = read(content, seen)
    assert list(part.entries) == rest(whole, seen)
    assert {*part.fingerprints, *part.known} == set(whole.fingerprints)
    assert replace(part, entries=(), fingerprints=(), known=()) == replace(whole, entries=(), fingerprints=(), known=())


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"{root}><title>T</title>'
    "<entry{entry}><id>1</id><title>A</title>{inside}</entry>"
    '<entry><id>2</id><title>B</title><link href="b"/></entry></feed>'
)


def test_what_an_entry_inherits_is_part_of_it() -> None:
    """A new base, language or version of the feed changes its entries, although their bytes stay."""
    plain = ATOM.format(root="", entry="", inside="")
    marks = frozenset(read(plain.encode()).fingerprints)
    assert len(read(plain.encode(), marks).known) == 2
    for root in (' xml:base="https://annan.example/"', ' xml:lang="en"', ' xmlns:x="https://prov.example/x"'):
        changed = ATOM.format(root=root, entry="", inside="")
        assert read(changed.encode(), marks) == read(changed.encode())


def test_a_language_told_in_the_head_is_inherited_but_the_date_there_is_not() -> None:
    items = "<item><title>A</title></item><item><title>B</title></item>"
    marks = frozenset(read(rss(items, "<language>sv</language>").encode()).fingerprints)
    dated = rss(items, "<language>sv</language><lastBuildDate>Tue, 24 Nov 2026 12:00:00 GMT</lastBuildDate>")
    assert read(dated.encode(), marks).entries == ()
    assert len(read(rss(items, "<language>en</language>").encode(), marks).entries) == 2


def test_another_policy_for_ids_reads_all_anew() -> None:
    document = rss("<item><title>A</title><link>/a</link></item>").encode()
    marks = frozenset(read(document).fingerprints)
    assert read(document, marks).entries == ()
    assert len(read(document, marks, policy="link").entries) == 1


@pytest.mark.parametrize(
    "document",
    [
        ATOM.format(root="", entry=' xml:base="https://annan.example/"', inside=""),
        ATOM.format(root="", entry="", inside='<content type="html" xml:base="https://annan.example/">x</content>'),
        rss(
            '<item xmlns:q="http://search.yahoo.com/mrss/"><title>A</title></item>'
            '<item xmlns:q="urn:q"><q:title/></item>'
        ),
        rss("<item><title>A</title><item><title>B</title></item></item>"),
        rss("<x><item><title>A</title></item></x>").replace("<channel>", "").replace("</channel>", ""),
        rss("<item><title>A</title></item>") + "<",
        rss("<item><title>A & B</b></title></item>"),
    ],
    ids=["base of an entry", "base in an entry", "prefix of two meanings", "nested", "odd parent", "more", "broken"],
)
def test_where_feedparser_carries_something_over_or_the_feed_is_broken_nothing_is_known(document: str) -> None:
    reading = read(document.encode())
    assert reading.entries
    assert reading.fingerprints == ()


def test_an_entry_that_says_nothing_is_told_of_each_time() -> None:
    document = rss("<item><title>A</title></item><item><pubDate>2026-11-07</pubDate></item>").encode()
    whole = read(document)
    part = read(document, frozenset(whole.fingerprints))
    assert part.entries == ()
    assert part.notes == whole.notes == ("1 of 2 entries have neither title, text nor link, and were passed over",)


def test_of_a_json_feed_whose_authors_change_every_item_is_read_anew() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A"}]}
    marks = frozenset(read(json.dumps(feed).encode()).fingerprints)
    assert read(json.dumps(feed | {"title": "Ny rubrik"}).encode(), marks).entries == ()
    assert len(read(json.dumps(feed | {"authors": [{"name": "Kim"}]}).encode(), marks).entries) == 1


# What entries are made of, odd things among them that feedparser keeps track of from one element to the next.
PARTS = (
    "<title>A</title>",
    "<title type='xhtml'><div>B <b>c</b></div></title>",
    "<title type='html'>&lt;i&gt;d&lt;/i&gt;</title>",
    "<link>/a</link>",
    "<link href='b' rel='alternate'/>",
    "<link rel='enclosure' href='c.jpg' type='image/jpeg'/>",
    "<guid>1</guid>",
    "<guid isPermaLink='false'>x/y</guid>",
    "<id>urn:1</id>",
    "<id>rel</id>",
    "<comments>/k</comments>",
    "<description>Kort</description>",
    "<description>&lt;p&gt;Lite längre text&lt;/p&gt;</description>",
    "<content:encoded>&lt;p&gt;Den längsta texten av alla&lt;/p&gt;</content:encoded>",
    "<summary>s</summary>",
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p><svg><title>t</title></svg></div></content>",
    "<content type='application/octet-stream' mode='base64'>aGVq</content>",
    "<content type='html' xml:base='http://b.example/' xml:lang='en'>&lt;a href='q'&gt;q&lt;/a&gt;</content>",
    "<author>Kim</author>",
    "<author><name>Lo</name></author>",
    "<dc:creator>Al</dc:creator>",
    "<contributor><name>C</name></contributor>",
    "<category>k</category>",
    "<category term='t' label='l'/>",
    "<itunes:keywords>a, b</itunes:keywords>",
    "<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate>",
    "<updated>2026-11-24</updated>",
    "<dc:date>2026</dc:date>",
    "<source url='http://s.example/'>S</source>",
    "<source><title>S</title><link href='http://s.example/'/></source>",
    "<image><url>i.png</url><title>I</title></image>",
    "<textinput><title>T</title><name>q</name></textinput>",
    "<media:group><media:content url='/m.jpg' medium='image'><media:title>M</media:title></media:content>"
    "</media:group>",
    "<itunes:image href='/i.jpg'/>",
    "<language>en</language>",
    "<ttl>5</ttl>",
    "<cloud domain='x'/>",
    "<okand a='b'>c</okand>",
    "<georss:point xmlns:georss='http://www.georss.org/georss'>1 2</georss:point>",
    "<x:y xmlns:x='urn:x'>z</x:y>",
)
WRAPS = (
    "item",
    "entry",
    "item xml:lang='de'",
    "entry xml:base='http://e.example/'",
    "item rdf:about='http://r.example/'",
)
ENTRIES = st.tuples(st.sampled_from(WRAPS), st.lists(st.sampled_from(PARTS), max_size=6)).map(
    lambda told: f"<{told[0]}>{''.join(told[1])}</{told[0].split()[0]}>"
)
NAMES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
)
ROOTS = (
    ("<rss version='2.0' NAMES><channel>", "</channel></rss>"),
    ("<rss version='2.0' xml:base='http://f.example/' xml:lang='sv' NAMES><channel>", "</channel></rss>"),
    ("<feed xmlns='http://www.w3.org/2005/Atom' NAMES>", "</feed>"),
    ("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://f.example/a/' NAMES>", "</feed>"),
    ("<feed version='0.3' xmlns='http://purl.org/atom/ns#' NAMES>", "</feed>"),
    ("<rdf:RDF xmlns='http://purl.org/rss/1.0/' NAMES><channel rdf:about='x'><title>T</title></channel>", "</rdf:RDF>"),
)
FEEDS = st.tuples(
    st.sampled_from(ROOTS), st.lists(st.one_of(ENTRIES, ENTRIES, st.sampled_from(PARTS)), min_size=1, max_size=6)
).map(lambda told: (told[0][0].replace("NAMES", NAMES) + "".join(told[1]) + told[0][1]).encode())


@given(FEEDS, st.data())
@settings(max_examples=100)
def test_whatever_stands_in_entries_and_between_them_the_pieces_are_as_the_whole(
    content: bytes, data: st.DataObject
) -> None:
    try:
        whole = read(content)
    except ParseError:
        return
    seen = frozenset(mark for mark in whole.fingerprints if data.draw(st.booleans()))
    part = read(content, seen)
    assert list(part.entries) == (rest(whole, seen) if whole.fingerprints else list(whole.entries))
    assert (part.count, part.title, part.pause, part.home) == (whole.count, whole.title, whole.pause, whole.home)
