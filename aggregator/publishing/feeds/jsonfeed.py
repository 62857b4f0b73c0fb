"""An edition as JSON Feed 1.1, for those who read newsfeeds by program.

What JSON Feed has no words for stands under `_koso`, as its rules for extensions want it.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache

from aggregator.model import Article, Edition, Event, Image, Site
from aggregator.publishing import swedish
from aggregator.publishing.feeds.body import body_of, categories_of
from aggregator.publishing.feeds.head import Head, head_of
from aggregator.publishing.feeds.syndication import REMEMBERED

_EXPIRED = b'"expired":true,'

VERSION = "https://jsonfeed.org/version/1.1"

Values = dict[str, object]


def json_feed(edition: Edition) -> bytes:
    head = head_of(edition, "feed.json")
    return spliced(_head(head, edition), "items", [_item(head.site, article) for article in head.articles])


def expired(document: bytes) -> bytes:
    """The newsfeed in DOCUMENT, told to be finished: nothing will ever follow."""
    head, brace, rest = document.partition(b"{")
    return document if rest.startswith(_EXPIRED) else b"".join((head, brace, _EXPIRED, rest))


def spliced(head: Values, name: str, items: list[bytes]) -> bytes:
    """HEAD with ITEMS under NAME, a line each; every item is written once, and used wherever it stands."""
    return b"".join((dumped(head)[:-1], f',"{name}":[\n'.encode(), b",\n".join(items), b"\n]}\n"))


def dumped(values: Values) -> bytes:
    """VALUES as JSON; what is empty is left out."""
    told = {name: value for name, value in values.items() if value not in ("", None, [], {})}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _head(head: Head, edition: Edition) -> Values:
    site, channel = head.site, head.channel
    return {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.address,
        "description": head.description,
        "language": "sv",
        "authors": [{"name": site.publisher, "url": site.url}],
        "hubs": [{"type": "WebSub", "url": site.hub}] if site.hub else [],
        "_koso": {
            "about": f"{site.url}floden.json",
            "level": channel.level,
            "codes": [place.code for place in channel.places],
            "updated": moment(head.updated),
            "rights": site.rights,
            "months": list(edition.months),
            "withdrawn": [{"id": gone.id, "since": moment(gone.moment)} for gone in head.withdrawn],
        },
    }


@lru_cache(REMEMBERED)
def _item(site: Site, article: Article) -> bytes:
    image = article.image
    return dumped(
        {
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "content_html": body_of(article),
            "summary": article.summary,
            "image": image.url if image else "",
            "date_published": moment(article.published),
            "date_modified": moment(article.updated),
            "authors": [{"name": author} for author in article.authors]
            or [{"name": article.actor, **({"url": article.actor_url} if article.actor_url else {})}],
            "tags": list(dict.fromkeys(name for name, _ in categories_of(article))),
            "language": article.language,
            "attachments": _attachments(image),
            "_koso": _own(site, article),
        }
    )


def _attachments(image: Image | None) -> list[Values]:
    """Pictures of which the type is known, which JSON Feed demands."""
    if image is None or not image.type:
        return []
    size = {"size_in_bytes": image.length} if image.length else {}
    return [{"url": image.url, "mime_type": image.type, **({"title": image.alt} if image.alt else {}), **size}]


def _own(site: Site, article: Article) -> Values:
    own: Values = {
        "page": f"{site.url}{article.path}",
        "actor": {"id": article.source_id.partition("/")[0], "name": article.actor, "url": article.actor_url},
        "kind": article.kind,
        "places": [{"code": place.code, "name": place.name} for place in article.places],
        "themes": list(article.themes),
        "also": [{"name": credit.actor, "url": credit.url} for credit in article.also],
        "event": _event(article.event) if article.event else None,
        "entered": moment(article.entered),
        "corrected": moment(article.corrected) if article.corrected else "",
        "rights": article.rights or site.rights,
    }
    return {name: value for name, value in own.items() if value not in ("", None, [])}


def _event(event: Event) -> Values:
    """Days without a time stay days: the whole day is meant."""
    told: Values = {
        "start": swedish.machine_readable(event.start),
        "end": swedish.machine_readable(event.end) if event.end else "",
        "place": event.place,
        "address": event.address,
        "organiser": event.organiser,
    }
    return {**{name: value for name, value in told.items() if value}, "cancelled": event.cancelled}


def moment(when: datetime) -> str:
    """RFC 3339 in UTC, to the second: there are parsers that take no other zone."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
