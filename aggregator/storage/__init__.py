"""What we keep between runs: items with their findings, and the visits that brought them.

Sources, newsfeeds and rules are not here: feeds.toml is the truth, the store is memory.
"""

from aggregator.storage.store import Storage, open_storage, upgrade_storage

__all__ = ["Storage", "open_storage", "upgrade_storage"]
