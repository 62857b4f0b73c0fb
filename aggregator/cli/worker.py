"""The command that works from the queue that several machines share."""

import asyncio
import os
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, QuietOption, complain, now, say
from aggregator.cli.followed import Followed, load_or_last_good
from aggregator.errors import StoreError

if TYPE_CHECKING:
    from types import ModuleType

    from aggregator.working import Pulse


ALL = "all"


def worker(
    config: ConfigOption = FEEDS,
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", help="Only from this: web, folders, press or desk; again for more. All if left out."),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Work from a queue in PostgreSQL that any number of workers share, on as many machines: the same as `run` does.

    Every worker needs the same feeds.toml. Example: nyhetsflode worker
    """
    queues = _queues(queue)
    work(Followed(config, load_or_last_good(config)), queues, quiet)


def _queues(chosen: list[str] | None) -> tuple[str, ...]:
    from aggregator.config import did_you_mean
    from aggregator.model import QUEUES

    for name in chosen or ():
        if name not in (ALL, *QUEUES):
            hint = did_you_mean(name, QUEUES)
            raise typer.BadParameter(f'no queue is called "{name}"' + (f"; {hint}" if hint else ""))
    return QUEUES if not chosen or ALL in chosen else tuple(chosen)


def work(file: Followed, queues: tuple[str, ...], quiet: bool, pulse: "Pulse | None" = None) -> None:
    """Work from QUEUES until we are asked to stop."""
    from aggregator.model import Worker
    from aggregator.storage import open_storage

    working = _working()
    working.conninfo(file.config.store)
    name = f"{socket.gethostname()}:{os.getpid()}"
    with open_storage(file.config.store) as storage, storage.locks("worker") as locks:
        hands = working.Hands(lambda: file.config, storage, locks, now, complain)
        if not storage.recall(working.QUEUE):
            raise StoreError("the store has no queue yet; run 'nyhetsflode db upgrade' once")
        if not quiet:
            say(f"{name} works from {', '.join(queues)}; Ctrl-C or SIGTERM lets it finish what it has begun.")
        asyncio.run(working.work(hands, Worker(name, now(), now(), "", queues), file.look, queues, pulse))


def _working() -> "ModuleType":
    try:
        from aggregator import working
    except ImportError as error:
        what = f"a worker needs the package {error.name}; install nyhetsflode with the extra 'worker'"
        raise StoreError(what) from error
    return working
