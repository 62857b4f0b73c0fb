"""An edition as a page for people, and the front page that leads to all of them.

Links within the site are relative, so that it can be served from any folder. Nothing is fetched from elsewhere, and
no script is needed.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator import places
from aggregator.model import Article, Channel, Edition, Health, Publication, Site
from aggregator.places import Place
from aggregator.publishing import condition, swedish


def page(edition: Edition, around: Sequence[Channel]) -> bytes:
    """The page of a newsfeed, with links to those AROUND it."""
    events = [article for article in edition.articles if article.event]
    coming = sorted((article for article in events if not _is_over(article, edition.day)), key=_start)
    return _render(
        "channel.html",
        edition.channel.path,
        site=edition.site,
        channel=edition.channel,
        feed_url=edition.address("rss.xml"),
        coming=coming,
        over=[article for article in events if _is_over(article, edition.day)],
        news=[article for article in edition.articles if not article.event],
        around=around,
        events_only=not edition.channel.selection.everything and edition.channel.selection.beside is None,
        county=next((place for place in edition.channel.places if place.is_county), None),
    )


def front_page(site: Site, channels: Sequence[Channel]) -> bytes:
    by_path = {channel.path: channel for channel in channels}
    counties = sorted(places.counties(), key=lambda place: swedish.sort_key(place.name))
    return _render(
        "front.html",
        "",
        site=site,
        nation=channels[0],
        networks=[channel for channel in channels if channel.level == "network"],
        counties=[
            (
                by_path[county.path],
                sorted(places.municipalities_of(county), key=lambda place: swedish.sort_key(place.name)),
            )
            for county in counties
        ],
    )


def status_page(site: Site, health: Health) -> bytes:
    """How the sources are: what looks wrong first, and then each source, those that are not well first."""
    in_order = sorted(
        health.states,
        key=lambda state: (condition.is_well(state), swedish.sort_key(state.actor.name), state.source.id),
    )
    return _render(
        "status.html",
        "status/",
        site=site,
        states=in_order,
        well=sum(condition.is_well(state) for state in in_order),
        alarms=health.all_alarms,
        names=health.names,
    )


def stylesheets() -> tuple[Publication, ...]:
    folder = files(__package__).joinpath("templates")
    return tuple(Publication(name, folder.joinpath(name).read_bytes()) for name in ("sida.css", "flode.css"))


def _render(template: str, path: str, **values: object) -> bytes:
    root = "../" * path.count("/")
    return _templates().get_template(template).render(root=root, **values).encode()


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["moment"] = swedish.written_moment
    templates.filters["day"] = lambda moment: swedish.written_day(swedish.local(moment).date())
    templates.filters["span"] = lambda event: swedish.written_span(event.start, event.end)
    templates.filters["others"] = _others
    templates.filters["machine"] = swedish.machine_readable
    templates.filters["heading"] = lambda kind: condition.heading_of(kind).lower()
    templates.filters["health"] = condition.health_of
    templates.filters["rhythm"] = condition.rhythm_of
    return templates


def _others(article: Article, channel: Channel) -> list[Place]:
    """The places it is about beside CHANNEL's own; a county goes without saying where one of its municipalities is."""
    implied = {place.county for place in article.places if place.is_municipality}
    return [place for place in article.places if place.path != channel.path and place not in implied]


def _start(article: Article) -> tuple[date, str, str]:
    if article.event is None:
        raise ValueError(f"{article.id} is no event")
    return swedish.day_of(article.event.start), swedish.machine_readable(article.event.start), article.id


def _is_over(article: Article, day: date) -> bool:
    return article.event is not None and swedish.day_of(article.event.end or article.event.start) < day
