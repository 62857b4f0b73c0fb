"""What we keep between runs: items with their findings, and the visits that brought them.

Sources, newsfeeds and rules are not here: feeds.toml is the truth, the store is memory.
"""

from aggregator.storage.away import Age
from aggregator.storage.locks import Locks
from aggregator.storage.store import Storage, check_storage, open_storage, restore_storage, upgrade_storage

__all__ = ["Age", "Locks", "Storage", "check_storage", "open_storage", "restore_storage", "upgrade_storage"]
