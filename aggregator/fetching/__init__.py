"""The way in: from a location, and what we remember of it, to a document."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aggregator.fetching.file import read_file
from aggregator.model import Document, Manners, Unchanged, Visit

if TYPE_CHECKING:
    from aggregator.fetching.web import Web

__all__ = ["Fetcher", "fetcher"]


class Fetcher:
    def __init__(self, web: "Web", manners: Manners) -> None:
        self._web = web
        self._manners = manners

    async def fetch(self, location: str, visit: Visit) -> Document | Unchanged:
        """What is at LOCATION, an address of the web or a path; FetchError says what is wrong."""
        if "://" in location:
            return await self._web.fetch(location, visit)
        return read_file(location, visit, self._manners.max_bytes)


@asynccontextmanager
async def fetcher(manners: Manners) -> AsyncIterator[Fetcher]:
    # The libraries of the web take a sixth of a second to import, and nobody who only looks at the store needs them.
    from aggregator.fetching.web import open_web

    async with open_web(manners) as web:
        yield Fetcher(web, manners)
