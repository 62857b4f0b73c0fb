"""What the W3C's feed validator would have to say, as far as its published messages can be checked here.

It is in no package that we can install, so its rules that touch what we use are written down below, with its own names
for them (validator.w3.org/feed/docs). `faults` gives every message; the aim is none, of any level.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from awkward import EDITION, EMPTY, LIVELY, VOLUME
from lxml import etree
from lxml.etree import _Element as Element

from aggregator.model import Edition, Volume
from aggregator.publishing.feeds import atom, rss

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"

# Names of elements that it knows, at their places; what stands in another namespace that it knows has its prefix here.
KNOWN = {
    "channel": """title link description atom:link copyright docs generator language lastBuildDate managingEditor ttl
        fh:archive sy:updatePeriod sy:updateFrequency h:div item""",
    "item": """title link description content:encoded guid category enclosure pubDate source dc:creator atom:updated
        media:content media:thumbnail""",
    "feed": "id title updated author link generator rights subtitle fh:archive at:deleted-entry entry",
    "entry": """id title updated author content link summary category published source media:content
        media:thumbnail""",
}
MORE_THAN_ONE = {"atom:link", "link", "category", "dc:creator", "author", "item", "entry", "at:deleted-entry"}
PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/xhtml": "h",
}
ADDRESS = re.compile(r"(?:https?://[^/\s]+/|tag:[^,\s]+,\d{4}:)\S*")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (\w{3}) \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RELATIVE = re.compile(r'(?:href|src)="(?!https?:|mailto:|tel:)')
UNSAFE = re.compile(r"<(?:script|iframe|object|embed|style|form|meta|link)\b|\son\w+=|\sstyle=", re.IGNORECASE)


def faults(document: bytes) -> Iterator[str]:
    root = etree.fromstring(document)
    head, items = (root[0], root[0].findall("item")) if root.tag == "rss" else (root, root.findall(f"{ATOM}entry"))
    for element in (head, *items):
        yield from _elements(element)
    yield from _ids([item.findtext("guid") or item.findtext(f"{ATOM}id") or "" for item in items])
    yield from _of_rss(head, items) if root.tag == "rss" else _of_atom(head, items)
    for content in (*root.iter("{http://purl.org/rss/1.0/modules/content/}encoded"), *root.iter(f"{ATOM}content")):
        if RELATIVE.search(content.text or ""):
            yield f"ContainsRelRef: {content.text}"
        if UNSAFE.search(content.text or ""):
            yield f"SecurityRisk: {content.text}"
    yield from _links(head)
    yield from _media(root)


def _name(element: Element, home: str) -> str:
    name = etree.QName(element)
    prefix = PREFIXES.get(name.namespace or "", "" if name.namespace is None else "?")
    return name.localname if prefix in ("", home) else f"{prefix}:{name.localname}"


def _elements(element: Element) -> Iterator[str]:
    kind = etree.QName(element).localname
    home = "atom" if kind in ("feed", "entry") else ""
    names = [_name(child, home) for child in element if isinstance(child.tag, str)]
    for name, count in Counter(names).items():
        if name not in KNOWN[kind].split():
            yield f"UndefinedElement: {name} in {kind}"
        if count > 1 and name not in MORE_THAN_ONE:
            yield f"DuplicateElement: {name} in {kind}"
    for child in element:
        if not (child.text or "").strip() and not child.attrib and not len(child) and "archive" not in str(child.tag):
            yield f"NotBlank: {child.tag} in {kind}"


def _ids(ids: list[str]) -> Iterator[str]:
    yield from (f"DuplicateIds: {id}" for id, count in Counter(ids).items() if count > 1)
    yield from (f"InvalidURI: {id}" for id in ids if not ADDRESS.fullmatch(id))


def _of_rss(channel: Element, items: list[Element]) -> Iterator[str]:
    for required in ("title", "link", "description"):
        if not channel.findtext(required):
            yield f"MissingElement: {required}"
    editor = channel.findtext("managingEditor") or ""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+ \(.+\)", editor):
        yield f"InvalidContact: {editor}"
    if not (channel.findtext("ttl") or "").isdigit():
        yield "InvalidTtl"
    for element in (*channel.iter("pubDate"), *channel.iter("lastBuildDate")):
        text = element.text or ""
        if not RFC822.fullmatch(text):
            yield f"InvalidRFC2822Date: {text}"
        elif f"{parsedate_to_datetime(text):%a}" != text[:3]:
            yield f"IncorrectDOW: {text}"
    for item in items:
        if item.find("guid").get("isPermaLink") != "false":
            yield "InvalidHttpGUID"
        if re.search(r"<[a-z/!]", item.findtext("title") or ""):
            yield f"ContainsHTML: {item.findtext('title')}"
        if not ADDRESS.fullmatch(item.findtext("link") or ""):
            yield f"InvalidFullLink: {item.findtext('link')}"
        for enclosure in item.findall("enclosure"):
            if not (enclosure.get("length", "").isdigit() and "/" in enclosure.get("type", "")):
                yield "MissingAttribute of enclosure"
        if not ADDRESS.fullmatch(item.find("source").get("url")):
            yield f"InvalidFullLink of source: {item.find('source').get('url')}"
        yield from (
            f"InvalidRFC3339Date: {each.text}" for each in item.iter(f"{ATOM}updated") if not _moment(each.text)
        )


def _of_atom(feed: Element, items: list[Element]) -> Iterator[str]:
    for element in (feed, *items):
        for required in ("id", "title", "updated", "author"):
            if element.find(f"{ATOM}{required}") is None:
                yield f"MissingElement: {required}"
    for element in (*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")):
        if not _moment(element.text):
            yield f"InvalidRFC3339Date: {element.text}"
    for entry in items:
        source = entry.find(f"{ATOM}source")
        if any(source.find(f"{ATOM}{name}") is None for name in ("id", "title", "updated")):
            yield "MissingSourceElement"
        if entry.find(f"{ATOM}content").get("type") != "html":
            yield "InvalidMIMEType"
        if entry.findtext(f"{ATOM}updated", "") < entry.findtext(f"{ATOM}published", ""):
            yield "UpdatedBeforePublished"
        yield from _links(entry)


def _moment(text: str | None) -> bool:
    return bool(text and RFC3339.fullmatch(text) and datetime.fromisoformat(text))


def _links(element: Element) -> Iterator[str]:
    links = element.findall(f"{ATOM}link")
    yield from (f"InvalidFullLink: {link.get('href')}" for link in links if not ADDRESS.fullmatch(link.get("href")))
    kinds = Counter((link.get("rel"), link.get("type"), link.get("hreflang")) for link in links)
    yield from (f"DuplicateAtomLink: {kind}" for kind, count in kinds.items() if count > 1 and kind[0] == "alternate")
    if element.tag != f"{ATOM}entry" and sum(link.get("rel") == "self" for link in links) != 1:
        yield "MissingSelf"


def _media(root: Element) -> Iterator[str]:
    for content in root.iter(f"{MEDIA}content"):
        yield from (
            f"InvalidInteger: {name}"
            for name in ("width", "height", "fileSize")
            if not content.get(name, "1").isdigit()
        )
        if content.get("medium") != "image":
            yield "InvalidMediaMedium"
        if "/" not in content.get("type", "image/x"):
            yield "InvalidMIMEType of media:content"


@pytest.mark.parametrize("render", [rss, atom])
@pytest.mark.parametrize("made", [EDITION, EMPTY, LIVELY, VOLUME], ids=["awkward", "empty", "lively", "archive"])
def test_nothing_is_wrong_with_a_newsfeed(made: Edition | Volume, render: object) -> None:
    assert callable(render)
    # Of tombstones the validator says that it does not know them; newsrooms' systems that listen do.
    assert list(faults(render(made))) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (b"+0100</pubDate>", b"CET</pubDate>", "InvalidRFC2822Date"),
        (b"<pubDate>Tue", b"<pubDate>Wed", "IncorrectDOW"),
        (b"cykel/8</guid>", b"cykel/7</guid>", "DuplicateIds"),
        (b"<ttl>60</ttl>", b"<ttl>an hour</ttl>", "InvalidTtl"),
        (b"sy:updatePeriod>", b"sy:UpdatePeriod>", "UndefinedElement"),
        (b"<title>Odaterad", b"<title>&lt;b&gt;", "ContainsHTML"),
        (b'length="48213" ', b"", "MissingAttribute"),
        (b'rel="self"', b'rel="current"', "MissingSelf"),
        (b'a href="https://cykel.example/"&gt;', b'a href="/"&gt;', "ContainsRelRef"),
    ],
)
def test_the_rules_find_what_is_wrong(right: bytes, wrong: bytes, fault: str) -> None:
    document = rss(EDITION)
    assert right in document
    assert any(each.startswith(fault) for each in faults(document.replace(right, wrong)))
