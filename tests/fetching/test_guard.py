"""The guard looks at the address of every connection, whatever name or redirect led there."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from unittest.mock import patch

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from conformance.answers import answer, feed, says, tells
from conformance.town import Town

from aggregator.errors import FetchError
from aggregator.fetching.guard import is_open
from aggregator.fetching.web import open_web
from aggregator.model import Document, Manners, Unchanged, Visit

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OURS = (ip_network("127.0.0.1/32"),)


class Rebinding(AbstractResolver):
    """A name server that answers differently each time it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = iter(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in next(self._answers)
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
def town() -> Iterator[Town]:
    with Town() as town:
        yield town


async def fetched(
    resolver: AbstractResolver, *urls: str, proxies: bool = False
) -> list[Document | Unchanged | FetchError]:
    manners = Manners("prov", gap=timedelta(), timeout=timedelta(seconds=10), private_networks=OURS, proxies=proxies)
    found: list[Document | Unchanged | FetchError] = []
    async with open_web(manners, {}, NOW, resolver) as web:
        for url in urls:
            try:
                found.append(await web.fetch(url, Visit()))
            except FetchError as error:
                found.append(error)
    return found


@pytest.mark.parametrize("inner", ["127.0.0.2", "::1", "::ffff:127.0.0.2", "169.254.169.254", "10.0.0.1", "fd00::1"])
def test_a_name_that_points_elsewhere_the_second_time_gains_nothing(town: Town, inner: str) -> None:
    outer = town.host(says(200, feed("Ett")))
    port = int(outer.url.rpartition(":")[2])
    secret = town.host(says(200, feed("Hemligt")), address="127.0.0.2", port=port)
    url = f"http://ombunden.example:{port}/feed"
    first, second = asyncio.run(fetched(Rebinding(["127.0.0.1"], [inner]), url, url))
    assert isinstance(first, Document)
    assert isinstance(second, FetchError)
    assert "is not a public address; [collect] private_networks can open it" in second.reason
    assert (len(outer.asked), secret.asked) == (1, [])


def test_a_name_that_points_elsewhere_after_a_redirect_to_itself_gains_nothing(town: Town) -> None:
    outer = town.host(tells({"/feed": answer(302, Location="/inre")}))
    port = int(outer.url.rpartition(":")[2])
    secret = town.host(says(200, feed("Hemligt")), address="127.0.0.2", port=port)
    resolver = Rebinding(["127.0.0.1"], ["127.0.0.2"])
    [answered] = asyncio.run(fetched(resolver, f"http://ombunden.example:{port}/feed"))
    assert isinstance(answered, FetchError)
    assert (len(outer.asked), secret.asked) == (1, [])


def test_of_several_addresses_only_the_open_ones_are_tried(town: Town) -> None:
    outer = town.host(says(200, feed("Ett")))
    port = int(outer.url.rpartition(":")[2])
    secret = town.host(says(200, feed("Hemligt")), address="127.0.0.2", port=port)
    resolver = Rebinding(["127.0.0.2", "::1", "127.0.0.1"])
    [answered] = asyncio.run(fetched(resolver, f"http://manga.example:{port}/feed"))
    assert isinstance(answered, Document)
    assert secret.asked == []


def test_where_none_of_several_addresses_is_open_the_failure_says_so(town: Town) -> None:
    [answered] = asyncio.run(fetched(Rebinding(["10.0.0.1", "::1"]), "http://manga.example/feed"))
    assert isinstance(answered, FetchError)
    assert "is not a public address" in answered.reason


def test_a_proxy_is_not_sent_to_an_address_that_is_nobodys_business(town: Town) -> None:
    proxy = town.host(says(200, feed("Ett")))
    with patch.dict("os.environ", {"http_proxy": proxy.url, "no_proxy": ""}):
        urls = ("http://169.254.169.254/feed", "http://aktor.example/feed")
        inner, outer = asyncio.run(fetched(Rebinding(["127.0.0.1"], ["127.0.0.1"]), *urls, proxies=True))
    assert isinstance(inner, FetchError)
    assert "is not a public address" in inner.reason
    assert isinstance(outer, Document)
    assert [ask.path for ask in proxy.asked] == ["http://aktor.example/feed"]


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses_are_open(address: str) -> None:
    assert is_open(address, ())


def test_the_operator_opens_what_is_named_in_every_dress() -> None:
    assert is_open("10.1.2.3", (ip_network("10.0.0.0/8"),))
    assert is_open("::ffff:10.1.2.3", (ip_network("10.0.0.0/8"),))
    assert not is_open("192.168.1.1", (ip_network("10.0.0.0/8"),))
    assert is_open("fe80::1%eth0", (ip_network("fe80::/10"),))


def test_a_host_that_takes_no_connection_is_given_up_before_the_whole_time_is_over() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        queue = [socket.create_connection(full.getsockname()) for _ in range(1)]
        try:
            with patch("aggregator.fetching.session.CONNECT_SECONDS", 0.2):
                url = f"http://127.0.0.1:{full.getsockname()[1]}/feed"
                [answered] = asyncio.run(fetched(Rebinding(["127.0.0.1"]), url))
        finally:
            for waiting in queue:
                waiting.close()
    assert isinstance(answered, FetchError)
    assert answered.reason == "cannot be reached within 5 seconds"
