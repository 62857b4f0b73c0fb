"""How much of a feed is read: enough for any honest one, and never so much that reading it holds the house.

feedparser is patient with odd feeds and slow with hostile ones: of 5 MB of entries, attributes, nested elements, nested
namespaces, categories or one author's name, each kept it for more than 20 seconds. So a feed is measured before
feedparser sees it, by expat, which takes 5 MB of any shape in a second or two; only entries within the bounds below go
on. What is not well-formed has to be measured as text, and more strictly.

Measured by benchmarks/hostile_feeds.py with 5 MB of each of 58 bad shapes, on 2 shared cores while others worked: none
took more than 4.2 s of processor time (lone ampersands in the texts of 50 entries) or 233 MB more than before (half
comments); most took less than 1 s and 60 MB.
"""

import html
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html.entities import html5
from xml.parsers import expat

from aggregator.sources import dates

ENTRIES = 500
ELEMENTS = 50_000  # in all entries that are read
ELEMENTS_OF_ENTRY = 2_500
ELEMENTS_OF_HEAD = 10_000  # RSS 1.0 lists its entries there
ATTRIBUTES = 100  # of one element
NAMESPACES = 100
DEPTH = 100
WORD_LENGTH = 100  # in the name of an author, where feedparser looks for addresses
LENGTH_AS_TEXT = 400_000  # of what is not well-formed

DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'

