"""The ways to the hosts: at each so many requests at once, a gap between them, and none while it wants to be alone.

Where several processes call at the same hosts, on whatever machines, they agree through a `Gate`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

import httpx

from aggregator.errors import BusyError
from aggregator.model import Host, Manners, host_of

SLOW_SECONDS = 0.5

# How often it is asked whether there is room at a host now.
ASK_SECONDS = 0.05


class Gate(Protocol):
    """What all who call at the same hosts have in common: named locks, and what any of them learnt of a host."""

    def hold(self, name: str) -> bool:
        """Hold the lock called NAME, if nobody does."""

    def drop(self, name: str) -> None: ...

    def known(self, host: str) -> Host:
        """What is known of HOST at this moment."""

    def learn(self, host: Host) -> None:
        """Let the others know it at once."""


class Way:
    """The way to one host; `host` is what we know of it, and grows. GATE is shared with others who go there."""

    def __init__(self, host: Host, manners: Manners, gate: Gate | None = None) -> None:
        self.host = host
        self._asking_robots = asyncio.Lock()
        self._room = asyncio.Semaphore(manners.per_host)
        self._rooms = [f"host:{host.name} {number}" for number in range(manners.per_host)]
        self._gap = manners.gap.total_seconds()
        self._free = 0.0
        self._gate = gate

    @asynccontextmanager
    async def go(self) -> AsyncIterator[None]:
        async with self._room:
            clock = asyncio.get_running_loop().time
            start = max(clock(), self._free)
            self._free = start + self._gap
            await asyncio.sleep(start - clock())
            async with self._shared(self._rooms, f"gap:{self.host.name}"):
                yield

    @asynccontextmanager
    async def asking_robots(self) -> AsyncIterator[None]:
        """One at a time asks for the host's robots.txt, and all know the answer."""
        async with self._asking_robots, self._shared([f"robots:{self.host.name}"]):
            yield
            if self._gate:
                self._gate.learn(self.host)

    @asynccontextmanager
    async def _shared(self, rooms: list[str], gap: str = "") -> AsyncIterator[None]:
        """One of ROOMS among all who go there, and nobody else enters one until the GAP is over."""
        gate = self._gate
        if gate is None:
            yield
            return
        while True:
            if not gap or not self._gap or gate.hold(gap):
                room = next((room for room in rooms if gate.hold(room)), "")
                if gap and self._gap:
                    if room:
                        asyncio.get_running_loop().call_later(self._gap, gate.drop, gap)
                    else:
                        gate.drop(gap)
                if room:
                    break
            await asyncio.sleep(ASK_SECONDS)
        try:
            self.host = gate.known(self.host.name).with_all_of(self.host)
            yield
        finally:
            gate.drop(room)

    def close(self, until: datetime) -> None:
        self.host = self.host.closed(until)
        if self._gate:
            self._gate.learn(self.host)


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

    def __init__(self, known: Mapping[str, Host], manners: Manners, now: datetime, gate: Gate | None = None) -> None:
        self._known = known
        self._manners = manners
        self.at = now
        self._gate = gate
        self._ways: dict[str, Way] = {}

    def to(self, url: httpx.URL) -> Way:
        name = host_of(str(url))
        if name not in self._ways:
            self._ways[name] = Way(self._known.get(name, Host(name)), self._manners, self._gate)
        return self._ways[name]

    def learnt(self) -> list[Host]:
        """The hosts of which we know something that we did not know before the round."""
        return [way.host for name, way in self._ways.items() if way.host != self._known.get(name, Host(name))]

    def close(self, way: Way, wait: timedelta) -> None:
        way.close(self.at + wait)

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
