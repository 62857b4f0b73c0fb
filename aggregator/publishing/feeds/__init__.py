"""An edition as a newsfeed, in each format that readers' programs take."""

from aggregator.publishing.feeds.opml import opml
from aggregator.publishing.feeds.syndication import atom, rss

__all__ = ["atom", "opml", "rss"]
