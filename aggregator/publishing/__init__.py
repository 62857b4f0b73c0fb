"""The way out: from stories to what readers get, and from that to files.

A new format is a function to bytes, and its line in the table of what it is made from: FORMATS of an edition,
VOLUME_FORMATS of a month, DIGEST_FORMATS of a day or a week, ARTICLE_FORMATS of a single article.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import dedent

from aggregator.model import (
    EVENT_CALENDAR,
    GONE,
    Article,
    Channel,
    Corrections,
    Digest,
    Edition,
    Publication,
    Site,
    Volume,
    Whereabouts,
    Withdrawal,
    name_of_code,
)
from aggregator.publishing import edition
from aggregator.publishing.article import article_of
from aggregator.publishing.corrections import NOTICES, corrections_of
from aggregator.publishing.directory import actors_of
from aggregator.publishing.feeds import (
    WITH_ARCHIVE,
    article_calendar,
    article_ninjs,
    atom,
    calendar,
    corrections_ninjs,
    corrections_rss,
    entry,
    expired,
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
    Sample,
    actors_page,
    article_page,
    assets,
    digest_page,
    embedded_page,
    follow_page,
    front_page,
    month_page,
    newsrooms_page,
    own_pages,
    page,
    sitemaps,
    snippet,
    withdrawn_page,
)
from aggregator.publishing.pictures import publish_picture, remove_picture
from aggregator.publishing.selection import WHOLE, channels_of, neighbourhood
from aggregator.publishing.status import HAPPENINGS, STATUS_PATHS, status_of, status_publications
from aggregator.publishing.status_letter import status_letter

__all__ = [
    "FORMATS",
    "HAPPENINGS",
    "NOTICES",
    "STATUS_PATHS",
    "SUBSCRIBED",
    "WHOLE",
    "Output",
    "actors_of",
    "article_of",
    "article_publications",
    "channels_of",
    "common_paths",
    "common_publications",
    "correction_publications",
    "corrections_of",
    "digest_publications",
    "edition",
    "expired",
    "folder_of",
    "formats_of",
    "has_corrections",
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

# Of the newsfeeds that can be followed back in time, and of all of them together.
CORRECTION_FORMATS: Mapping[str, Callable[[Corrections], bytes]] = {
    "rattelser.xml": corrections_rss,
    "rattelser-ninjs.json": corrections_ninjs,
    "rattelser-ttninjs.json": lambda made: corrections_ninjs(made, "tt"),
}

# So much text at most does an article have that is shown as a sample.
LONGEST_SAMPLE = 2000

# The formats that a hub is told of: those that a reader's program subscribes to.
SUBSCRIBED = ("rss.xml", "atom.xml", "feed.json", "rattelser.xml")

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

ARTICLE_FORMATS: Mapping[str, Callable[[Site, Article, Whereabouts], bytes]] = {
    "index.html": article_page,
    "ninjs.json": lambda site, article, where: article_ninjs(site, article),
}

# Of the articles that are of an event.
EVENT_FORMATS: Mapping[str, Callable[[Site, Article], bytes]] = {
    EVENT_CALENDAR: article_calendar,
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


def formats_of(channel: Channel) -> tuple[str, ...]:
    """The names of the files that the newsfeed of CHANNEL has."""
    own = FORMATS if channel != WHOLE else ()
    return (*own, *(CORRECTION_FORMATS if has_corrections(channel) else ()))


def has_corrections(channel: Channel) -> bool:
    """Whether there are newsfeeds of corrections of CHANNEL; those of a municipality are in its county's."""
    return channel.level in WITH_ARCHIVE


def correction_publications(made: Corrections) -> Iterator[Publication]:
    """The newsfeeds of what was corrected and withdrawn."""
    for name, render in CORRECTION_FORMATS.items():
        yield Publication(f"{made.channel.path}{name}", render(made))


