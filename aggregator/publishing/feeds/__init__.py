"""An edition as a newsfeed, in each format that readers' programs take."""

from aggregator.publishing.feeds.calendar import article_calendar, calendar
from aggregator.publishing.feeds.head import WITH_ARCHIVE
from aggregator.publishing.feeds.jsonfeed import expired, json_feed
from aggregator.publishing.feeds.listing import listing
from aggregator.publishing.feeds.ninjs import article_ninjs, corrections_ninjs, ninjs, tt_ninjs, withdrawal_ninjs
from aggregator.publishing.feeds.operators import operators_atom
from aggregator.publishing.feeds.opml import opml
from aggregator.publishing.feeds.syndication import atom, corrections_rss, entry, rss

__all__ = [
    "WITH_ARCHIVE",
    "article_calendar",
    "article_ninjs",
    "atom",
    "calendar",
    "corrections_ninjs",
    "corrections_rss",
    "entry",
    "expired",
    "json_feed",
    "listing",
    "ninjs",
    "operators_atom",
    "opml",
    "rss",
    "tt_ninjs",
    "withdrawal_ninjs",
]
