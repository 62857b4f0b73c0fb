"""The server: uvicorn, here or in a thread of its own beside the rounds."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from aggregator.errors import ServeError

if TYPE_CHECKING:
    import uvicorn

    from aggregator.serving.answers import Folder

# Whoever opens more connections than this, or keeps one open in silence for so long, takes from the others.
CONNECTIONS = 1000
IDLE_SECONDS = 10
LAST_ANSWERS_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 is any that is free."""

    host: str = "127.0.0.1"
    port: int = 8000


def serve(folder: "Folder", address: Address) -> None:
    """Serve until the process is asked to stop; ServeError if the address cannot be listened at."""
    listening = _listening(address)
    with listening:
        _server(folder).run(sockets=[listening])


@contextmanager
def served(folder: "Folder", address: Address) -> Iterator[Address]:
    """Serve in a thread while something else is done; gives the address that is listened at."""
    with _listening(address) as listening:
        server = _server(folder)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="serve", daemon=True)
        thread.start()
        try:
            yield Address(address.host, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(LAST_ANSWERS_SECONDS)


def _listening(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise ServeError(address.host, address.port, error) from error


def _server(folder: "Folder") -> "uvicorn.Server":
    import uvicorn

    # No access log: nobody is followed.
    config = uvicorn.Config(
        folder,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )
    return uvicorn.Server(config)
