"""A clock. It knows when, and leaves what to its round.

What is due stands in the store, so a restart loses nothing, and a tick that comes late does no harm.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 60


Round = Callable[[], Awaitable[None]]


async def run_forever(first: Round, later: Round) -> None:
    """Do the FIRST round now, and a LATER one every minute, one at a time, until the process is asked to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    clock = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    clock.add_job(later, "interval", seconds=TICK_SECONDS)
    await first()
    clock.start()
    await stopped.wait()
    clock.shutdown()
