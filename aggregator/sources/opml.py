"""OPML (opml.org/spec2): the list of newsfeeds that every reader can write, and many networks start from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import bounds, clean, letters

LONGEST = 5_000_000
MOST_OUTLINES = 5_000

_LONG_TAG = re.compile("<[^<>]{20000}")
_ENCODING = re.compile(r"^\s*<\?xml[^<>]*\?>")


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of the list; `folders` are the lines that it stands under, from the outermost, and its categories."""

    title: str
    feed: str = ""
    homepage: str = ""
    folders: tuple[str, ...] = ()


def outlines_in(document: Document) -> list[Outline]:
    """The lines of an OPML file that lead nowhere further; ParseError if it is none, or more than a list."""
    if len(document.content) > LONGEST:
        raise ParseError(document.location, f"is larger than {LONGEST:,} bytes, which no list of newsfeeds is")
    text = letters.text_in(document.content, document.media_type).strip("\x00\t\n\r \ufeff")
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise ParseError(document.location, "declares a document type of its own, which no OPML needs, and is not read")
    if _LONG_TAG.search(text) or text.count("<") > 4 * MOST_OUTLINES:
        raise ParseError(document.location, f"is too tangled to be read: a list has {MOST_OUTLINES:,} lines at most")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(bounds.mended(_ENCODING.sub("", text)).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(document.location, f"is no XML that can be read: {error}") from error
    if etree.QName(root).localname.lower() != "opml":
        raise ParseError(document.location, f"is no OPML: it begins with <{etree.QName(root).localname[:40]}>")
    return list(_outlines(root))


def _outlines(root: "etree._Element") -> Iterator[Outline]:
    for outline in root.iter("outline"):
        told = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        feed = clean.whole_url(told.get("xmlurl", ""))
        if not feed and outline.find("outline") is not None:
            continue
        above = [_title(folder) for folder in outline.iterancestors("outline")][::-1]
        categories = re.split(r"[,/]", told.get("category", "")[:1000])
        yield Outline(
            _title(outline),
            feed,
            clean.whole_url(told.get("htmlurl", "")),
            tuple(name for name in (*above, *(clean.plain(category) for category in categories)) if name),
        )


def _title(outline: "etree._Element") -> str:
    return clean.plain(outline.get("text") or outline.get("title") or "", "escaped")[:200]
