"""The kinds of source: what feeds.toml may say of each, and how to read its documents.

A new kind is a file here, and its name in AnySource. feeds.toml names the kind by the key that holds the address:
`feed = "…"` makes a FeedSource.
"""

from aggregator.sources.discovery import feeds_named_in, is_page
from aggregator.sources.feed import FeedSource

# One kind so far; with the second this becomes Annotated[FeedSource | PageSource, Discriminator(…)].
AnySource = FeedSource

__all__ = ["AnySource", "FeedSource", "feeds_named_in", "is_page"]
