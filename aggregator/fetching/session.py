"""The connections: guarded addresses, no cookies, verified certificates, and proxies only if we are told to."""

import ssl
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport

from aggregator.fetching import guard
from aggregator.fetching.body import CODINGS
from aggregator.model import Manners

CONNECT_SECONDS = 5.0
# A line of the head that is longer, or a head of more lines, ends the call while it is read.
LINE_BYTES = 16 * 1024
LINES = 128

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.7, */*;q=0.5"
)


@asynccontextmanager
async def open_client(manners: Manners, resolver: AbstractResolver | None = None) -> AsyncIterator[httpx.AsyncClient]:
    connector = aiohttp.TCPConnector(
        limit=0,
        resolver=resolver,
        use_dns_cache=False,
        socket_factory=guard.socket_factory(manners.private_networks),
        ssl=trust().context,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=LINE_BYTES,
        max_field_size=LINE_BYTES,
        max_headers=LINES,
        trust_env=False,
    )
    async with httpx.AsyncClient(
        headers={"User-Agent": manners.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS},
        timeout=httpx.Timeout(manners.timeout.total_seconds(), connect=CONNECT_SECONDS),
        transport=_Transport(session, manners),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    ) as client:
        yield client


class _Transport(httpx.AsyncBaseTransport):
    """aiohttp's connections; if feeds.toml says so, and only then, through the proxies that the environment names.

    A proxy looks names up for us, so the guard sees the proxy's address only; addresses in figures are still refused.
    """

    def __init__(self, session: aiohttp.ClientSession, manners: Manners) -> None:
        named = urllib.request.getproxies() if manners.proxies else {}
        self._private_networks = manners.private_networks
        self._direct = AiohttpTransport(client=session, verify=trust().context)
        self._by_scheme: dict[str, AiohttpTransport] = {
            scheme: AiohttpTransport(client=session, verify=trust().context, proxy=httpx.Proxy(named[scheme]))
            for scheme in ("http", "https")
            if scheme in named
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        way = self._by_scheme.get(request.url.scheme, self._direct)
        if way is not self._direct and urllib.request.proxy_bypass(request.url.host):
            way = self._direct
        if way is not self._direct and _is_figures(request.url.host):
            guard.refuse_unless_open(request.url.host, self._private_networks)
        return await way.handle_async_request(request)

    async def aclose(self) -> None:
        await self._direct.aclose()


def _is_figures(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class Trust:
    """The usual verification of certificates, which also notes until when each host's is valid."""

    def __init__(self) -> None:
        valid_until: dict[str, datetime] = {}

        class Noting(ssl.SSLObject):
            def do_handshake(self) -> None:
                super().do_handshake()
                certificate = self.getpeercert()
                if certificate and self.server_hostname:
                    end = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
                    valid_until[self.server_hostname] = datetime.fromtimestamp(end, UTC)

        self.valid_until = valid_until
        self.context = httpx.create_ssl_context(trust_env=False)
        self.context.sslobject_class = Noting


@cache
def trust() -> Trust:
    """Made once in a process: to read all authorities takes longer than most rounds."""
    return Trust()
