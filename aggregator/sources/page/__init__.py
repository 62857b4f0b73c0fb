"""Pages: news lists made for people, on sites that have no newsfeed."""

from aggregator.sources.page.source import PageSource

__all__ = ["PageSource"]
