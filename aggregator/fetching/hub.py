"""Telling a WebSub hub that newsfeeds changed (https://www.w3.org/TR/websub/), over the same guarded connections."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import aiohttp
import httpx

from aggregator.errors import FetchError
from aggregator.fetching.session import open_client
from aggregator.model import Manners


async def tell(manners: Manners, hub: str, topics: Sequence[str]) -> AsyncIterator[str]:
    """Tell HUB of TOPICS, the addresses of newsfeeds, one after the other; those that it took are given back.

    FetchError at the first that it did not take: it is not asked further.
    """
    seconds = manners.timeout.total_seconds()
    async with open_client(manners) as client:
        for topic in topics:
            try:
                async with asyncio.timeout(seconds):
                    await _tell(client, hub, topic)
            except TimeoutError as error:
                raise FetchError(hub, f"did not finish its answer within {seconds:g} seconds") from error
            yield topic


async def _tell(client: httpx.AsyncClient, hub: str, topic: str) -> None:
    """WebSub leaves open how publishers tell hubs; this is how PubSubHubbub had it, which all hubs take.

    Some look for the newsfeed under `hub.url`, some under `hub.topic`.
    """
    try:
        answer = await client.post(hub, data={"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    except TimeoutError:
        raise
    except (httpx.HTTPError, aiohttp.ClientError, ValueError, OSError) as error:
        raise FetchError(hub, str(error) or type(error).__name__) from error
    if not answer.is_success:
        raise FetchError(hub, f"answered {answer.status_code} {answer.reason_phrase}", status=answer.status_code)
