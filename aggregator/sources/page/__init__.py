"""Pages: news lists made for people, on sites that have no newsfeed."""

from aggregator.sources.page.proposal import Proposal, is_sitemap, proposed
from aggregator.sources.page.selecting import Select
from aggregator.sources.page.source import PageSource

__all__ = ["PageSource", "Proposal", "Select", "is_sitemap", "proposed"]
