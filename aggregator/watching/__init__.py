"""Is a source still itself, although it answered? Each check says in a sentence what looks wrong.

A new check is a function in `checks`, and its name in CHECKS.
"""

from aggregator.watching.alarms import alarms_of, network_alarms, portrait_after
from aggregator.watching.checks import CHECKS, Watched, is_doubtful

__all__ = ["CHECKS", "Watched", "alarms_of", "is_doubtful", "network_alarms", "portrait_after"]
