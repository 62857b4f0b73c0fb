"""A town of hosts on loopback, polite and hostile, over real sockets.

A host is a function from what it is asked to what it sends: bytes, pauses in seconds, and None for a reset.
"""

import asyncio
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its path, its headers by their names in lower case, and when it began."""

    path: str
    headers: Mapping[str, str]
    head: str
    at: float


Manner = Callable[[Ask], Iterable[bytes | float | None]]


@dataclass
class TownHost:
    """`manner` may be changed between rounds; `busiest` is how many requests it had at once."""

    manner: Manner
    url: str = ""
    asked: list[Ask] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0

    @property
    def paths(self) -> list[str]:
        return [ask.path for ask in self.asked]


class Town:
    """All hosts share a thread, so that hundreds of them are cheap."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="town")

    def __enter__(self) -> "Town":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(_end(self._servers), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def host(
        self, manner: Manner, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1", port: int = 0
    ) -> TownHost:
        host = TownHost(manner)
        opening = asyncio.start_server(lambda reader, writer: _serve(host, reader, writer), address, port, ssl=tls)
        server = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        self._servers.append(server)
        port = server.sockets[0].getsockname()[1]
        name = f"[{address}]" if ":" in address else address
        host.url = f"{'https' if tls else 'http'}://{name}:{port}"
        return host


async def _serve(host: TownHost, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request a connection, so that nothing that a hostile answer leaves behind reaches the next."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        ask = Ask(first.split(" ")[1], headers, head, time.monotonic())
        host.asked.append(ask)
        host.busy += 1
        host.busiest = max(host.busy, host.busiest)
        try:
            for part in host.manner(ask):
                if isinstance(part, bytes):
                    writer.write(part)
                    await writer.drain()
                elif part is None:
                    writer.transport.abort()
                else:
                    await asyncio.sleep(part)
        finally:
            host.busy -= 1
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def _end(servers: list[asyncio.Server]) -> None:
    """Let nobody wait for a server that still drips."""
    for server in servers:
        server.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
