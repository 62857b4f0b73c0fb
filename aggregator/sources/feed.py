"""A site that publishes a newsfeed: RSS or Atom, read by feedparser, or JSON Feed."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import feedparser

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, Event, Image, Reading, Source
from aggregator.model.units import Text
from aggregator.sources import clean, jsonfeed

# The end of a document that was not cut short; what follows it may only be a comment or a stamp of a cache.
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_MARKUP: dict[str, clean.Markup] = {"text/html": "html", "application/xhtml+xml": "html"}


class FeedSource(Source, frozen=True):
    """`feed` is an address of the web, or a path that counts from feeds.toml."""

    feed: Text

    @property
    def location(self) -> str:
        return self.feed

    def below(self, folder: Path) -> Self:
        return self if "://" in self.feed else self.model_copy(update={"feed": str(folder / self.feed)})

    def read(self, document: Document) -> Reading:
        content = document.content.strip(b"\x00\t\n\r ")
        if not content:
            raise ParseError(document.location, "answers with nothing at all")
        if content.removeprefix(b"\xef\xbb\xbf").startswith(b"{"):
            return jsonfeed.read(document)
        return _read_xml(document, content)


def _read_xml(document: Document, content: bytes) -> Reading:
    headers = {"content-type": document.media_type, "content-location": document.location}
    feed = feedparser.parse(
        BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries and (feed.bozo or not feed.version):
        raise ParseError(document.location, _what_it_is_instead(content))
    base = clean.whole_url(document.location) or clean.whole_url(feed.feed.get("link", ""))
    is_rss = not feed.version.startswith("atom")
    entries = [_entry(raw, base, feed.feed.get("language", ""), is_rss) for raw in feed.entries]
    empty = sum(not (entry.title or entry.url) for entry in entries)
    notes = []
    if empty:
        notes.append(f"{empty} of {len(entries)} entries have neither title, text nor link, and were passed over")
    if feed.bozo and isinstance(feed.bozo_exception, Exception) and not _is_about_headers(feed.bozo_exception):
        notes.append(f"is not well-formed ({feed.bozo_exception}); what could be read of it was")
    return Reading(
        entries=tuple(entry for entry in entries if entry.title or entry.url),
        title=clean.plain(feed.feed.get("title", "")),
        notes=tuple(notes),
        pause=_pause(feed.feed),
        whole=_END.search(content[-2000:]) is not None,
    )


def _pause(feed: Any) -> timedelta:
    """How long the feed asks to be left alone: RSS ttl in minutes, or RSS 1.0's syndication module."""
    times = str(feed.get("sy_updatefrequency", "")).strip()
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), timedelta())
    ttl = str(feed.get("ttl", "")).strip()
    minutes = int(ttl[:6]) if ttl.isascii() and ttl.isdecimal() else 0
    often = int(times[:6]) if times.isascii() and times.isdecimal() else 1
    return max(timedelta(minutes=minutes), period / max(often, 1))


def _is_about_headers(error: Exception) -> bool:
    """feedparser also complains of a wrong Content-Type or charset in the answer's headers, which harms nobody."""
    return isinstance(error, feedparser.NonXMLContentType | feedparser.CharacterEncodingOverride)


def _what_it_is_instead(content: bytes) -> str:
    beginning = content[:1000].lower()
    if b"<html" in beginning or b"<!doctype html" in beginning:
        return "is a web page and no newsfeed; 'nyhetsflode try' on the address tells which newsfeeds the page names"
    return "is neither RSS, Atom nor JSON Feed, or too broken to be read as one"


def _entry(raw: Any, feed_base: str, feed_language: str, is_rss: bool) -> Entry:
    title = raw.get("title_detail") or {}
    summary, content = _texts(raw, is_rss)
    url = raw.get("link", "") or next((link.href for link in raw.get("links", ()) if link.get("href")), "")
    declared = (content or summary).get("base", "")
    base = declared if declared != feed_base else clean.whole_url(url, feed_base)
    plainly: clean.Markup = "escaped" if is_rss else "text"
    return clean.entry(
        base or feed_base,
        id=raw.get("id", ""),
        url=clean.whole_url(url, feed_base),
        title=raw.get("title", ""),
        title_markup=_MARKUP.get(title.get("type", ""), plainly),
        summary=_html(summary, is_rss),
        content=_html(content, is_rss),
        authors=[author.get("name", "") for author in raw.get("authors", ())],
        categories=[tag.get("label") or tag.get("term") or "" for tag in raw.get("tags", ())],
        language=(content or title).get("language") or feed_language or "",
        published=_told(raw, "published") or _told(raw, "created"),
        updated=_told(raw, "updated"),
        image=_image(raw, base),
        event=_event(raw),
    )


def _texts(raw: Any, is_rss: bool) -> tuple[dict[str, str], dict[str, str]]:
    """The ingress and the full text, which is the longest that the entry has; the only text there is, is the full one.

    In RSS, feedparser mixes a picture's caption (media:description) with them; it is plain where the others are HTML.
    """
    texts = [part for part in (raw.get("summary_detail"), *raw.get("content", ())) if part and part.get("value")]
    if is_rss and any(part.type != "text/plain" for part in texts):
        texts = [part for part in texts if part.type != "text/plain"]
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
    """The picture that the entry names: media:content, an enclosure, a thumbnail; not the face of its author."""
    media = [part for part in raw.get("media_content", ()) if _is_picture(part)]
    enclosures = [part for part in raw.get("enclosures", ()) if _is_picture(part)]
    for part in (*media, *enclosures, *raw.get("media_thumbnail", ())):
        address = part.get("url") or part.get("href") or ""
        found = "gravatar.com/avatar" not in address and clean.image(
            base,
            address,
            type=part.get("type", ""),
            credit=next((credit.get("content", "") for credit in raw.get("media_credit", ())), ""),
            width=part.get("width", ""),
            height=part.get("height", ""),
            length=part.get("filesize") or part.get("length", ""),
        )
        if found:
            return found
    return None


def _is_picture(part: Any) -> bool:
    return bool(part.get("medium") == "image" or str(part.get("type")).startswith("image/"))


def _event(raw: Any) -> Event | None:
    """RSS 1.0's event module, which calendars on web sites write into RSS 2.0 too."""
    return clean.event(
        raw.get("ev_startdate", ""), raw.get("ev_enddate", ""), raw.get("ev_location", ""), raw.get("ev_organizer", "")
    )
