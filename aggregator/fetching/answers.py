"""What the head of an answer says, and how a wall against robots looks; nothing here reads from the network."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from aggregator.model import Validators

Headers = Mapping[str, str]

# A host may ask us to stay away for so long; what it says beyond that is taken for a slip.
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=48)

BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

# Headers that only walls send, and words that only their pages for people say.
WALL_HEADERS = ("cf-mitigated", "x-datadome", "x-sucuri-block", "x-vercel-mitigated")
WALL_WORDS = re.compile(
    rb"<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Access Denied|Bot Verification|DDoS-Guard)"
    rb"|_cf_chl_opt|Checking your browser before accessing|captcha-delivery\.com|_Incapsula_Resource"
    rb"|Sucuri WebSite Firewall|Making sure you&#39;re not a bot|id=\"anubis_challenge\"",
    re.IGNORECASE,
)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d+)", re.IGNORECASE)


def conditions(known: Validators) -> dict[bytes, bytes]:
    """Both validators, exactly as they came: some servers compare the text of Last-Modified, nginx wants both."""
    headers = {b"If-None-Match": known.etag, b"If-Modified-Since": known.last_modified}
    return {name: value.encode() for name, value in headers.items() if value}


def validators(raw: Iterable[tuple[bytes, bytes]]) -> Validators:
    """The validators of an answer, from its headers as they came."""
    told = {name.lower(): value for name, value in raw}
    return Validators(_as_it_came(told.get(b"etag", b"")), _as_it_came(told.get(b"last-modified", b"")))


def _as_it_came(value: bytes) -> str:
    """A validator as text that becomes the same bytes again; one that does not is none."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return ""


def named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def wall(headers: Headers) -> str:
    """The header by which a wall against robots names itself, or nothing."""
    return next((f"{name}: {headers[name]}" for name in WALL_HEADERS if name in headers), "")


def challenge(body: bytes) -> str:
    """The words by which a challenge page is known, or nothing; a newsfeed may well write about such pages."""
    beginning = body[:20_000]
    if not re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head)\b", beginning, re.IGNORECASE):
        return ""
    found = WALL_WORDS.search(beginning)
    return re.sub(r"<[^>]*>|\s+", " ", found[0].decode("latin-1")).strip() if found else ""


def freshness(headers: Headers, now: datetime) -> timedelta:
    """How long the answer stays new (RFC 9111 §4.2.1); 0 if it does not say, or is not to be relied on."""
    control = headers.get("cache-control", "")
    if re.search(r"no-cache|no-store", control, re.IGNORECASE):
        return timedelta()
    if told := _MAX_AGE.search(control):
        return _seconds(told[1])
    expires = _moment(headers.get("expires", ""))
    return max(_since_answered(expires, headers, now), timedelta()) if expires else timedelta()


def retry_after(status: int, headers: Headers, now: datetime) -> timedelta:
    """How long a busy host asks us to stay away (RFC 9110 §10.2.3: seconds, or a date), within reason; else 0."""
    told = headers.get("retry-after", "").strip()
    if status not in BUSY or not told:
        return timedelta()
    if told.isascii() and told.isdecimal():
        return _bounded(_seconds(told), SHORTEST_WAIT, LONGEST_WAIT)
    moment = _moment(told)
    return _bounded(_since_answered(moment, headers, now), SHORTEST_WAIT, LONGEST_WAIT) if moment else timedelta()


def _seconds(digits: str) -> timedelta:
    """Nobody means more than ten digits; a number with a thousand must not take our time."""
    return timedelta(seconds=int(digits[:11]))


def _bounded(told: timedelta, least: timedelta, most: timedelta) -> timedelta:
    return min(max(told, least), most)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _since_answered(moment: datetime, headers: Headers, now: datetime) -> timedelta:
    """From when the answer was made to MOMENT: by the host's own clock, or by ours if it tells no time."""
    return moment - (_moment(headers.get("date", "")) or now)
