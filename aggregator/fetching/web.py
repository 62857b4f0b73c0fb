"""The web, read politely: many hosts at once, few calls at each, nothing fetched twice, nothing without a limit."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver

from aggregator.errors import BusyError, FetchError
from aggregator.fetching import answers, guard, robots
from aggregator.fetching.body import BodyError, plain_body
from aggregator.fetching.hosts import Gate, Hosts, Lanes, Way
from aggregator.fetching.session import CONNECT_SECONDS, open_client, trust
from aggregator.model import Document, Host, Manners, Trip, Unchanged, Validators, Visit

HOPS = 5
HEAD_BYTES = 64 * 1024
ERROR_BODY_BYTES = 64 * 1024

LASTING = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
REDIRECTS = LASTING | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}

ROBOTS_LAST = timedelta(days=1)


@dataclass(slots=True)
class Journey:
    """One call as it goes: what it has cost so far, and how long it may still take."""

    url: str
    visit: Visit
    max_bytes: int
    left: timedelta
    requests: int = 0
    received: int = 0
    lasting: str = ""

    def known_at(self, here: httpx.URL) -> Validators:
        """What to ask with: validators are shown only to the address that gave them."""
        return self.visit.validators if str(here) == self.visit.answered else Validators()

    async def counted(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            self.received += len(chunk)
            yield chunk


class Web:
    def __init__(self, client: httpx.AsyncClient, manners: Manners, hosts: Hosts, lanes: Lanes | None = None) -> None:
        self._client = client
        self._manners = manners
        self._hosts = hosts
        self._lanes = lanes or Lanes(manners.concurrency)

    def anew(self, known: Mapping[str, Host], now: datetime, gate: Gate) -> "Web":
        """The same web for a call of its own, at the moment NOW, that agrees with others through GATE."""
        return Web(self._client, self._manners, Hosts(known, self._manners, now, gate), self._lanes)

    async def fetch(self, url: str, visit: Visit, page: bool = False) -> Document | Unchanged:
        """What URL answers, if anything; a PAGE, only if the host's robots.txt allows us to read it."""
        journey = Journey(url, visit, self._manners.max_bytes * (2 if page else 1), self._manners.timeout)
        try:
            if page:
                await self._ask_robots(journey)
            return await self._follow(journey)
        except FetchError as error:
            error.requests, error.received = journey.requests, journey.received
            raise

    def learnt(self) -> list[Host]:
        return self._hosts.learnt()

    async def _follow(self, journey: Journey) -> Document | Unchanged:
        """The answer at the end of JOURNEY, or a FetchError that says what is wrong."""
        try:
            return await self._hop(journey)
        except TimeoutError as error:
            seconds = self._manners.timeout.total_seconds()
            raise FetchError(journey.url, f"did not finish its answer within {seconds:g} seconds") from error
        except BodyError as error:
            raise FetchError(journey.url, str(error)) from error
        except httpx.InvalidURL as error:
            raise FetchError(journey.url, f"leads to what is no address of the web: {error}") from error
        except (httpx.HTTPError, aiohttp.ClientError, ValueError, OSError) as error:
            raise FetchError(journey.url, _reason(error)) from error

    async def _hop(self, journey: Journey) -> Document | Unchanged:
        """Follow redirects ourselves: each hop is an address of the web, and a connection that the guard sees."""
        here, lasting = httpx.URL(journey.url), True
        for _ in range(HOPS + 1):
            async with self._request(here, journey) as answer:
                target = answer.headers.get("location", "")
                if answer.status_code not in REDIRECTS or not target:
                    return await self._answer(answer, journey)
                lasting = lasting and answer.status_code in LASTING
            here = _next(here, target)
            journey.lasting = str(here) if lasting else journey.lasting
        raise FetchError(journey.url, f"redirects more than {HOPS} times")

    @asynccontextmanager
    async def _request(self, here: httpx.URL, journey: Journey) -> AsyncIterator[httpx.Response]:
        """One request, when its host has room for it; the time that it waits for that does not count as its own."""
        if here.scheme not in ("http", "https") or not here.host:
            raise FetchError(journey.url, f'leads to "{here}", which is no address of the web')
        way, address = self._hosts.to(here), here.copy_with(userinfo=b"")
        headers = answers.conditions(journey.known_at(address))
        opened_by = (here.username, here.password) if here.userinfo else None
        clock = asyncio.get_running_loop().time
        # The host first: whoever waits for a slow host must not keep others from theirs.
        async with way.go(), self._lanes.one():
            self._hosts.refuse_if_closed(journey.url, way)
            began = clock()
            async with asyncio.timeout(journey.left.total_seconds()):
                journey.requests += 1
                async with self._client.stream("GET", address, headers=headers, auth=opened_by) as answer:
                    yield answer
            journey.left -= timedelta(seconds=clock() - began)

    async def _answer(self, answer: httpx.Response, journey: Journey) -> Document | Unchanged:
        if sum(len(name) + len(value) + 4 for name, value in answer.headers.raw) > HEAD_BYTES:
            raise FetchError(journey.url, f"sends a head of more than {HEAD_BYTES:,} bytes")
        if wall := answers.wall(answer.headers):
            raise FetchError(journey.url, f"stands behind a wall against robots ({wall})", status=answer.status_code)
        visit, location, validators = journey.visit, str(answer.url), answers.validators(answer.headers.raw)
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            if journey.known_at(answer.url) == Validators():
                raise FetchError(journey.url, "answers 304 (Not Modified), although it was not asked whether it was")
            return Unchanged(visit.validators.renewed_by(validators), location, True, self._trip(answer, journey))
        if answer.status_code != HTTPStatus.OK:
            raise await self._refusal(answer, journey)
        coding = answer.headers.get("content-encoding", "")
        content = await plain_body(journey.counted(answer.aiter_raw()), coding, journey.max_bytes)
        if words := answers.challenge(content):
            raise FetchError(journey.url, f'stands behind a wall against robots ("{words}")', status=answer.status_code)
        trip = self._trip(answer, journey)
        media_type, links = (answer.headers.get(name, "") for name in ("content-type", "link"))
        document = Document(location, content, media_type, validators, trip, links=links)
        if document.fingerprint == visit.fingerprint:
            return Unchanged(validators, location, False, trip)
        return document

    async def _refusal(self, answer: httpx.Response, journey: Journey) -> FetchError:
        """What an answer that is no news says; if the host is busy, it is left alone for as long as it asked."""
        status = answer.status_code
        wait = answers.retry_after(answer.status_code, answer.headers, self._hosts.at)
        if wait:
            self._hosts.close(self._hosts.to(answer.url), wait)
        reason = f"answers {answers.named(status)}"
        try:
            coding = answer.headers.get("content-encoding", "")
            body = await plain_body(journey.counted(answer.aiter_raw()), coding, ERROR_BODY_BYTES)
            if words := answers.challenge(body):
                reason = f'stands behind a wall against robots ({answers.named(status)}, "{words}")'
        except (BodyError, httpx.HTTPError, aiohttp.ClientError):
            pass  # What stands in the body of a refusal is only a help.
        return FetchError(journey.url, reason, status=status, retry_after=wait.total_seconds())

    def _trip(self, answer: httpx.Response, journey: Journey) -> Trip:
        return Trip(
            requests=journey.requests,
            received=journey.received,
            fresh=answers.freshness(answer.headers, self._hosts.at),
            lasting=journey.lasting,
            certificate=trust().valid_until.get(answer.url.raw_host.decode()),
        )

    async def _ask_robots(self, journey: Journey) -> None:
        """FetchError if the host's robots.txt does not allow us to read this; it is fetched once a day at most."""
        here = httpx.URL(journey.url)
        way = self._hosts.to(here)
        async with way.asking_robots():
            if way.host.robots_until is None or way.host.robots_until <= self._hosts.at:
                text = await self._robots(str(here.copy_with(raw_path=b"/robots.txt", fragment=None)), way, journey)
                way.host = replace(way.host, robots=text, robots_until=self._hosts.at + ROBOTS_LAST)
        if not robots.allows(way.host.robots or "", journey.url):
            raise FetchError(journey.url, f"may not be read by programs, says {way.host.name}/robots.txt")

    async def _robots(self, address: str, way: Way, journey: Journey) -> str:
        asking = Journey(address, Visit(), robots.MAX_BYTES, self._manners.timeout)
        try:
            answer = await self._follow(asking)
            text = answer.content.decode("utf-8", "replace") if isinstance(answer, Document) else ""
            return text.replace("\0", "")
        except BusyError:
            raise
        except FetchError as error:
            known = robots.after_failure(error, way.host.robots)
            if known is None:
                reason = f"may not be read, since {way.host.name}/robots.txt cannot be: it {error.reason}"
                raise FetchError(journey.url, reason, retry_after=error.retry_after) from error
            return known
        finally:
            journey.requests += asking.requests
            journey.received += asking.received


