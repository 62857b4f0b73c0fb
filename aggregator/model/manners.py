"""How we behave towards the sites that we call at, and what we put up with from them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aggregator.model.units import Network
from aggregator.model.zone import LONG_AGO


def host_of(location: str) -> str:
    """The name of the host that answers at an address, with its port if that is not the usual one; "" for a path."""
    try:
        parts = urlsplit(location)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        name = (parts.hostname or "").encode("idna").decode()
        return f"{name}:{parts.port}" if parts.port not in (None, usual) else name
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Manners:
    """What [collect] in feeds.toml says; `timeout` is for the whole answer, `max_bytes` counts after decompression.

    `gap` is the time between the beginnings of two requests at one host. `proxies` tells whether the proxies that the
    environment names are used.
    """

    user_agent: str
    concurrency: int = 50
    per_host: int = 2
    gap: timedelta = timedelta(seconds=0.25)
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 5 * 1000 * 1000
    private_networks: tuple[Network, ...] = ()
    proxies: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """What we remember of a host that several sources may live at.

    It asked to be left alone until `closed_until`. `robots` is its robots.txt, which need not be asked for again before
    `robots_until`; None if we have never read it.
    """

    name: str
    closed_until: datetime | None = None
    robots: str | None = None
    robots_until: datetime | None = None

    def closed_at(self, now: datetime) -> bool:
        return self.closed_until is not None and now < self.closed_until

    def closed(self, until: datetime) -> "Host":
        """Closed until then at least: of two that were asked at once, the longer pause counts."""
        return replace(self, closed_until=max(until, self.closed_until or until))

    def with_all_of(self, other: "Host") -> "Host":
        """What both know of the same host: the longer pause counts, and the robots.txt that was asked for last."""
        ends = [until for until in (self.closed_until, other.closed_until) if until]
        newest = max((self, other), key=lambda host: host.robots_until or LONG_AGO)
        return replace(newest, closed_until=max(ends, default=None))
