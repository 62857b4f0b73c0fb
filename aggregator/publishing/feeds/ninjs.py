"""Articles as ninjs, which the systems of newsrooms take: IPTC's 1.4, and the profile of it that TT delivers.

In Sweden it is TT's that every newspaper's system has an importer for. What differs: IPTC's has `body_html` (Superdesk
reads no other), which TT forbids; TT's tells of events in members of their own (`datetime`, `body_event`), which IPTC
forbids. Both: moments end in Z, and identifiers are our ids, since addresses may move.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Literal

from aggregator.model import Article, Corrections, Edition, Event, Image, Site, Withdrawal, text_of
from aggregator.places import Place
from aggregator.publishing import swedish
from aggregator.publishing.feeds.body import body_of, credit_of, sort_of
from aggregator.publishing.feeds.head import own_tag
from aggregator.publishing.feeds.jsonfeed import Values, dumped, moment, spliced
from aggregator.publishing.feeds.syndication import REMEMBERED

Profile = Literal["iptc", "tt"]


def ninjs(edition: Edition) -> bytes:
    return _of(edition.site, edition.articles, edition.withdrawn, "iptc")


def tt_ninjs(edition: Edition) -> bytes:
    return _of(edition.site, edition.articles, edition.withdrawn, "tt")


def corrections_ninjs(made: Corrections, profile: Profile = "iptc") -> bytes:
    """What was corrected, as it is now, and what is to be taken out: both by the ids that newsrooms have them under."""
    return _of(made.site, made.articles, made.withdrawn, profile)


def article_ninjs(site: Site, article: Article) -> bytes:
    return _article(site, article, "iptc") + b"\n"


def withdrawal_ninjs(site: Site, withdrawal: Withdrawal) -> bytes:
    """Who has taken the article in is told to take it out."""
    return dumped(_withdrawn(withdrawal)) + b"\n"


def _of(site: Site, articles: Iterable[Article], withdrawn: Iterable[Withdrawal], profile: Profile) -> bytes:
    items = [_article(site, article, profile) for article in articles]
    gone = [dumped(_withdrawn(withdrawal)) for withdrawal in withdrawn]
    return spliced({"total": len(items) + len(gone)}, "hits", [*items, *gone])


def _withdrawn(withdrawal: Withdrawal) -> Values:
    return {
        "uri": withdrawal.id,
        "type": "text",
        "profile": "PUBL",
        "version": moment(withdrawal.moment),
        "versioncreated": moment(withdrawal.moment),
        "pubstatus": "canceled",
        "ednote": "Tillbakadragen: ska inte publiceras, och avpubliceras där den finns.",
    }


@lru_cache(REMEMBERED)
def _article(site: Site, article: Article, profile: Profile) -> bytes:
    body = body_of(article)
    values: Values = {
        "uri": article.id,
        "type": "event" if article.event and profile == "tt" else "text",
        "mimetype": "text/html",
        "representationtype": "complete" if article.html else "incomplete",
        "profile": "PUBL",
        "version": moment(article.updated),
        "firstcreated": moment(article.published),
        "versioncreated": moment(article.updated),
        "pubstatus": "usable",
        "language": article.language or "sv",
        "headline": article.title,
        "byline": ", ".join(article.authors) or article.actor,
        "description_text": article.summary,
        "body_text": text_of(body),
        "body_html5": body,
        "copyrightholder": article.actor,
        "usageterms": " ".join(filter(None, (article.rights or site.rights, f"{credit_of(article)}."))),
        "ednote": _note(site, article),
        "infosource": _sources(site, article),
        "place": [_place(site, place) for place in article.places],
        "subject": [
            {"name": name, "scheme": own_tag(site, "amne"), "code": name.lower()} for name in article.categories
        ],
        "associations": {"bild1": _picture(article.image)} if article.image else {},
        "altids": {"originaltransmissionreference": article.url},
    }
    if profile == "iptc":
        values["body_html"] = body
        values["$standard"] = {"name": "ninjs", "version": "1.4"}
    elif article.event:
        values |= _event(article, article.event)
    return dumped(values)


def _note(site: Site, article: Article) -> str:
    """What was corrected last comes first."""
    corrected = [
        f"Rättad {swedish.written_moment(each.moment)}: {swedish.told_correction(each)}"
        for each in article.corrections[-1:]
    ]
    where = f"Från {site.publisher}. Originalet: {article.url} · Hos oss: {site.url}{article.path}"
    return " ".join([*corrected, where])


def _sources(site: Site, article: Article) -> list[Values]:
    own: Values = {
        "name": article.actor,
        "scheme": own_tag(site, "aktor"),
        "code": article.source_id.partition("/")[0],
    }
    also: list[Values] = [{"name": credit.actor} for credit in article.also]
    return [own, *also]


def _place(site: Site, place: Place) -> Values:
    """TT's own words for what sort of place it is; the codes are SCB's."""
    sort = sort_of(place)
    rel = {"lan": "län"}.get(sort, sort)
    return {"name": place.name, "rel": rel, "scheme": own_tag(site, sort), "code": place.code}


def _picture(image: Image) -> Values:
    sizes = {"width": image.width, "height": image.height, "sizeinbytes": image.length}
    rendition = {"href": image.url, "mimetype": image.type, **{name: size for name, size in sizes.items() if size}}
    told = {"headline": image.alt, "description_text": image.alt, "byline": image.credit, "mimetype": image.type}
    return {
        "uri": image.url,
        "type": "picture",
        **{name: value for name, value in told.items() if value},
        "renditions": {"original": {name: value for name, value in rendition.items() if value}},
    }


def _event(article: Article, event: Event) -> Values:
    when = {"date": event.start, "enddate": event.end or event.start}
    told: Values = {name: f"{day:%Y-%m-%d}" for name, day in when.items()}
    if isinstance(event.start, datetime):
        told["datetime"] = moment(event.start)
    if isinstance(event.end, datetime):
        told["enddatetime"] = moment(event.end)
    return {**told, "body_event": _body_event(article, event)}


def _body_event(article: Article, event: Event) -> Values:
    municipality = next((place for place in article.places if place.is_municipality), None)
    county = municipality.county if municipality else next((place for place in article.places if place.is_county), None)
    told = {
        "arena": event.place,
        "organizer": event.organiser or article.actor,
        "organizerurl": article.actor_url,
        "eventurl": article.url,
        "country": "SWE",
        "municipality": municipality.code if municipality else "",
        "municipality_text": municipality.name if municipality else "",
        "region": county.code if county else "",
        "region_text": county.name if county else "",
        "eventstatus": "4" if event.cancelled else "1",
        "eventstatus_text": "Inställt" if event.cancelled else "Planerat",
    }
    return {name: value for name, value in told.items() if value}