_AUTHORS = frozenset(
    {"author", "name", "email", "creator", "contributor", "publisher", "owner", "managingeditor", "webmaster"}
)
_LONE_AMPERSAND = re.compile(r"&(?![#A-Za-z])")
_REFERENCE = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)(?:(?P<name>#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});)?")
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(rb"<(?:\w+:)?(?:pubDate|date|published|updated|issued|modified)\b[^<>]{0,200}>([^<]{4,60})<")

_ENTRY_TEXT = re.compile(rb"(?=<(?:\w+:)?(?:item|entry)[\s>])")
_LONG_WORD = re.compile(rb"[\w.+-]{500,}")
_LONG_TAG = re.compile(rb"<[^<>]{5000}")
# Authors in the two plain shapes, or else the tag of one, which then is made a tag that feedparser does not know.
_AUTHOR_TEXT = re.compile(
    rb"(?P<plain><(?P<tag>(?:\w+:)?(?:NAMES))\b[^<>]{0,200}>\s*(?:[^<]{0,200}|(?:<\w+>[^<]{0,200}</\w+>\s*){1,4})</(?P=tag)>)"
    rb"|<(?P<end>/?)(?:\w+:)?(?:NAMES)\b".replace(b"NAMES", "|".join(sorted(_AUTHORS)).encode()),
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(rb"<\?[^<>]*>")
_ENDS_TOO_SOON = frozenset(
    expat.errors.codes[error]
    for error in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)


class BoundsError(Exception):
    """The document as a whole is beyond the bounds; the message says how."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A feed that feedparser can read in good time, and notes on what of the document it lacks.

    `pieces` are all of it, in their order. Where its entries can be read apart from each other, every second piece is
    one of them, and `inherited` is what the elements they stand in give them: namespaces, xml:base, xml:lang.
    """

    pieces: tuple[bytes, ...]
    notes: tuple[str, ...] = ()
    inherited: bytes = b""

    @property
    def entries(self) -> tuple[bytes, ...]:
        """The entries, if they can be read apart."""
        return self.pieces[1::2]

    @property
    def document(self) -> bytes:
        return b"".join((DECLARATION, *self.pieces))

    def document_with(self, entries: Collection[int]) -> bytes:
        """The document with only those of its entries that have these numbers."""
        kept = (piece for at, piece in enumerate(self.pieces) if not at % 2 or at // 2 in entries)
        return b"".join((DECLARATION, *kept))


@dataclass(slots=True)
class _Part:
    """An entry of the document, from one byte to another, or (the first) all that is outside entries."""

    begin: int
    end: int = 0
    elements: int = 0
    fault: str = ""


def bounded(text: str) -> Bounded:
    """TEXT as the bytes of a feed within the bounds; BoundsError if nothing of it is."""
    data = mended(text).encode()
    scan = _Scan(data)
    try:
        scan.run()
    except expat.ExpatError as error:
        return _bounded_as_text(data, scan, error)
    kept, notes = _chosen(data, scan.entries)
    if scan.entries and not kept:
        raise BoundsError(f"is too tangled to be read: {notes[0]}")
    pieces = _pieces(data, scan, kept)
    if not scan.is_separable:
        return Bounded((b"".join(pieces),), tuple(notes))
    return Bounded(pieces, tuple(notes), repr(scan.inherited).encode())


def mended(text: str) -> str:
    """TEXT without what most often keeps a feed from being XML: control characters, ampersands, HTML's entities."""
    # What stands in a CDATA section is no markup, and is left alone.
    first, *others = _UNFIT.sub("", text).split("<![CDATA[")
    pieces = [_referenced(first)]
    for other in others:
        inside, end, outside = other.partition("]]>")
        pieces += ("<![CDATA[", inside, end, _referenced(outside))
    return "".join(pieces)


def _referenced(text: str) -> str:
    return _REFERENCE.sub(_reference, _LONE_AMPERSAND.sub("&amp;", text))


def _reference(found: re.Match[str]) -> str:
    name = found["name"]
    if name and (name[0] == "#" or f"{name};" in html5):
        return html.escape(_UNFIT.sub("", html.unescape(found[0])))
    return "&amp;" + found[0][1:]


class _Scan:
    """One walk through the document, which finds where its entries are and how heavy each is."""

    def __init__(self, data: bytes) -> None:
        self.entries: list[_Part] = []
        self.root = self.end = 0
        self.open: _Part | None = None
        self.inherited: list[object] = []
        self.is_separable = True
        self._head = _Part(0)
        self._data = data
        self._depth = 0
        self._has_just_begun = False
        self._entry_depth = 0
        self._name_depth = 0
        self._word_length = 0
        self._prefixes: set[str | None] = set()
        self._uris: dict[str | None, str] = {}
        self._has_summary = False
        self._have_base: list[bool] = []  # of the root and its channel
        self._prefixes_before: frozenset[str | None] = frozenset()
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.EntityDeclHandler = self._entity

    def run(self) -> None:
        self._parser.Parse(self._data, True)

    def _start(self, name: str, attributes: Sequence[str]) -> None:
        self._depth += 1
        self._has_just_begun = True
        name = name.rpartition(" ")[2].lower()
        if self._depth == 1:
            self.root = self._parser.CurrentByteIndex
        elif self.open is None and self._depth <= 3 and name in ("item", "entry"):
            self.open = _Part(self._parser.CurrentByteIndex)
            self._entry_depth = self._depth
            self._prefixes_before = frozenset(self._prefixes)
        self._note_what_is_inherited(name, attributes)
        part = self.open or self._head
        part.elements += 1
        if len(attributes) > 2 * ATTRIBUTES:
            self._blame(f"an element has {len(attributes) // 2:,} attributes")
        if self._depth > DEPTH:
            self._blame(f"elements are nested more than {DEPTH} deep")
        if part.elements > (ELEMENTS_OF_ENTRY if self.open else ELEMENTS_OF_HEAD):
            self._blame("there are too many elements")
        if len(self._prefixes) > NAMESPACES:
            self._blame("there are too many namespaces")
        if not self._name_depth and name in _AUTHORS:
            self._name_depth, self._word_length = self._depth, 0
            self._parser.CharacterDataHandler = self._name

    def _note_what_is_inherited(self, name: str, attributes: Sequence[str]) -> None:
        """Where feedparser would carry something over from one entry to the next, they are not to be parted.

        It forgets a base at the end of its element only if there was another around it, and a content outside of
        entries only at the end of the next entry; a second summary is one.
        """
        has_base = any(key == "base" or key.endswith(" base") for key in attributes[::2])
        if self.open is not None:
            around = self._have_base[: self._entry_depth - 1]
            self.is_separable &= len(around) == self._entry_depth - 1 and (any(around) or not has_base)
            return
        self.is_separable &= name not in ("content", "encoded", "fullitem")
        self.is_separable &= not (self._has_summary and name in ("summary", "description"))
        self._has_summary |= name == "summary"
        if self._depth == 1 or (self._depth == 2 and name == "channel"):
            self._have_base.append(has_base)
            self.is_separable &= len(self._have_base) <= 2
            self.inherited.append((name, list(attributes), sorted((key or "", uri) for key, uri in self._uris.items())))

    def _end(self, _: str) -> None:
        is_childless, self._has_just_begun = self._has_just_begun, False
        if self._depth == self._name_depth:
            self._name_depth = 0
            self._parser.CharacterDataHandler = None
        if self.open and self._depth == self._entry_depth:
            self.open.end = self._end_of_tag(is_childless)
            self.entries.append(self.open)
            if self.open.fault:
                self._prefixes = set(self._prefixes_before)
            self.open = None
        self._depth -= 1
        if not self._depth:
            self.end = self._end_of_tag(is_childless)

    def _end_of_tag(self, is_childless: bool) -> int:
        """expat stands before an end tag, but after a tag like <item/>, when it tells that the element ends."""
        at = self._parser.CurrentByteIndex
        if is_childless and self._data[at - 2 : at] == b"/>":
            return at
        return self._data.index(b">", at) + 1

    def _name(self, text: str) -> None:
        words = f"{text}.".split()  # the full stop keeps a space at the end in sight
        self._word_length = len(words[-1]) - 1 + (self._word_length if len(words) == 1 else 0)
        if max(self._word_length, *map(len, words)) > WORD_LENGTH:
            self._blame("an author's name is too long")

    def _namespace(self, prefix: str | None, uri: str) -> None:
        self._prefixes.add(prefix)
        if self._uris.setdefault(prefix, uri) != uri and prefix:
            # For feedparser, what a prefix has meant once it means to the end.
            self.is_separable = False

    def _entity(self, name: str, *_: object) -> None:
        if f"{name};" not in html5 and not name.startswith("HTML"):
            raise BoundsError(f'declares an entity of its own ("{name[:40]}"), which no newsfeed needs')

    def _blame(self, fault: str) -> None:
        if self.open is None:
            raise BoundsError(f"is too tangled to be read: outside its entries, {fault}")
        self.open.fault = self.open.fault or fault


def _chosen(data: bytes, entries: Sequence[_Part]) -> tuple[list[_Part], list[str]]:
    """Those of ENTRIES that are read, and what is to be said of the others."""
    sound = [part for part in entries if not part.fault]
    ends_newest = len(sound) > ENTRIES and _date(data, sound[0]) < _date(data, sound[-1])
    kept: list[_Part] = []
    elements = 0
    for part in sound[: -ENTRIES - 1 : -1] if ends_newest else sound[:ENTRIES]:
        elements += part.elements
        if elements > ELEMENTS:
            break
        kept.append(part)
    notes = []
    if len(sound) < len(entries):
        fault = next(part.fault for part in entries if part.fault)
        notes.append(f"{len(entries) - len(sound)} of {len(entries)} entries cannot be read, since {fault}")
    if len(kept) < len(sound):
        notes.append(f"has {len(entries)} entries; the {'last' if ends_newest else 'first'} {len(kept)} were read")
    return kept, notes


def _date(data: bytes, part: _Part) -> float:
    found = _DATE.search(data, part.begin, part.end)
    told = dates.moment(found[1].decode("utf-8", "replace")) if found else None
    return told.timestamp() if told else 0


def _pieces(data: bytes, scan: _Scan, kept: Sequence[_Part]) -> tuple[bytes, ...]:
    """The root element of DATA, cut where the KEPT entries begin and end, without the others and what stands around."""
    begins = {part.begin for part in kept}
    pieces: list[bytes] = []
    between: list[bytes] = []
    at = scan.root
    for part in scan.entries:
        between.append(data[at : part.begin])
        at = part.end
        if part.begin in begins:
            pieces += (b"".join(between), data[part.begin : part.end])
            between.clear()
    return (*pieces, b"".join((*between, data[at : scan.end])))


def _bounded_as_text(data: bytes, scan: _Scan, error: expat.ExpatError) -> Bounded:
    """What is not well-formed, measured by its letters: no author's name may be long, however it is pieced together."""
    where = f"line {error.lineno}: {expat.errors.messages[error.code]}"
    notes = [f"is not well-formed ({where}); what could be read of it was"]
    if error.code in _ENDS_TOO_SOON:
        # An entry of which a part is missing would be published as if it were whole.
        data = data[: scan.open.begin] if scan.open else data
        notes = [f"is cut short at line {error.lineno}; the entries before that were read"]
    data = _INSTRUCTION.sub(b"", _between(data[scan.root :], b"<!--", b"-->", lambda inside: b""))
    data = _LONG_WORD.sub(b"", _between(data, b"<![CDATA[", b"]]>", _cdata))
    data = _AUTHOR_TEXT.sub(lambda found: found["plain"] or b"<" + found["end"] + b"no-author", data)
    head, *entries = _ENTRY_TEXT.split(data)
    sound = [entry for entry in entries if not _is_tangled(entry)]
    if _is_tangled(head) or (entries and not sound):
        raise BoundsError(f"is not well-formed ({where}), and too tangled to be read all the same")
    kept = [head]
    elements = 0
    length = len(head)
    for entry in sound[:ENTRIES]:
        elements += entry.count(b"<")
        length += len(entry)
        if elements > ELEMENTS or length > LENGTH_AS_TEXT:
            break
        kept.append(entry)
    if len(kept) - 1 < len(entries):
        notes.append(f"{len(kept) - 1} of its {len(entries)} entries were read; the others are too many or too tangled")
    return Bounded((b"".join(kept),), tuple(notes))


def _is_tangled(part: bytes) -> bool:
    return (
        part.count(b"<") > ELEMENTS_OF_ENTRY or part.count(b"xmlns:") > NAMESPACES or _LONG_TAG.search(part) is not None
    )


def _between(data: bytes, begin: bytes, end: bytes, instead: Callable[[bytes], bytes]) -> bytes:
    """DATA with something INSTEAD of each stretch from BEGIN to END, in one walk, however many never end."""
    first, *others = data.split(begin)
    pieces = [first]
    for other in others:
        inside, _, outside = other.partition(end)
        pieces += (instead(inside), outside)
    return b"".join(pieces)


def _cdata(inside: bytes) -> bytes:
    return b"<![CDATA[" + inside + b"]]>" if b"<" in inside or b"&" in inside else inside
