"""Commands that serve what was published."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, QuietOption, complain, say
from aggregator.errors import ServeError

if TYPE_CHECKING:
    from aggregator.config import Config
    from aggregator.serving import Address, Folder

HOST, PORT = "127.0.0.1", 8000
HIGHEST_PORT = 65535

HostOption = Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 is everywhere.")]


def _port(told: str | int) -> int:
    text = str(told)  # What is told is the default, too.
    if text.isdecimal() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise typer.BadParameter(f'"{text}" is no port; write a number from 0 to {HIGHEST_PORT}')


PortOption = Annotated[
    int, typer.Option("--port", metavar="PORT", parser=_port, help="The port to listen at; 0 is any.")
]


def serve(
    config: ConfigOption = FEEDS, host: HostOption = HOST, port: PortOption = PORT, quiet: QuietOption = False
) -> None:
    """Serve what was published, until stopped: for trying it out, or behind a web server.

    Example: nyhetsflode serve --port 8080
    """
    from aggregator.config import load

    loaded = load(config)
    if isinstance(loaded.output, Path) and not loaded.output.is_dir():
        complain(f"nyhetsflode: there is no folder {loaded.output} yet; 'nyhetsflode run --once' publishes into it")
    with serving(loaded, host, port, quiet) as _:
        import signal
        import threading

        stopped = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stopped.set())
        stopped.wait()


@contextmanager
def serving(config: "Config", host: str, port: int, quiet: bool = False) -> "Iterator[Address]":
    """What was published is served while something else is done."""
    address, folder = _address(host, port), _folder(config)
    from aggregator.serving import served

    with served(folder, address) as at:
        if not quiet:
            say(f"Serving {config.output}/ at http://{f'[{at.host}]' if ':' in at.host else at.host}:{at.port}/")
        yield at


def _address(host: str, port: int) -> "Address":
    try:
        from aggregator.serving import Address
    except ImportError as error:
        raise ServeError(
            host, port, ImportError('it needs starlette and uvicorn; install nyhetsflode with the extra "serve"')
        ) from error
    return Address(host, port)


def _folder(config: "Config") -> "Folder":
    from urllib.parse import urlsplit

    from aggregator.publishing import folder_of
    from aggregator.serving import Folder

    return Folder(folder_of(config.output, "serve"), config.site.url, urlsplit(config.site.url).path)
