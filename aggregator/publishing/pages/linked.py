"""What programs may know of a page (schema.org as JSON-LD): lists of news, and events; never others' news as ours."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from aggregator.model import Article, Channel, Site
from aggregator.publishing import swedish

_SIGNS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def collection(site: Site, channel: Channel, articles: Sequence[Article]) -> Markup:
    """The page of a newsfeed: a list of links to what others published."""
    return _script(
        {
            "@type": "CollectionPage",
            "url": f"{site.url}{channel.path}",
            "name": channel.name,
            "inLanguage": "sv",
            "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
            "mainEntity": {
                "@type": "ItemList",
                "itemListElement": [
                    {"@type": "ListItem", "position": number, "url": article.url}
                    for number, article in enumerate(articles, start=1)
                ],
            },
        }
    )


def event(article: Article) -> Markup:
    """What happens and when, if ARTICLE is of an event; else nothing."""
    told = article.event
    if told is None:
        return Markup("")
    status = "EventCancelled" if told.cancelled else "EventScheduled"
    facts: dict[str, Any] = {
        "@type": "Event",
        "name": article.title,
        "url": article.url,
        "startDate": swedish.machine_readable(told.start),
        "endDate": swedish.machine_readable(told.end) if told.end else None,
        "eventStatus": f"https://schema.org/{status}",
        "description": article.summary,
        "location": {"@type": "Place", "name": told.place, "address": told.place} if told.place else None,
        "organizer": {"@type": "Organization", "name": told.organiser or article.actor},
    }
    return _script({name: value for name, value in facts.items() if value})


def _script(facts: dict[str, Any]) -> Markup:
    """FACTS as data in a page. No sign in it can end the element that holds it."""
    told = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(told.translate(_SIGNS)))
