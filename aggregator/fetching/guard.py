"""The address guard: sources may not send us into our own network.

It looks at the address of every connection at the moment that it is made. A name that pointed to a harmless address
when it was first asked for (DNS rebinding), and a redirect to one that is not harmless, gain nothing.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from aggregator.model.units import Network

# RFC 4291 §2.4: all that has been given out of IPv6 lies here; site-local and other old forms do not.
GLOBAL_UNICAST = IPv6Network("2000::/3")

# RFC 6052 and RFC 8215: IPv4 addresses in IPv6 clothes, which a NAT64 gateway would take to their wearers.
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))

AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]


class AddressRefusedError(OSError):
    """A connection to an address that feeds.toml does not open."""


def is_open(address: str, private_networks: tuple[Network, ...]) -> bool:
    """Whether ADDRESS (IPv4 or IPv6, perhaps with a zone) may be connected to."""
    given = ip_address(address.partition("%")[0])
    inner = _inner(given)
    if any(form in network for form in (given, inner) for network in private_networks):
        return True
    if isinstance(inner, IPv6Address) and inner not in GLOBAL_UNICAST:
        return False
    return inner.is_global and not inner.is_multicast


def refuse_unless_open(address: str, private_networks: tuple[Network, ...]) -> None:
    if not is_open(address, private_networks):
        raise AddressRefusedError(f"{address} is not a public address; [collect] private_networks can open it")


def socket_factory(private_networks: tuple[Network, ...]) -> Callable[[AddressInfo], socket.socket]:
    """A maker of sockets for aiohttp's connector, which asks it once for every connection, with the address."""

    def guarded(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, where = info
        refuse_unless_open(where[0], private_networks)
        return socket.socket(family, kind, protocol)

    return guarded


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, if it does: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
