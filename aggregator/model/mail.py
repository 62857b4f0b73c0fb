"""Digests by mail: to whom, and by whom they are carried."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
