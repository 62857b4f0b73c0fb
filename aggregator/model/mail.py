"""Digests by mail: to whom, and by whom they are carried."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# As servers of mail take it, with nothing around it (RFC 5321 §4.1.2).
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

Cadence = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address of feeds.toml that gets the digests of a newsfeed; `newsfeed` is the path of its channel."""

    newsfeed: str
    cadence: Cadence
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """How digests are sent, if they are: the address of a mail server, its sender, and from which hour in Sweden.

    `operators` are the addresses that are told when something looks wrong at a source.
    """

    smtp: str = ""
    sender: str = ""
    hour: int = 7
    subscriptions: tuple[Subscription, ...] = ()
    operators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest on its way to one address, or there. `period` is the digest's name.

    A letter that was begun and neither `sent` nor has a `problem` was on its way when we were interrupted: nobody can
    know whether it arrived, and it is not sent again.
    """

    newsfeed: str
    period: str
    address: str
    begun: datetime
    sent: datetime | None = None
    problem: str = ""


def is_mail_address(text: str) -> bool:
    """Whether a letter can come from TEXT, which may also be a page, or words with an address in them."""
    name = text.partition("@")[0]
    return _ADDRESS.fullmatch(text) is not None and "" not in name.split(".")
