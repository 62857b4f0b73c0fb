"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not read."""

import json
from typing import Any

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, Event, Reading
from aggregator.sources import bounds, clean, known

VERSIONS = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")

_EVENT_KEYS = (
    ("start", "starts", "start_date", "startDate", "starts_at", "dtstart"),
    ("end", "ends", "end_date", "endDate", "ends_at", "dtend"),
    ("location", "place", "venue"),
)


def read(document: Document, text: str, policy: str) -> Reading:
    """What TEXT says, apart from items that were read before, from a feed that gave them the same."""
    location = document.location
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(location, f"is no JSON that can be read: {error}") from error
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(VERSIONS):
        raise ParseError(location, 'is JSON but no JSON Feed: its "version" does not say so')
    if not isinstance(feed.get("items"), list):
        raise ParseError(location, 'is a JSON Feed without its list of "items"')
    items, notes = _newest([item for item in feed["items"] if isinstance(item, dict)])
    base = clean.whole_url(location) or clean.whole_url(_text(feed, "home_page_url"))
    written = [json.dumps(item, sort_keys=True).encode() for item in items]
    marks = known.marks_of(written, base, _text(feed, "language"), _authors(feed), policy)
    entries = [
        (mark, _entry(item, base, feed)) for mark, item in zip(marks, items, strict=True) if mark not in document.seen
    ]
    telling = [(mark, entry) for mark, entry in entries if entry.title or entry.url]
    if empty := len(entries) - len(telling):
        notes.append(f"{empty} of {len(items)} items have neither title, text nor link, and were passed over")
    return Reading(
        entries=tuple(entry for _, entry in telling),
        title=clean.plain(_text(feed, "title"), "text"),
        notes=tuple(notes),
        fingerprints=tuple(mark for mark, _ in telling),
        known=tuple(mark for mark in marks if mark in document.seen),
        home=clean.whole_url(_text(feed, "home_page_url"), base),
    )


def _newest(items: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """As many items as we read of any feed; JSON tells at once which are the newest."""
    if len(items) <= bounds.ENTRIES:
        return items, []
    newest = sorted(items, key=lambda item: _text(item, "date_published")[:30], reverse=True)[: bounds.ENTRIES]
    return newest, [f"has {len(items)} items; the newest {len(newest)} were read"]


def _entry(item: dict[str, Any], base: str, feed: dict[str, Any]) -> Entry:
    text = _text(item, "content_text")
    return clean.entry(
        base,
        id=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        title_markup="text",
        summary=clean.as_html(_text(item, "summary")),
        content=_text(item, "content_html") or clean.as_html(text),
        authors=[_text(author, "name") for author in _authors(item) or _authors(feed)],
        categories=[clean.as_html(tag) for tag in _list(item, "tags") if isinstance(tag, str)],
        language=_text(item, "language") or _text(feed, "language"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        image=clean.image(base, _text(item, "image") or _text(item, "banner_image")),
        event=_event(item),
    )


def _event(item: dict[str, Any]) -> Event | None:
    """An event in an extension, whose key begins with an underscore; there is no agreement on what is in it."""
    for key, told in item.items():
        if key.startswith("_") and isinstance(told, dict):
            start, end, place = (next(filter(None, (_text(told, name) for name in names)), "") for names in _EVENT_KEYS)
            if event := clean.event(start, end, clean.as_html(place)):
                return event
    return None


def _authors(thing: dict[str, Any]) -> list[dict[str, Any]]:
    """Version 1.1 has a list of authors, version 1.0 one author."""
    return [author for author in (*_list(thing, "authors"), thing.get("author")) if isinstance(author, dict)]


def _text(thing: dict[str, Any], key: str) -> str:
    """A string, or a number where a string should be, as ids often are."""
    value = thing.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(thing: dict[str, Any], key: str) -> list[Any]:
    value = thing.get(key)
    return value if isinstance(value, list) else []
