"""Beyond one machine: the same jobs as `schedule.py` starts by the clock, from a queue that many processes share.

The queue is Procrastinate's, in the PostgreSQL that the store is in. Each job holds a lock, which the queue keeps; and
another, which ends with its process (`storage.Locks`), since the queue takes a worker that is only slow for one that is
dead. A job may be begun again at any moment: what is done already is not done twice.
"""

from aggregator.working.hands import Hands
from aggregator.working.schema import QUEUE, conninfo, upgrade_queue
from aggregator.working.worker import Pulse, work

__all__ = ["QUEUE", "Hands", "Pulse", "conninfo", "upgrade_queue", "work"]
