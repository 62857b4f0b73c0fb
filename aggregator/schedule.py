"""A clock. It knows when, and leaves what to its round.

What is due stands in the store, so a restart loses nothing, and a tick that comes late does no harm.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 60
LOOK_SECONDS = 3


Round = Callable[[], Awaitable[None]]


async def run_forever(first: Round, later: Round, look: Callable[[], Awaitable[bool]]) -> None:
    """Do the FIRST round now, and a LATER one every minute, one at a time, until the process is asked to stop.

    Every few seconds, LOOK tells whether a round should be done at once.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    clock = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    alone = asyncio.Lock()

    async def one() -> None:
        async with alone:
            await later()

    async def look_often() -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if await look():
                await one()

    clock.add_job(one, "interval", seconds=TICK_SECONDS)
    await first()
    clock.start()
    looking = asyncio.create_task(look_often())
    await stopped.wait()
    looking.cancel()
    clock.shutdown()
