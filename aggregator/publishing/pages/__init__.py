"""An edition as a page for people, and the front page that leads to all of them.

Links within the site are relative, so that it can be served from any folder. Nothing is fetched from elsewhere, and
no script is needed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateNotFound

from aggregator import places
from aggregator.errors import OutputError
from aggregator.model import Article, Channel, Digest, Edition, Health, Publication, Site, Volume, Withdrawal
from aggregator.places import Place
from aggregator.publishing import condition, swedish
from aggregator.publishing.edition import is_over

# How many articles other sites show of ours.
EMBEDDED = 5


def page(edition: Edition, around: Sequence[Channel]) -> bytes:
    """The page of a newsfeed, with links to those AROUND it."""
    return _render(
        "channel.html",
        edition.channel.path,
        site=edition.site,
        channel=edition.channel,
        feed_url=edition.address("rss.xml"),
        coming=edition.coming,
        over=[article for article in edition.articles if article.event and is_over(article, edition.day)],
        news=[article for article in edition.articles if not article.event],
        around=around,
        events_only=not edition.channel.selection.everything and edition.channel.selection.beside is None,
        county=next((place for place in edition.channel.places if place.is_county), None),
    )


def month_page(volume: Volume) -> bytes:
    """What came into a newsfeed in one month."""
    return _render(
        "month.html",
        f"{volume.channel.path}arkiv/{volume.month}/",
        site=volume.site,
        channel=volume.channel,
        volume=volume,
    )


def digest_page(digest: Digest) -> bytes:
    """What came into a newsfeed on one day, or in one week."""
    return _render(
        "digest.html", digest.path, site=digest.site, channel=digest.channel, digest=digest, title=digest_title(digest)
    )


def letter_page(digest: Digest) -> str:
    """The same as a letter: all its links are whole, and its styles stand in its head."""
    title = digest_title(digest)
    return _render("letter.html", digest.path, site=digest.site, digest=digest, title=title).decode()


def digest_title(digest: Digest) -> str:
    """What a digest is of: 'vecka 48, 2026' or 'tisdag 24 november 2026'."""
    if digest.is_weekly:
        year, week, _ = digest.first.isocalendar()
        return f"vecka {week}, {year}"
    return f"{swedish.WEEKDAYS[digest.first.weekday()]} {swedish.written_day(digest.first)}"


def embedded_page(edition: Edition) -> bytes:
    """The latest news as a small page to be framed in an actor's own: <iframe src="…/inbaddad.html">."""
    path, latest = edition.channel.path, snippet(edition).decode()
    return _render("embed.html", path, channel=edition.channel, snippet=latest)


def snippet(edition: Edition) -> bytes:
    """The latest news as a piece of HTML to be put into any page: whole links, and no style of its own."""
    latest, home = edition.articles[:EMBEDDED], edition.address("index.html")
    return _render("snippet.html", "", articles=latest, channel=edition.channel, home=home)


def article_page(site: Site, article: Article, carried_by: Sequence[Channel]) -> bytes:
    """The page of a single article, which stays where it is for good; CARRIED_BY are the newsfeeds that have it."""
    return _render("article.html", article.path, site=site, article=article, carried_by=carried_by)


def withdrawn_page(site: Site, withdrawal: Withdrawal) -> bytes:
    """What stands where an article was that was taken back."""
    return _render("withdrawn.html", withdrawal.path, site=site, withdrawal=withdrawal)


def front_page(site: Site, channels: Sequence[Channel], counts: Mapping[str, int]) -> bytes:
    """Where everybody begins; COUNTS says how many stories about each place came out lately."""
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
    try:
        return _templates().get_template(template).render(root=root, **values).encode()
    except TemplateNotFound as error:
        what = f"the template {error.name} is missing; install nyhetsflode again. What was published before stays"
        raise OutputError(what) from error


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
    templates.filters["month"] = swedish.written_month
    templates.filters["others"] = _others
    templates.filters["machine"] = swedish.machine_readable
    templates.filters["heading"] = lambda kind: condition.heading_of(kind).lower()
    templates.filters["health"] = condition.health_of
    templates.filters["rhythm"] = condition.rhythm_of
    templates.filters["weeks"] = condition.weeks_of
    return templates


def _others(article: Article, channel: Channel) -> list[Place]:
    """The places it is about beside CHANNEL's own; a county goes without saying where one of its municipalities is."""
    implied = {place.county for place in article.places if place.is_municipality}
    return [place for place in article.places if place.path != channel.path and place not in implied]
