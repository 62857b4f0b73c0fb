"""Pages: news lists made for people, on sites that have no newsfeed."""

from aggregator.sources.page.full_text import full_text_in
from aggregator.sources.page.full_text import lacking as lacking_for_full_text
from aggregator.sources.page.proposal import Proposal, is_sitemap, proposed
from aggregator.sources.page.selecting import Select
from aggregator.sources.page.source import PageSource

__all__ = [
    "PageSource",
    "Proposal",
    "Select",
    "full_text_in",
    "is_sitemap",
    "lacking_for_full_text",
    "proposed",
]
