"""A process that works from the queue until it is asked to stop, and takes up what others left when they died."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from aggregator.errors import AggregatorError, StoreError
from aggregator.model import Worker
from aggregator.working.hands import ASK_SECONDS, Hands
from aggregator.working.queue import CALL, DEPLOY, NEWS, PUBLISH, SWEEP, WEB, Wanted
from aggregator.working.schema import conninfo

log = logging.getLogger(__name__)

# What fails is tried again after 5, 11, 29 and 83 seconds; then it is dead, and tried again an hour later.
RETRY = RetryStrategy(max_attempts=4, wait=2, exponential_wait=3)
DEAD_HOURS = 1

AT_ONCE = 500

SWITCH_SECONDS = 0.0005


@dataclass(frozen=True, slots=True)
class Pulse:
    """How often a worker shows that it lives, and after how long without that another takes up its jobs; in seconds.

    So long a worker that is asked to stop may finish what it has begun.
    """

    beat: float = 10.0
    dead: float = 30.0
    stop: float = 25.0
    sweep: str = "* * * * *"


async def work(
    hands: Hands, worker: Worker, look: Callable[[], bool], queues: Iterable[str], pulse: Pulse | None = None
) -> None:
    """Work from QUEUES until SIGTERM or SIGINT. LOOK takes up a feeds.toml that was edited, and tells if it was."""
    pulse = pulse or Pulse()
    # What publishes in a thread must not hold up the many who wait for an answer, each time that they get one.
    sys.setswitchinterval(SWITCH_SECONDS)
    app = _app(hands, conninfo(hands.config().store), pulse)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    chosen = list(queues)
    lanes = [(chosen, 1)] if WEB not in chosen else [([WEB], hands.config().manners.concurrency)]
    if others := [queue for queue in chosen if queue != WEB and WEB in chosen]:
        lanes.append((others, 1))
    async with app.open_async():
        tasks = [
            asyncio.create_task(_run(app, names, count, pulse), name=f"queue {', '.join(names)}")
            for names, count in lanes
        ]
        tasks.append(asyncio.create_task(_watch(app, hands, worker, look, pulse), name="watch"))
        stopping = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, stopping):
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            await hands.close()
            with suppress(StoreError):
                hands.storage.desk.gone(worker.name)
    for fault in ended:
        if isinstance(fault, AggregatorError):
            raise fault
        if isinstance(fault, Exception):
            raise StoreError(f"the queue in the store does not work: {fault!r}; this worker ends") from fault


async def _run(app: App, queues: list[str], at_once: int, pulse: Pulse) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=at_once,
        delete_jobs="successful",
        install_signal_handlers=False,
        shutdown_graceful_timeout=pulse.stop,
        update_heartbeat_interval=pulse.beat,
        stalled_worker_timeout=pulse.dead,
    )


def _app(hands: Hands, address: str, pulse: Pulse) -> App:
    """The kinds of job, as the queue knows them."""
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=6))

    async def done(context: JobContext, wanted: Awaitable[list[Wanted] | None]) -> None:
        """Do a job under its lock, and queue what follows from it."""
        lock = context.job.lock or context.job.task_name
        async with hands.holding(lock, context.job.attempts):
            following = await wanted
        await _queue(app, hands, following or [])

    @app.periodic(cron=pulse.sweep)
    @app.task(name=SWEEP, queue="desk", lock=SWEEP, queueing_lock=SWEEP, priority=30, pass_context=True)
    async def sweep(context: JobContext, timestamp: int) -> None:
        await app.job_manager.delete_old_jobs(nb_hours=DEAD_HOURS, include_failed=True, include_aborted=True)
        await done(context, hands.sweep())

    @app.task(name=CALL, pass_context=True, retry=RETRY)
    async def call(context: JobContext, source: str) -> None:
        await done(context, hands.call(source))

    @app.task(name=NEWS, pass_context=True, retry=RETRY)
    async def news(context: JobContext) -> None:
        await done(context, hands.news())

    @app.task(name=PUBLISH, pass_context=True, retry=RETRY)
    async def publish(context: JobContext, group: str) -> None:
        await done(context, hands.publish(group))

    @app.task(name=DEPLOY, pass_context=True, retry=RETRY)
    async def deploy(context: JobContext) -> None:
        await done(context, hands.deploy())

    return app


async def _queue(app: App, hands: Hands, wanted: list[Wanted]) -> None:
    """Queue what is WANTED, unless it waits, is at work, or is dead already.

    One who is at work is not queued again: that would be in its way if it had to be tried again. What it misses by that
    is wanted at the next sweep.
    """
    if not wanted:
        return
    while not hands.locks.hold("queueing"):
        await asyncio.sleep(ASK_SECONDS)
    try:
        there = hands.storage.desk.there()
        missing = [job for each in wanted if (job := each.job()).lock not in there]
        for first in range(0, len(missing), AT_ONCE):
            await app.job_manager.batch_defer_jobs_async(missing[first : first + AT_ONCE])
    finally:
        hands.locks.drop("queueing")


async def _watch(app: App, hands: Hands, worker: Worker, look: Callable[[], bool], pulse: Pulse) -> None:
    """Show that we live, look after the others, and see whether feeds.toml was edited."""
    while True:
        hands.storage.desk.at_work(Worker(worker.name, worker.begun, hands.clock(), hands.feeds[:12], worker.queues))
        if hands.locks.hold("rescue"):
            try:
                await _rescue(app, pulse)
            finally:
                hands.locks.drop("rescue")
        if await asyncio.to_thread(look):
            hands.is_fresh = True
        await asyncio.sleep(pulse.beat)


async def _rescue(app: App, pulse: Pulse) -> None:
    """Let jobs be begun again whose workers died."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=pulse.dead):
        try:
            await manager.retry_job(job)
        except (AlreadyEnqueued, UniqueViolation):
            # The same waits in the queue already.
            await manager.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException:
            # Its worker was only slow, and has ended it meanwhile. A queue that does not answer is told of elsewhere.
            log.info("%s was taken for dead, and is done", job.lock)