def volume_publications(volume: Volume) -> Iterator[Publication]:
    """The files of what came into a newsfeed in a month."""
    archive = ARCHIVE_FORMATS if volume.channel.level in WITH_ARCHIVE else {}
    for name, render in {**VOLUME_FORMATS, **archive}.items():
        yield Publication(f"{volume.channel.path}arkiv/{volume.month}/{name}", render(volume))


def digest_publications(digest: Digest) -> Iterator[Publication]:
    """The files of what came into a newsfeed on a day (2026/11-24/) or in an ISO week (2026/v48/)."""
    for name, render in DIGEST_FORMATS.items():
        yield Publication(f"{digest.path}{name}", render(digest))


def article_publications(site: Site, article: Article, where: Whereabouts) -> Iterator[Publication]:
    """The files of a single article."""
    for name, render in ARTICLE_FORMATS.items():
        yield Publication(f"{article.path}{name}", render(site, article, where))
    if article.event:
        for name, of_event in EVENT_FORMATS.items():
            yield Publication(f"{article.path}{name}", of_event(site, article))


def withdrawal_publications(site: Site, withdrawal: Withdrawal) -> Iterator[Publication]:
    """What stands where an article was that was taken back."""
    for name, render in WITHDRAWAL_FORMATS.items():
        yield Publication(f"{withdrawal.path}{name}", render(site, withdrawal))


def common_publications(
    site: Site,
    channels: Sequence[Channel],
    counts: Mapping[str, int],
    made: Iterable[str],
    newest: Article | None = None,
    updated: Mapping[str, datetime] | None = None,
) -> Iterator[Publication]:
    """The files that belong to no single newsfeed: the front page, our own pages, lists of newsfeeds, stylesheets.

    COUNTS says how many stories about each place came out lately, and MADE names months and digests as the manifest
    does. NEWEST is what newsrooms see as a sample. UPDATED is when each newsfeed last changed, by its path.
    """
    periods = sorted(address for name in made if (address := _address_of(name)))
    yield Publication("index.html", front_page(site, channels, counts))
    yield Publication("floden.opml", opml(site, site.title, channels))
    yield Publication("floden.json", listing(site, channels, formats_of, counts, updated or {}))
    for county in (channel for channel in channels if channel.level == "county"):
        within = [channel for channel in channels if channel.path.startswith(county.path)]
        yield Publication(f"{county.path}floden.opml", opml(site, f"{county.name} – {site.title}", within))
    yield from own_pages(site, periods)
    yield Publication("redaktioner/index.html", newsrooms_page(site, channels, _sample(site, newest)))
    yield from sitemaps(site, channels, periods)
    yield from assets()


def _sample(site: Site, article: Article | None) -> Sample:
    """ARTICLE as newsrooms get it, without a text that would make the page long."""
    if article is None:
        return Sample()
    is_long = len(article.html) > LONGEST_SAMPLE
    shown = replace(article, html="") if is_long else article
    item = dedent(entry(site, shown, "rss").decode())
    return Sample(item, json.dumps(json.loads(article_ninjs(site, shown)), ensure_ascii=False, indent=1), is_long)


def common_paths(channels: Sequence[Channel]) -> list[str]:
    """Where the files that belong to no single newsfeed stand."""
    lists = [f"{channel.path}floden.opml" for channel in channels if channel.level == "county"]
    return [
        "index.html",
        "redaktioner/index.html",
        "floden.opml",
        "floden.json",
        "sitemap.xml",
        *lists,
        *(asset.path for asset in assets()),
    ]


def _address_of(made: str) -> str:
    """Where the page lives of the month that the manifest calls "orebro/#2026-11", or the digest "orebro/#2026/v48"."""
    path, _, period = made.partition("#")
    if not period[:1].isdigit():
        return ""
    if len(period) == len("2026-11"):
        return f"{path}arkiv/{period}/"
    return f"{path}{period}/"


def made_by() -> str:
    """What makes the files: this code and these templates. When they change, everything is made again."""
    return name_of_code(__name__)
