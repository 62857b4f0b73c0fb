"""The pages of a newsfeed: what is new and what is to come, how to follow it, whose news it carries, its months."""

from collections import Counter
from collections.abc import Mapping, Sequence

from aggregator.model import Article, Channel, Edition, Volume
from aggregator.places import NATION, Place
from aggregator.publishing import swedish
from aggregator.publishing.edition import is_over
from aggregator.publishing.pages import linked
from aggregator.publishing.pages.maps import Map, map_of
from aggregator.publishing.pages.rendering import rendered


def page(edition: Edition, around: Sequence[Channel]) -> bytes:
    """The page of a newsfeed, with links to those AROUND it."""
    channel = edition.channel
    return rendered(
        "channel.html",
        channel.path,
        edition.site,
        edition=edition,
        channel=channel,
        today=edition.day,
        coming=edition.coming,
        over=[article for article in edition.articles if article.event and is_over(article, edition.day)],
        news=[article for article in edition.articles if not article.event],
        around=around,
        years=years_of(edition.months),
        events_only=not channel.selection.everything and channel.selection.beside is None,
        county=county_of(channel),
        map=_map(channel, edition.articles),
        most=max((count for _, count in edition.weeks), default=0),
        linked=linked.collection(edition.site, channel, edition.articles),
    )


def follow_page(edition: Edition) -> bytes:
    """How to get what is new without coming here."""
    channel = edition.channel
    return rendered("folj.html", f"{channel.path}folj/", edition.site, channel=channel, county=county_of(channel))


def actors_page(edition: Edition, around: Sequence[Channel]) -> bytes:
    """Aktörsförteckningen: whose news a newsfeed carries; those AROUND it have their own."""
    channel = edition.channel
    return rendered(
        "aktorer.html",
        f"{channel.path}aktorer/",
        edition.site,
        channel=channel,
        county=county_of(channel),
        actors=edition.actors,
        around=around,
    )


def month_page(volume: Volume) -> bytes:
    """What came into a newsfeed in one month."""
    channel = volume.channel
    return rendered(
        "month.html",
        f"{channel.path}arkiv/{volume.month}/",
        volume.site,
        channel=channel,
        county=county_of(channel),
        volume=volume,
        today=None,
    )


def years_of(months: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    """MONTHS by year, each as in addresses and by name: {"2026": [("2026-11", "november")]}."""
    years: dict[str, list[tuple[str, str]]] = {}
    for month in months:
        years.setdefault(month[:4], []).append((month, swedish.written_month(month).split()[0]))
    return years


def county_of(channel: Channel) -> Place | None:
    """The county that a municipality's newsfeed stands below."""
    return channel.places[0].county if channel.level == "municipality" else None


def _map(channel: Channel, articles: Sequence[Article]) -> Map | None:
    """The county, coloured by what stands on the page; none of the nation, nor of what lies in several counties."""
    counties = {place.county for place in channel.places if place != NATION}
    if len(counties) != 1:
        return None
    counts = Counter(place.code for article in articles for place in article.places)
    here = [place for place in channel.places if place.is_municipality]
    return map_of(counties.pop(), counts, here)