@asynccontextmanager
async def open_web(
    manners: Manners, known: Mapping[str, Host], now: datetime, resolver: AbstractResolver | None = None
) -> AsyncIterator[Web]:
    """The web for one round, at the moment NOW; KNOWN is what earlier rounds learnt of the hosts."""
    # Names are looked up in threads, and one that a dead name server holds must not keep the others waiting.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(manners.concurrency, "names"))
    async with open_client(manners, resolver) as client:
        yield Web(client, manners, Hosts(known, manners, now))


def _next(here: httpx.URL, target: str) -> httpx.URL:
    """Where a redirect leads. What opens one site is never shown to another."""
    there = here.join(target).copy_with(fragment=None)
    same = (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port)
    return there.copy_with(userinfo=here.userinfo if same else b"")


def _reason(error: Exception) -> str:
    """What happened, without the libraries' own decoration; what did happen first is in the chain of causes."""
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case guard.AddressRefusedError():
                return str(cause)
            case aiohttp.ClientConnectorCertificateError():
                return f"has a certificate that cannot be trusted: {cause.certificate_error}"
            case aiohttp.ConnectionTimeoutError():
                return f"cannot be reached within {CONNECT_SECONDS:g} seconds"
            case aiohttp.ClientConnectorError():
                return f"cannot be reached: {cause.os_error.strerror or cause.os_error}"
            case aiohttp.ClientPayloadError():
                return "was cut short: the answer ended before its announced end"
            case aiohttp.ClientResponseError():
                return f"does not answer as a web server should: {cause.message.splitlines()[0][:80]}"
            case aiohttp.ServerDisconnectedError() | ConnectionResetError():
                return "closed the connection in the middle of its answer"
        cause = cause.__cause__ or cause.__context__
    return f"does not answer as a web server should: {str(error) or type(error).__name__}"
