"""An edition as pages for people, and the pages that lead to all of them (docs/pages.md).

Links within the site are relative, so that it can be served from any folder. Nothing is fetched from elsewhere, and
no script is needed to read or to find anything.
"""

from aggregator.publishing.pages.articles import article_page, withdrawn_page
from aggregator.publishing.pages.channels import actors_page, follow_page, month_page, page
from aggregator.publishing.pages.common import assets, front_page, own_pages, sitemaps
from aggregator.publishing.pages.digests import digest_page, digest_title, embedded_page, letter_page, snippet
from aggregator.publishing.pages.newsrooms import Sample, newsrooms_page
from aggregator.publishing.pages.status import status_page

__all__ = [
    "Sample",
    "actors_page",
    "article_page",
    "assets",
    "digest_page",
    "digest_title",
    "embedded_page",
    "follow_page",
    "front_page",
    "letter_page",
    "month_page",
    "newsrooms_page",
    "own_pages",
    "page",
    "sitemaps",
    "snippet",
    "status_page",
    "withdrawn_page",
]
