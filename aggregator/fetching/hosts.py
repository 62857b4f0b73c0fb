"""The ways to the hosts: at each so many requests at once, a gap between them, and none while it wants to be alone."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx

from aggregator.errors import BusyError
from aggregator.model import Host, Manners, host_of

SLOW_SECONDS = 0.5


class Way:
    """The way to one host; `host` is what we know of it, and grows."""

    def __init__(self, host: Host, manners: Manners) -> None:
        self.host = host
        self.asking_robots = asyncio.Lock()
        self._room = asyncio.Semaphore(manners.per_host)
        self._gap = manners.gap
        self._free = 0.0

    @asynccontextmanager
    async def go(self) -> AsyncIterator[None]:
        async with self._room:
            clock = asyncio.get_running_loop().time
            start = max(clock(), self._free)
            self._free = start + self._gap.total_seconds()
            await asyncio.sleep(start - clock())
            yield


class Lanes:
    """So many requests at once, and as many again that are slow.

    Who takes long moves over for those behind: otherwise as many hosts as there are lanes, each dripping a byte a
    second, would keep all others waiting until their time is over.
    """

    def __init__(self, count: int) -> None:
        self._quick = asyncio.Semaphore(count)
        self._slow_left = count

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        await self._quick.acquire()
        is_slow = False

        def move_over() -> None:
            nonlocal is_slow
            if self._slow_left:
                is_slow = True
                self._slow_left -= 1
                self._quick.release()

        timer = asyncio.get_running_loop().call_later(SLOW_SECONDS, move_over)
        try:
            yield
        finally:
            timer.cancel()
            if is_slow:
                self._slow_left += 1
            else:
                self._quick.release()


class Hosts:
    """All ways, for one round; `at` is the round's moment."""

    def __init__(self, known: Mapping[str, Host], manners: Manners, now: datetime) -> None:
        self._known = known
        self._manners = manners
        self.at = now
        self._ways: dict[str, Way] = {}

    def to(self, url: httpx.URL) -> Way:
        name = host_of(str(url))
        if name not in self._ways:
            self._ways[name] = Way(self._known.get(name, Host(name)), self._manners)
        return self._ways[name]

    def learnt(self) -> list[Host]:
        """The hosts of which we know something that we did not know before the round."""
        return [way.host for name, way in self._ways.items() if way.host != self._known.get(name, Host(name))]

    def close(self, way: Way, wait: timedelta) -> None:
        way.host = way.host.closed(self.at + wait)

    def refuse_if_closed(self, url: str, way: Way) -> None:
        if way.host.closed_until is None or not way.host.closed_at(self.at):
            return
        until = way.host.closed_until
        raise BusyError(
            url,
            f"was not called at: {way.host.name} has asked to be left alone until {until:%Y-%m-%d %H:%M} UTC",
            retry_after=(until - self.at).total_seconds(),
            host=way.host.name,
        )
