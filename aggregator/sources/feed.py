"""A site that publishes a newsfeed: RSS or Atom, read by feedparser, or JSON Feed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import feedparser

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, Event, Image, Reading, Source
from aggregator.model.units import Location
from aggregator.sources import bounds, clean, jsonfeed, known, letters

# feedparser cuts an author's e-mail address after four letters of its last part ('kim@lag.exam', 'ple') and takes the
# rest for a name; we keep no addresses, so they go before it sees them.
_AUTHOR = re.compile(
    rb"<(?P<name>(?:\w+:)?(?:author|creator|contributor|name|email))\b[^<>]{0,200}>(?:<!\[CDATA\[)?[^<>]{3,300}(?:\]\]>)?</(?P=name)"
)
_MAIL_ADDRESS = re.compile(rb"(?:mailto:)?[^\s<>()\[\]&;,\"'@]{1,64}@[^\s<>()\[\]&;,\"'@]{1,255}")
# A picture's caption, by the name that all give it; feedparser writes it over the entry's own summary.
_CAPTION = re.compile(rb"(</?media:)description\b[^<>]{0,200}?(/?>)")
# Links of an entry that lead to what it tells; others lead to sounds, to comments or to the feed itself.
_TELLING = ("alternate", "related", "via")

# The end of a document that was not cut short; what follows it may only be a comment or a stamp of a cache.
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_MARKUP: dict[str, clean.Markup] = {"text/html": "html", "application/xhtml+xml": "html"}


class FeedSource(Source, frozen=True):
    """`feed` is an address of the web, or a path that counts from feeds.toml.

    With `full_text`, the page of each new item is read as well.
    """

    feed: Location
    full_text: bool = False

    @property
    def location(self) -> str:
        return self.feed

    @property
    def wants_full_text(self) -> bool:
        return self.full_text

    def below(self, folder: Path) -> Self:
        return self if "://" in self.feed else self.model_copy(update={"feed": str(folder / self.feed)})

    def read(self, document: Document) -> Reading:
        text = letters.text_in(document.content, document.media_type).strip("\x00\t\n\r \ufeff")
        if not text:
            raise ParseError(document.location, "answers with nothing at all")
        if text.startswith("{"):
            return jsonfeed.read(document, text, self.identity)
        return _read_xml(document, text, self.identity)


def _read_xml(document: Document, text: str, policy: str) -> Reading:
    """What TEXT says, apart from entries that were read before in these very bytes, from a head that gives the same.

    Fingerprints are told of feeds only whose entries feedparser reads one by one as it reads them all.
    """
    location = document.location
    try:
        bounded = bounds.bounded(text)
    except bounds.BoundsError as error:
        raise ParseError(location, str(error)) from error
    head = feed = _parsed(location, bounded.document_with(()) if bounded.entries else bounded.document)
    base = clean.whole_url(location) or clean.whole_url(head.feed.get("link", ""))
    marks = known.marks_of(bounded.entries, bounded.inherited, head.version, head.feed.get("language"), base, policy)
    wanted = [number for number, mark in enumerate(marks) if mark not in document.seen]
    if wanted:
        feed = _parsed(location, bounded.document_with(wanted))
    if bounded.entries and (feed.bozo or not head.version or len(feed.entries) != len(wanted)):
        wanted, marks = [], ()
        head = feed = _parsed(location, bounded.document)
    if not (feed.entries or marks) and (feed.bozo or not feed.version):
        raise ParseError(location, _what_it_is_instead(text, bounded.notes))
    return _reading(
        [_entry(raw, base, head.feed.get("language", ""), _is_rss(head)) for raw in feed.entries[: bounds.ENTRIES]],
        Reading(
            entries=(),
            title=clean.plain(head.feed.get("title", ""), _title_markup(head.feed, _is_rss(head))),
            notes=bounded.notes,
            pause=_pause(head.feed),
            whole=_END.search(text[-2000:]) is not None,
            fingerprints=tuple(marks[number] for number in wanted),
            known=tuple(mark for mark in marks if mark in document.seen),
            home=clean.whole_url(head.feed.get("link", ""), base),
        ),
    )


def _reading(entries: Sequence[Entry], told: Reading) -> Reading:
    """TOLD with those of ENTRIES that say something, and a note on the others."""
    telling = [number for number, entry in enumerate(entries) if entry.title or entry.url]
    empty = len(entries) - len(telling)
    every = len(entries) + len(told.known)
    note = f"{empty} of {every} entries have neither title, text nor link, and were passed over"
    return replace(
        told,
        entries=tuple(entries[number] for number in telling),
        notes=(*told.notes, note) if empty else told.notes,
        fingerprints=tuple(told.fingerprints[number] for number in telling) if told.fingerprints else (),
    )


def _is_rss(feed: Any) -> bool:
    return not feed.version.startswith("atom")


def _pause(feed: Any) -> timedelta:
    """How long the feed asks to be left alone: RSS ttl in minutes, or RSS 1.0's syndication module."""
    times = str(feed.get("sy_updatefrequency", "")).strip()
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), timedelta())
    ttl = str(feed.get("ttl", "")).strip()
    minutes = int(ttl[:6]) if ttl.isascii() and ttl.isdecimal() else 0
    often = int(times[:6]) if times.isascii() and times.isdecimal() else 1
    return max(timedelta(minutes=minutes), period / max(often, 1))


def _parsed(location: str, document: bytes) -> Any:
    document = _CAPTION.sub(rb"\1caption\2", document)
    document = _AUTHOR.sub(lambda found: _MAIL_ADDRESS.sub(b"", found[0]), document)
    # The location is not told, since feedparser would make an id that looks like a path depend on it.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # feedparser trips over its own feet where elements stand in places that make no sense.
        raise ParseError(location, f"is too broken to be read as a newsfeed ({error!r})") from error


