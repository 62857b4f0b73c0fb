"""The way out: from stories to what readers get, and from that to files.

A new format is a function to bytes, and its line in the table of what it is made from: FORMATS of an edition,
VOLUME_FORMATS of a month, DIGEST_FORMATS of a day or a week, ARTICLE_FORMATS of a single article.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from aggregator.model import (
    GONE,
    Article,
    Channel,
    Digest,
    Edition,
    Publication,
    Site,
    Volume,
    Withdrawal,
    name_of_code,
)
from aggregator.publishing import edition
from aggregator.publishing.article import article_of
from aggregator.publishing.directory import actors_of
from aggregator.publishing.feeds import (
    WITH_ARCHIVE,
    article_ninjs,
    atom,
    calendar,
    json_feed,
    listing,
    ninjs,
    opml,
    rss,
    tt_ninjs,
    withdrawal_ninjs,
)
from aggregator.publishing.letters import letter, letter_text, letter_to
from aggregator.publishing.output import Output, folder_of
from aggregator.publishing.pages import (
    actors_page,
    article_page,
    assets,
    digest_page,
    embedded_page,
    follow_page,
    front_page,
    month_page,
    own_pages,
    page,
    sitemaps,
    snippet,
    withdrawn_page,
)
from aggregator.publishing.pictures import publish_picture, remove_picture
from aggregator.publishing.selection import channels_of, neighbourhood
from aggregator.publishing.status import HAPPENINGS, STATUS_PATHS, status_of, status_publications
from aggregator.publishing.status_letter import status_letter

__all__ = [
    "FORMATS",
    "HAPPENINGS",
    "STATUS_PATHS",
    "SUBSCRIBED",
    "Output",
    "actors_of",
    "article_of",
    "article_publications",
    "channels_of",
    "common_paths",
    "common_publications",
    "digest_publications",
    "edition",
    "folder_of",
    "letter_to",
    "made_by",
    "neighbourhood",
    "publications_of",
    "publish_picture",
    "remove_picture",
    "status_letter",
    "status_of",
    "status_publications",
    "volume_publications",
    "withdrawal_publications",
]

FORMATS: Mapping[str, Callable[[Edition, Sequence[Channel]], bytes]] = {
    "rss.xml": lambda edition, around: rss(edition),
    "atom.xml": lambda edition, around: atom(edition),
    "feed.json": lambda edition, around: json_feed(edition),
    "ninjs.json": lambda edition, around: ninjs(edition),
    "ttninjs.json": lambda edition, around: tt_ninjs(edition),
    "kalender.ics": lambda edition, around: calendar(edition),
    "index.html": page,
    "folj/index.html": lambda edition, around: follow_page(edition),
    "aktorer/index.html": actors_page,
    "inbaddad.html": lambda edition, around: embedded_page(edition),
    "utdrag.html": lambda edition, around: snippet(edition),
}

# The formats that a hub is told of: those that a reader's program subscribes to.
SUBSCRIBED = ("rss.xml", "atom.xml", "feed.json")

VOLUME_FORMATS: Mapping[str, Callable[[Volume], bytes]] = {
    "index.html": month_page,
}

# Of newsfeeds that can be followed back in time.
ARCHIVE_FORMATS: Mapping[str, Callable[[Volume], bytes]] = {
    "rss.xml": rss,
    "atom.xml": atom,
}

DIGEST_FORMATS: Mapping[str, Callable[[Digest], bytes]] = {
    "index.html": digest_page,
    "brev.txt": letter_text,
    "brev.eml": letter,
}

ARTICLE_FORMATS: Mapping[str, Callable[[Site, Article, Sequence[Channel]], bytes]] = {
    "index.html": article_page,
    "ninjs.json": lambda site, article, carried_by: article_ninjs(site, article),
}

WITHDRAWAL_FORMATS: Mapping[str, Callable[[Site, Withdrawal], bytes]] = {
    "index.html": withdrawn_page,
    "ninjs.json": withdrawal_ninjs,
    GONE: lambda site, withdrawal: b"",
}


def publications_of(edition: Edition, around: Sequence[Channel]) -> Iterator[Publication]:
    """The files of a newsfeed, in every format; AROUND are the newsfeeds that its page leads on to."""
    for name, render in FORMATS.items():
        yield Publication(f"{edition.channel.path}{name}", render(edition, around))


def volume_publications(volume: Volume) -> Iterator[Publication]:
    """The files of what came into a newsfeed in a month."""
    archive = ARCHIVE_FORMATS if volume.channel.level in WITH_ARCHIVE else {}
    for name, render in {**VOLUME_FORMATS, **archive}.items():
        yield Publication(f"{volume.channel.path}arkiv/{volume.month}/{name}", render(volume))


def digest_publications(digest: Digest) -> Iterator[Publication]:
    """The files of what came into a newsfeed on a day (2026/11-24/) or in an ISO week (2026/v48/)."""
    for name, render in DIGEST_FORMATS.items():
        yield Publication(f"{digest.path}{name}", render(digest))


def article_publications(site: Site, article: Article, carried_by: Sequence[Channel]) -> Iterator[Publication]:
    """The files of a single article."""
    for name, render in ARTICLE_FORMATS.items():
        yield Publication(f"{article.path}{name}", render(site, article, carried_by))


def withdrawal_publications(site: Site, withdrawal: Withdrawal) -> Iterator[Publication]:
    """What stands where an article was that was taken back."""
    for name, render in WITHDRAWAL_FORMATS.items():
        yield Publication(f"{withdrawal.path}{name}", render(site, withdrawal))


def common_publications(
    site: Site, channels: Sequence[Channel], counts: Mapping[str, int], made: Iterable[str]
) -> Iterator[Publication]:
    """The files that belong to no single newsfeed: the front page, our own pages, lists of newsfeeds, stylesheets.

    COUNTS says how many stories about each place came out lately, and MADE names months and digests as the manifest
    does.
    """
    periods = sorted(address for name in made if (address := _address_of(name)))
    yield Publication("index.html", front_page(site, channels, counts))
    yield Publication("floden.opml", opml(site, site.title, channels))
    yield Publication("floden.json", listing(site, channels, FORMATS, counts))
    for county in (channel for channel in channels if channel.level == "county"):
        within = [channel for channel in channels if channel.path.startswith(county.path)]
        yield Publication(f"{county.path}floden.opml", opml(site, f"{county.name} – {site.title}", within))
    yield from own_pages(site, periods)
    yield from sitemaps(site, channels, periods)
    yield from assets()


def common_paths(channels: Sequence[Channel]) -> list[str]:
    """Where the files that belong to no single newsfeed stand."""
    lists = [f"{channel.path}floden.opml" for channel in channels if channel.level == "county"]
    return ["index.html", "floden.opml", "floden.json", "sitemap.xml", *lists, *(asset.path for asset in assets())]


def _address_of(made: str) -> str:
    """Where the page lives of the month that the manifest calls "orebro/#2026-11", or the digest "orebro/#2026/v48"."""
    path, _, period = made.partition("#")
    if len(period) == len("2026-11"):
        return f"{path}arkiv/{period}/"
    return f"{path}{period}/" if period else ""


def made_by() -> str:
    """What makes the files: this code and these templates. When they change, everything is made again."""
    return name_of_code(__name__)
