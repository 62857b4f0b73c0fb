"""How we behave towards the sites that we call at, and what we put up with from them."""

from dataclasses import dataclass
from datetime import timedelta

from aggregator.model.units import Network


@dataclass(frozen=True, slots=True)
class Manners:
    """What [collect] in feeds.toml says; `timeout` is for the whole answer, `max_bytes` counts after decompression."""

    user_agent: str
    concurrency: int = 50
    per_host: int = 2
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 5 * 1000 * 1000
    private_networks: tuple[Network, ...] = ()