def _what_it_is_instead(text: str, notes: tuple[str, ...]) -> str:
    beginning = text[:1000].lower()
    if "<html" in beginning or "<!doctype html" in beginning:
        return "is a web page and no newsfeed; 'nyhetsflode try' on the address tells which newsfeeds the page names"
    if notes and re.search("<(?:rss|feed|rdf:RDF)[ >]", text[:5000]):
        return f"has no entry that could be read; it {notes[0].partition(';')[0]}"
    return "is neither RSS, Atom nor JSON Feed, or too broken to be read as one"


def _entry(raw: Any, feed_base: str, feed_language: str, is_rss: bool) -> Entry:
    summary, content = _texts(raw)
    declared = (content or summary).get("base", "")
    url = _link(raw)
    base = clean.whole_url(declared, feed_base) or clean.whole_url(url, feed_base) or feed_base
    return clean.entry(
        base,
        id=raw.get("id", ""),
        url=clean.whole_url(url, feed_base),
        title=raw.get("title", ""),
        title_markup=_title_markup(raw, is_rss),
        summary=_html(summary, is_rss),
        content=_html(content, is_rss),
        authors=[author.get("name", "").strip(" ()<>,") for author in raw.get("authors", ())],
        categories=[tag.get("label") or tag.get("term") or "" for tag in raw.get("tags", ())],
        language=(content or raw.get("title_detail") or {}).get("language") or feed_language or "",
        published=_told(raw, "published") or _told(raw, "created"),
        updated=_told(raw, "updated"),
        image=_image(raw, base),
        event=_event(raw),
    )


def _title_markup(raw: Any, is_rss: bool) -> clean.Markup:
    """In Atom a title says what it is, and is plain if it does not; in RSS it may be anything."""
    plainly: clean.Markup = "escaped" if is_rss else "text"
    return _MARKUP.get((raw.get("title_detail") or {}).get("type", ""), plainly)


def _link(raw: Any) -> str:
    """The address of the entry; asked as a plain dict, since feedparser otherwise answers with an enclosure's."""
    links = [(link.get("rel"), link.get("href")) for link in raw.get("links", ())]
    told = [href for rel in _TELLING for name, href in links if name == rel and href]
    if told:
        return str(told[0])
    # A guid is taken for an address unless it says that it is none; but many forget to say so.
    link = str(dict.get(raw, "link") or "")
    return "" if link == raw.get("id") and "/" not in link else link


def _texts(raw: Any) -> tuple[dict[str, str], dict[str, str]]:
    """The ingress and the full text, which is the longest that the entry has; the only text there is, is the full one.

    Video sites have no text but the caption of the film's picture.
    """
    texts = [part for part in (raw.get("summary_detail"), *raw.get("content", ())) if part and part.get("value")]
    if not texts:
        return {}, {"value": clean.as_html(_caption(raw))}
    ingress, full = [{}, {}, *sorted(texts, key=lambda part: len(part.value))][-2:]
    return ingress, full


def _html(text: dict[str, str], is_rss: bool) -> str:
    """A text as HTML; in Atom, what is called plain is not to be taken for markup."""
    value = text.get("value", "")
    return clean.as_html(value) if text.get("type") == "text/plain" and not is_rss else value


def _told(raw: Any, name: str) -> str:
    """A date as it stands in the feed; asked as a plain dict, since feedparser otherwise answers with another date."""
    return dict.get(raw, name) or ""


def _image(raw: Any, base: str) -> Image | None:
    """The picture that the entry names (media, an enclosure, a thumbnail, itunes:image); not the face of its author."""
    media = [part for part in raw.get("media_content", ()) if _is_picture(part)]
    enclosures = [part for part in raw.get("enclosures", ()) if _is_picture(part)]
    # feedparser calls itunes:image so; and image of RSS 0.9x, which stands in a channel, never in an item.
    others = (*raw.get("media_thumbnail", ()), *([raw["image"]] if isinstance(raw.get("image"), dict) else ()))
    pictures = [part for part in (*media, *enclosures, *others) if not _is_face(part)]
    for part in pictures:
        found = clean.image(
            base,
            _address(part),
            type=part.get("type", ""),
            alt=_caption(raw) if len(pictures) == 1 and ("summary" in raw or "content" in raw) else "",
            credit=next((credit.get("content", "") for credit in raw.get("media_credit", ())), ""),
            width=part.get("width", ""),
            height=part.get("height", ""),
            length=part.get("filesize") or part.get("length", ""),
        )
        if found:
            return found
    return None


def _address(part: Any) -> str:
    return str(part.get("url") or part.get("href") or "")


def _is_face(part: Any) -> bool:
    return "gravatar.com/avatar" in _address(part)


def _caption(raw: Any) -> str:
    caption = raw.get("media_caption", "")
    return caption if isinstance(caption, str) else ""


def _is_picture(part: Any) -> bool:
    return bool(part.get("medium") == "image" or str(part.get("type")).startswith("image/"))


# What tells an event in modules of RSS: from when, until when, where and whose.
_EVENT_MODULES = (
    ("ev_startdate", "ev_enddate", "ev_location", "ev_organizer"),  # RSS 1.0's event module, in RSS 2.0 too
    ("xcal_dtstart", "xcal_dtend", "xcal_location", "xcal_organizer"),  # iCalendar in XML (RFC 6321)
)


def _event(raw: Any) -> Event | None:
    told = ([str(raw.get(name) or "") for name in names] for names in _EVENT_MODULES)
    return next((event for one in told if (event := clean.event(*one))), None)
