"""The kinds of source: what feeds.toml may say of each, and how to read its documents.

A new kind is a file here, and its line in AnySource. feeds.toml names the kind by the key that holds the address:
`feed = "…"` makes a FeedSource, `page = "…"` a PageSource, `export = "…"` an ExportSource and
`inbox = "…"` an InboxSource.
"""

from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from aggregator.sources.announced import with_event
from aggregator.sources.calendar import CalendarSource
from aggregator.sources.discovery import (
    Lead,
    is_closed,
    is_of_comments,
    is_page,
    leads_guessed_for,
    leads_named_in,
    made_with,
    title_of,
)
from aggregator.sources.facebook import ExportSource
from aggregator.sources.feed import FeedSource
from aggregator.sources.inbox import LONGEST_MAIL, LONGEST_NOTE, MAIL, NOTES, HandWritten, InboxSource
from aggregator.sources.opml import Outline, outlines_in
from aggregator.sources.page import (
    PageSource,
    Proposal,
    Select,
    full_text_in,
    is_sitemap,
    lacking_for_full_text,
    proposed,
)

# Each kind under the key that holds its address, the first that a table has.
KINDS = ("export", "inbox", "feed", "page", "calendar")


def _kind(table: Any) -> str:
    """The kind that a table is of; if it names none, the one that a misspelt key comes nearest to."""
    if not isinstance(table, dict):
        return "feed"
    near = (kind for key in table for kind in get_close_matches(str(key), KINDS, n=1))
    return next((kind for kind in KINDS if kind in table), next(near, "feed"))


AnySource = Annotated[
    Annotated[FeedSource, Tag("feed")]
    | Annotated[PageSource, Tag("page")]
    | Annotated[CalendarSource, Tag("calendar")]
    | Annotated[ExportSource, Tag("export")]
    | Annotated[InboxSource, Tag("inbox")],
    Discriminator(_kind),
]

__all__ = [
    "LONGEST_MAIL",
    "LONGEST_NOTE",
    "MAIL",
    "NOTES",
    "AnySource",
    "CalendarSource",
    "ExportSource",
    "FeedSource",
    "HandWritten",
    "InboxSource",
    "Lead",
    "Outline",
    "PageSource",
    "Proposal",
    "Select",
    "full_text_in",
    "is_closed",
    "is_of_comments",
    "is_page",
    "is_sitemap",
    "lacking_for_full_text",
    "leads_guessed_for",
    "leads_named_in",
    "made_with",
    "outlines_in",
    "proposed",
    "title_of",
    "with_event",
]
