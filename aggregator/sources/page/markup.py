"""From a page's bytes to a tree of bounded size: what of it is words, where it is, and what it says in JSON-LD.

libxml2 is quick, but keeps every element and attribute in memory, and takes minutes for an element with a million
attributes. So the page is walked through once as text before: scripts, styles, comments and pictures written into the
text go (they are most of many pages), and what is beyond the bounds below is left out. libxml2 itself stops at 256
nested elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree, html

from aggregator.errors import ParseError
from aggregator.model import LONG_AGO, Document
from aggregator.sources import clean, letters

LENGTH = 3_000_000  # of the text without scripts and styles
TAGS = 100_000
LENGTH_OF_NAMES = 1_000  # of the names of one element's attributes, and of values without quotation marks
LENGTH_OF_TAG = 50_000
JSON_LDS = 200
LENGTH_OF_JSON_LD = 2_000_000  # of all that a page says in it

# An element's begin or end tag, an unfinished one to the end of the text: each sign is looked at once.
_TAG = re.compile(
    r"""</?(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)(?P<end>>?)"""
)
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")
_PICTURE_WITHIN = re.compile(r"data:[\w/+.;=-]{0,200}+,[A-Za-z0-9+/=%\s]{500,}+")
_RAW = frozenset(("script", "style"))
_END_OF_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_JSON_LD = re.compile(r"""type\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
# What is drawn, run, filled in or shown only by a program: no words of the page.
_SILENT = (
    "svg",
    "math",
    "template",
    "iframe",
    "object",
    "canvas",
    "select",
    "textarea",
    "button",
    "dialog",
    "datalist",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: `base` is what its links count from, `at` the moment of the round in which it came.

    `json_ld` are the texts of its scripts of that kind, and `notes` tell what of it was left out.
    """

    location: str
    base: str
    root: etree._Element
    at: datetime = LONG_AGO
    json_ld: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        return self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""

    @property
    def title(self) -> str:
        return clean.plain(self.root.findtext(".//title") or "", "text")


def page_in(document: Document) -> Page:
    """The page in DOCUMENT; ParseError if it is none."""
    return page_of(letters.text_in(document.content, document.media_type), document.location, document.at)


def page_of(text: str, location: str, at: datetime = LONG_AGO) -> Page:
    scan = _Scan(text)
    bounded = "".join(scan.pieces()).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(bounded.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ParseError(location, "is no web page: there is no text in it") from error
    notes = [scan.note] if scan.note else []
    if any(fault.type_name in _LIMITS for fault in parser.error_log):
        notes.append("nests its elements too deep; what comes after that was not read")
    etree.strip_elements(root, *_SILENT, with_tail=False)
    return Page(location, _base(root, clean.whole_url(location)), root, at, tuple(scan.json_ld), tuple(notes))


def _base(root: etree._Element, home: str) -> str:
    """What links count from; a page that came as a file is at home where it says that it is."""
    told = [part.get("href", "") for part in root.iter("base")]
    told += [home, *(part.get("href", "") for part in root.iter("link") if part.get("rel") == "canonical")]
    return next((url for href in told if (url := clean.whole_url(href, home))), "")


_LIMITS = ("ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT")


class _Scan:
    """One walk through the text of a page; `json_ld` and `note` are there when all pieces have been taken."""

    def __init__(self, text: str) -> None:
        self._text = _PICTURE_WITHIN.sub("", text)
        self.json_ld: list[str] = []
        self.note = ""

    def pieces(self) -> Iterator[str]:
        """What is kept, in order."""
        text, at, begin, length, tags, room = self._text, 0, -1, 0, 0, LENGTH_OF_JSON_LD
        while at < len(text):
            begin = text.find("<", at)
            words = text[at : begin if begin >= 0 else len(text)][: LENGTH - length]
            yield words
            length += len(words)
            if begin < 0 or length >= LENGTH or tags >= TAGS:
                break
            if text.startswith("<!--", begin):
                at = _after(text, "-->", begin + 4)
            elif text.startswith(("<!", "<?"), begin):
                at = _after(text, ">", begin)
            elif found := _TAG.match(text, begin):
                tag, at = found[0], found.end()
                name = found["name"].lower()
                tags += 1
                if not found["end"]:
                    break
                if name in _RAW and not tag.startswith("</"):
                    end = _END_OF_RAW[name].search(text, at)
                    inside = text[at : end.start() if end else len(text)]
                    has_room = len(inside) <= room and len(self.json_ld) < JSON_LDS
                    if has_room and name == "script" and _JSON_LD.search(found["rest"]):
                        self.json_ld.append(inside)
                        room -= len(inside)
                    at = _after(text, ">", end.end()) if end else len(text)
                    continue
                tag = tag if _is_bearable(found["rest"]) else f"<{'/' * tag.startswith('</')}{name}>"
                length += len(tag)
                yield tag
            else:
                yield "&lt;"
                at = begin + 1
                tags += 1
        if begin >= 0 and (length >= LENGTH or tags >= TAGS):
            self.note = f"is very large; the first {tags:,} tags of it were read"


def _is_bearable(attributes: str) -> bool:
    if len(attributes) <= LENGTH_OF_NAMES:
        return True
    return len(attributes) <= LENGTH_OF_TAG and len(_QUOTED.sub("", attributes)) <= LENGTH_OF_NAMES


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)
