"""A day or a week as a page and as a letter, and the latest news for other people's pages."""

from aggregator.model import Digest, Edition
from aggregator.publishing import swedish
from aggregator.publishing.pages.channels import county_of
from aggregator.publishing.pages.rendering import rendered

# How many articles other sites show of ours.
EMBEDDED = 5


def digest_page(digest: Digest) -> bytes:
    """What came into a newsfeed on one day, or in one week."""
    title, channel = digest_title(digest), digest.channel
    return rendered(
        "digest.html",
        digest.path,
        digest.site,
        channel=channel,
        county=county_of(channel),
        digest=digest,
        heading=title,
        today=None,
    )


def letter_page(digest: Digest) -> str:
    """The same as a letter: all its links are whole, and its styles stand in its head."""
    return rendered("letter.html", digest.path, digest.site, digest=digest, title=digest_title(digest)).decode()


def digest_title(digest: Digest) -> str:
    """What a digest is of: 'vecka 48, 2026' or 'tisdag 24 november 2026'."""
    if digest.is_weekly:
        year, week, _ = digest.first.isocalendar()
        return f"vecka {week}, {year}"
    return f"{swedish.WEEKDAYS[digest.first.weekday()]} {swedish.written_day(digest.first)}"


def embedded_page(edition: Edition) -> bytes:
    """The latest news as a small page to be framed in an actor's own: <iframe src="…/inbaddad.html">."""
    latest = snippet(edition).decode()
    return rendered("embed.html", edition.channel.path, edition.site, channel=edition.channel, snippet=latest)


def snippet(edition: Edition) -> bytes:
    """The latest news as a piece of HTML to be put into any page: whole links, and no style of its own."""
    latest, home = edition.articles[:EMBEDDED], edition.address("index.html")
    return rendered("snippet.html", "", edition.site, articles=latest, channel=edition.channel, home=home)
