"""How feeds.toml writes durations, sizes, places, networks of addresses and secrets."""

import os
import re
from datetime import date, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from aggregator import places
from aggregator.model.mail import is_mail_address
from aggregator.places import Place

Network = IPv4Network | IPv6Network

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
_BYTES = {"B": 1, "kB": 1000, "KB": 1000, "MB": 1000**2, "GB": 1000**3}
_AMOUNT = re.compile(r"(\d+)\s*([A-Za-z]+)")
# What XML 1.0 cannot carry, and the control characters that it can.
_UNFIT = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _duration(value: Any) -> timedelta:
    amount = _AMOUNT.fullmatch(value) if isinstance(value, str) else None
    if not amount or amount[2] not in _SECONDS:
        raise ValueError('a duration is written as "30s", "15m", "6h", "7d", "2w" or "1y"')
    if len(amount[1]) > 6:
        raise ValueError("nobody can wait for so long")
    return timedelta(seconds=int(amount[1]) * _SECONDS[amount[2]])


def _size(value: Any) -> int:
    amount = _AMOUNT.fullmatch(value) if isinstance(value, str) else None
    if not amount or amount[2] not in _BYTES:
        raise ValueError('a size is written as "500kB" or "5MB"')
    if int(amount[1]) * _BYTES[amount[2]] < 1000:
        raise ValueError('no answer is smaller than "1kB"')
    return int(amount[1]) * _BYTES[amount[2]]


def _duration_or_auto(value: Any) -> timedelta | Literal["auto"]:
    return "auto" if value == "auto" else _duration(value)


def _duration_or_for_ever(value: Any) -> timedelta | Literal["for ever"]:
    return "for ever" if value == "for ever" else _duration(value)


def _age(value: timedelta | Literal["for ever"]) -> timedelta | Literal["for ever"]:
    if value != "for ever" and value < timedelta(days=90):
        raise ValueError('news is kept for at least "90d", or "for ever"')
    return value


def _pace(value: timedelta | Literal["auto"]) -> timedelta | Literal["auto"]:
    if value != "auto" and not timedelta(minutes=15) <= value <= timedelta(days=1):
        raise ValueError('a source is asked at least once a day and at most every quarter of an hour ("15m" to "24h")')
    return value


def _gap(value: timedelta) -> timedelta:
    if value > timedelta(minutes=1):
        raise ValueError('calls at one host may be kept up to a minute apart ("0s" to "1m")')
    return value


