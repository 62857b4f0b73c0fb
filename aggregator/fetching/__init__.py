"""The way in: from a location, and what we remember of it, to a document; and what follows from what came."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from aggregator.fetching.decision import Outcome, asked_with, decided, is_lost, network_is_down, spared
from aggregator.fetching.file import read_file
from aggregator.fetching.folder import fingerprint_of, open_bundle
from aggregator.model import LONG_AGO, Document, Host, Manners, Unchanged, Visit

if TYPE_CHECKING:
    from aggregator.fetching.hosts import Gate
    from aggregator.fetching.web import Web

__all__ = [
    "Fetcher",
    "Outcome",
    "asked_with",
    "decided",
    "fetcher",
    "fingerprint_of",
    "is_lost",
    "network_is_down",
    "open_bundle",
    "spared",
    "tell_hub",
]


class Fetcher:
    def __init__(self, web: "Web", manners: Manners) -> None:
        self._web = web
        self._manners = manners

    async def fetch(self, location: str, visit: Visit, page: bool = False) -> Document | Unchanged:
        """What is at LOCATION, an address of the web or a path; FetchError says what is wrong."""
        if "://" in location:
            return await self._web.fetch(location, visit, page)
        return read_file(location, visit, self._manners.max_bytes)

    def anew(self, known: Mapping[str, Host], now: datetime, gate: "Gate") -> "Fetcher":
        """The same for a call of its own, at the moment NOW, that agrees with others through GATE."""
        return Fetcher(self._web.anew(known, now, gate), self._manners)

    def learnt(self) -> list[Host]:
        """What this round has taught us of the hosts: which want to be left alone, and their robots.txt."""
        return self._web.learnt()


@asynccontextmanager
async def fetcher(
    manners: Manners, hosts: Mapping[str, Host] | None = None, now: datetime = LONG_AGO
) -> AsyncIterator[Fetcher]:
    # The libraries of the web take a sixth of a second to import, and nobody who only looks at the store needs them.
    from aggregator.fetching.web import open_web

    async with open_web(manners, hosts or {}, now) as web:
        yield Fetcher(web, manners)


def tell_hub(manners: Manners, hub: str, topics: Sequence[str]) -> AsyncIterator[str]:
    """Tell the WebSub hub at HUB that the newsfeeds at TOPICS changed; those that it took are given back, in turn."""
    from aggregator.fetching.hub import tell

    return tell(manners, hub, topics)
