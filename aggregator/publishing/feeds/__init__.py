"""An edition as a newsfeed, in each format that readers' programs take."""

from aggregator.publishing.feeds.operators import operators_atom
from aggregator.publishing.feeds.opml import opml
from aggregator.publishing.feeds.syndication import atom, rss

__all__ = ["atom", "operators_atom", "opml", "rss"]
