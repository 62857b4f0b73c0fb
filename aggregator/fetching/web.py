"""The web, read politely: many hosts at once, few calls at each, nothing fetched twice, nothing without a limit."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from aggregator.errors import FetchError
from aggregator.fetching import guard
from aggregator.fetching.body import CODINGS, BodyError, plain_body
from aggregator.model import Document, Manners, Unchanged, Validators, Visit

CONNECT_SECONDS = 5.0
HOPS = 5
HEADER_BYTES = 16 * 1024
HEADERS = 128

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.7, */*;q=0.5"
)

# A host may ask us to stay away for so long; what it says beyond that is taken for a slip.
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=48)

REDIRECTS = {301, 302, 303, 307, 308}


class Web:
    def __init__(self, client: httpx.AsyncClient, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._all = asyncio.Semaphore(manners.concurrency)
        self._at_host: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(manners.per_host))

    async def fetch(self, url: str, visit: Visit) -> Document | Unchanged:
        host = _host(url)
        # The host first: whoever waits for a slow host must not keep others from theirs.
        async with self._at_host[host], self._all:
            try:
                async with asyncio.timeout(self._manners.timeout.total_seconds()):
                    return await self._follow(url, visit)
            except TimeoutError as error:
                seconds = self._manners.timeout.total_seconds()
                raise FetchError(url, f"did not finish its answer within {seconds:g} seconds") from error
            except BodyError as error:
                raise FetchError(url, str(error)) from error
            except (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, ValueError) as error:
                raise FetchError(url, _reason(error)) from error

    async def _follow(self, url: str, visit: Visit) -> Document | Unchanged:
        """Follow redirects ourselves: each hop is an address of the web, and a connection that the guard sees."""
        here = httpx.URL(url)
        for _ in range(HOPS + 1):
            if here.scheme not in ("http", "https"):
                raise FetchError(url, f"leads to {here}, which is no address of the web")
            async with self._client.stream("GET", here, headers=_conditions(visit.validators)) as answer:
                target = answer.headers.get("location", "")
                if answer.status_code not in REDIRECTS or not target:
                    return await self._answer(url, answer, visit)
                here = here.join(target)
        raise FetchError(url, f"redirects more than {HOPS} times")

    async def _answer(self, url: str, answer: httpx.Response, visit: Visit) -> Document | Unchanged:
        validators = Validators(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            if visit.validators == Validators():
                raise FetchError(url, "answers 304 (not modified), although it was not asked whether it was")
            return Unchanged(validators if validators != Validators() else visit.validators)
        if wall := answer.headers.get("cf-mitigated"):
            raise FetchError(url, f"stands behind a wall against robots (cf-mitigated: {wall})")
        if answer.status_code != HTTPStatus.OK:
            raise FetchError(url, f"answers {_named(answer.status_code)}", retry_after=_retry_after(answer))
        coding = answer.headers.get("content-encoding", "")
        content = await plain_body(answer.aiter_raw(), coding, self._manners.max_bytes)
        document = Document(str(answer.url), content, answer.headers.get("content-type", ""), validators)
        return Unchanged(validators) if document.fingerprint == visit.fingerprint else document


@asynccontextmanager
async def open_web(manners: Manners) -> AsyncIterator[Web]:
    connector = aiohttp.TCPConnector(
        limit=0,
        socket_factory=guard.socket_factory(manners.private_networks),
        ssl=httpx.create_ssl_context(trust_env=False),
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
        max_headers=HEADERS,
        trust_env=False,
    )
    headers = {"User-Agent": manners.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS}
    timeout = httpx.Timeout(manners.timeout.total_seconds(), connect=CONNECT_SECONDS)
    async with httpx.AsyncClient(
        headers=headers,
        timeout=timeout,
        transport=AiohttpTransport(client=session),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    ) as client:
        yield Web(client, manners)


def _host(url: str) -> str:
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL as error:
        raise FetchError(url, f"is no address of the web: {error}") from error
    if not host:
        raise FetchError(url, "is no address of the web: it names no host")
    return host


def _conditions(known: Validators) -> dict[str, str]:
    """Both validators, exactly as they came: some servers compare the text of Last-Modified, nginx wants both."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _retry_after(answer: httpx.Response) -> float:
    """Seconds that a busy host asks us to stay away (RFC 9110 §10.2.3: seconds, or a date), within reason; else 0."""
    told = answer.headers.get("retry-after", "").strip()
    if answer.status_code not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE) or not told:
        return 0
    try:
        wait = timedelta(seconds=int(told)) if told.isdecimal() else _until(parsedate_to_datetime(told), answer)
    except (ValueError, OverflowError):
        return 0
    return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT).total_seconds()


def _until(moment: datetime, answer: httpx.Response) -> timedelta:
    """From now, as the host's own clock has it."""
    now = parsedate_to_datetime(answer.headers["date"]) if "date" in answer.headers else datetime.now(UTC)
    return moment.replace(tzinfo=moment.tzinfo or UTC) - now.replace(tzinfo=now.tzinfo or UTC)


def _reason(error: Exception) -> str:
    """What happened, without the libraries' own decoration; what did happen first is in the chain of causes."""
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case guard.AddressRefusedError():
                return str(cause)
            case aiohttp.ClientConnectorCertificateError():
                return f"has a certificate that cannot be trusted: {cause.certificate_error}"
            case aiohttp.ClientConnectorError():
                return f"cannot be reached: {cause.os_error.strerror or cause.os_error}"
        cause = cause.__cause__ or cause.__context__
    return f"does not answer as a web server should: {str(error) or type(error).__name__}"