def _timeout(value: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= value <= timedelta(minutes=5):
        raise ValueError('an answer may take from "1s" to "5m"')
    return value


def _place(value: Any) -> Place:
    if not isinstance(value, str):
        raise ValueError('a place is written by its name ("Mariestad") or its code ("1493"), in quotation marks')
    return places.named(value)


def _municipality(place: Place) -> Place:
    if not place.is_municipality:
        raise ValueError(f'"{place.name}" is no municipality')
    return place


def _day(value: Any) -> Any:
    """A date; not a number, which would be seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("must be a date, written 2026-11-24 without quotation marks")
    return value


def listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _network(value: Any) -> Network:
    try:
        return ip_network(value)
    except ValueError as error:
        raise ValueError(f'addresses are opened as "127.0.0.0/8" or "fd00::/8": {error}') from error


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError('an address of the web begins with "https://" or "http://"')
    if any(sign.isspace() for sign in value):
        raise ValueError("an address of the web has no spaces")
    return value


def _location(value: str) -> str:
    """An address of the web, or a path; nobody calls a folder "www.…"."""
    return _web_address(value) if ":" in value.partition("/")[0] or value.lower().startswith("www.") else value


def _visible(value: str) -> str:
    if _UNFIT.search(value):
        raise ValueError("holds a character that no page can show; write the text anew")
    return value


def _host_folder(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("rsync", "sftp") or not parts.hostname or len(parts.path) < 2 or parts.password:
        raise ValueError(
            'where to send it is written as "rsync://user@host/folder/" or "sftp://user@host:22/folder/"; '
            "a key opens it, not a password"
        )
    return value


def _mail_address(value: str) -> str:
    if not is_mail_address(value):
        raise ValueError('a mail address is written as "redaktion@tidningen.example"')
    return value


def _mail_server(value: str) -> str:
    """Empty, or the address of a server: smtp is encrypted as soon as the server can, smtps from the beginning."""
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(
            'a mail server is written as "smtp://host:587" or "smtps://host", '
            "with name:password@ before the host if it asks for them"
        )
    return value


def _unsubscribe(value: str) -> str:
    if value and not value.startswith(("https://", "mailto:")):
        raise ValueError('where digests are stopped begins with "https://" or "mailto:"')
    return value


def _folder_address(value: str) -> str:
    if "?" in value or "#" in value:
        raise ValueError("the address of a folder has neither ? nor #")
    return _web_address(value).rstrip("/") + "/"


def _authority(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", value):
        raise ValueError('an authority is a domain name in lower case, as "koso.se"')
    return value


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError("an id is made of the letters a–z, digits and hyphens, since it becomes part of addresses")
    return value


def _secret(value: Any) -> Any:
    """A text, or { env = "NAME" } for what must not stand in a file."""
    if not isinstance(value, dict):
        return value
    name = value.get("env")
    if set(value) != {"env"} or not isinstance(name, str):
        raise ValueError('write a text, or { env = "NAME" } to take it from the environment')
    if not os.environ.get(name):
        raise ValueError(f"the environment has no variable {name}")
    return os.environ[name]


# How they are written, for the schema that editors check with.
_AmountOfTime = Annotated[str, Field(pattern=r"^\d{1,6}\s*[smhdwy]$")]
_AmountOfBytes = Annotated[str, Field(pattern=r"^\d+\s*(B|kB|KB|MB|GB)$")]

Duration = Annotated[timedelta, BeforeValidator(_duration, _AmountOfTime)]
_DurationOrAuto = BeforeValidator(_duration_or_auto, _AmountOfTime | Literal["auto"])
Pace = Annotated[timedelta | Literal["auto"], _DurationOrAuto, AfterValidator(_pace)]
Age = Annotated[
    timedelta | Literal["for ever"],
    BeforeValidator(_duration_or_for_ever, _AmountOfTime | Literal["for ever"]),
    AfterValidator(_age),
]
Silence = Annotated[timedelta | Literal["auto"], _DurationOrAuto]
Gap = Annotated[timedelta, BeforeValidator(_duration, _AmountOfTime), AfterValidator(_gap)]
Timeout = Annotated[timedelta, BeforeValidator(_duration, _AmountOfTime), AfterValidator(_timeout)]
Day = Annotated[date, BeforeValidator(_day, date)]
Size = Annotated[int, BeforeValidator(_size, _AmountOfBytes)]
APlace = Annotated[Place, BeforeValidator(_place, str)]
Municipality = Annotated[Place, BeforeValidator(_place, str), AfterValidator(_municipality)]
Places = Annotated[tuple[APlace, ...], BeforeValidator(listed)]
Municipalities = Annotated[tuple[Municipality, ...], BeforeValidator(listed)]
AddressRange = Annotated[Network, BeforeValidator(_network, str)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_visible)]
Words = Annotated[str, AfterValidator(_visible)]
Location = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_location)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
FolderAddress = Annotated[str, AfterValidator(_folder_address)]
Authority = Annotated[str, AfterValidator(_authority)]
Slug = Annotated[str, AfterValidator(_slug)]
FormerIds = Annotated[tuple[Slug, ...], BeforeValidator(listed)]
_Env = str | dict[Literal["env"], str]
Secret = Annotated[str, BeforeValidator(_secret, _Env)]
HostFolder = Annotated[str, AfterValidator(_host_folder)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
MailServer = Annotated[str, BeforeValidator(_secret, _Env), AfterValidator(_mail_server)]
Unsubscribe = Annotated[str, AfterValidator(_unsubscribe)]
