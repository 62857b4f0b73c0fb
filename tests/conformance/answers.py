"""What the hosts of the town say: whole answers, newsfeeds, and everything that no host should send."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from itertools import repeat

import brotli

from conformance.town import Ask, Manner

MB = 1000 * 1000


def answer(status: int = 200, body: bytes | str = b"", **headers: str) -> bytes:
    """A whole answer; underscores in header names mean hyphens, and an empty value takes a header away."""
    content = body.encode() if isinstance(body, str) else body
    told = {"Content-Length": str(len(content)), "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + content


def says(status: int = 200, body: bytes | str = b"", **headers: str) -> Manner:
    """A host that always says the same."""
    whole = answer(status, body, **headers)
    return lambda ask: [whole]


def tells(paths: dict[str, bytes]) -> Manner:
    """A host with an answer for each path, and 404 for all others."""
    return lambda ask: [paths.get(ask.path, answer(404))]


def page(*titles: str) -> str:
    """A page that declares its news."""
    news = "".join(
        f'<article><h2><a href="/{number}">{title}</a></h2><time datetime="2026-11-24">i dag</time></article>'
        for number, title in enumerate(titles)
    )
    return f"<!DOCTYPE html><html><head><title>Prov</title></head><body>{news}</body></html>"


def feed(*titles: str, channel: str = "", date: datetime | None = None, language: str = "sv") -> str:
    """A newsfeed with an entry for each title, by which it is also known."""
    published = f"<pubDate>{format_datetime(date)}</pubDate>" if date else ""
    entries = "".join(
        f"<item><title>{title}</title><link>https://aktor.example/{title}</link><guid>{title}</guid>{published}</item>"
        for title in titles
    )
    return f'<rss version="2.0"><channel><title>Aktören</title>{channel}{entries}</channel></rss>'


def conditional(body: str, etag: str = "", modified: str = "") -> Manner:
    """A host that honours the validators that it gives, if they come back as it gave them."""
    headers = {name: value for name, value in (("ETag", etag), ("Last_Modified", modified)) if value}

    def manner(ask: Ask) -> Iterable[bytes]:
        same = ask.headers.get("if-none-match", "") == etag and ask.headers.get("if-modified-since", "") == modified
        return [answer(304, **headers) if same else answer(200, body, **headers)]

    return manner


def dripping_head(ask: Ask) -> Iterator[bytes | float | None]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    for _ in repeat(None):
        yield b"a"
        yield 0.1


def dripping_body(ask: Ask) -> Iterator[bytes | float | None]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>"
    for _ in repeat(None):
        yield b" "
        yield 0.1


def never_answering(ask: Ask) -> Iterator[bytes | float | None]:
    yield 3600.0


def endless_body(ask: Ask) -> Iterator[bytes | float | None]:
    yield b"HTTP/1.1 200 OK\r\n\r\n<rss>"
    for _ in repeat(None):
        yield b" " * 65536


def endless_head(ask: Ask) -> Iterator[bytes | float | None]:
    """64 MB of it."""
    yield b"HTTP/1.1 200 OK\r\nX-Large: "
    for _ in range(1024):
        yield b"a" * 65536


def endless_after_gzip(ask: Ask) -> Iterator[bytes | float | None]:
    """The compressed body has its end, and the answer has none."""
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(feed("Ett").encode())
    for _ in repeat(None):
        yield b" " * 65536


def many_headers(ask: Ask) -> Iterator[bytes | float | None]:
    """Each line is short enough, and there are not too many, but together they are too much."""
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 8000) for number in range(20))
    yield b"HTTP/1.1 200 OK\r\n" + lines + b"Content-Length: 5\r\n\r\n<rss>"


def cut_short(ask: Ask) -> Iterator[bytes | float | None]:
    """Announces more than comes."""
    yield answer(200, feed("Halv"), Content_Length="100000", ETag='"halv"')


def resetting(ask: Ask) -> Iterator[bytes | float | None]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<rss>"
    yield 0.05
    yield None


def no_http(ask: Ask) -> Iterator[bytes | float | None]:
    yield b"220 mail.example ESMTP\r\n"


BOMB = b" " * (50 * MB)


def bombs() -> dict[str, Manner]:
    """50 MB in less than 50 kB each."""
    return {
        "gzip": says(200, gzip.compress(BOMB, 6), Content_Encoding="gzip"),
        "deflate": says(200, zlib.compress(BOMB, 6), Content_Encoding="deflate"),
        "br": says(200, brotli.compress(BOMB, quality=5), Content_Encoding="br"),
    }


HELD_UP: dict[str, Manner] = {
    "drips its head": dripping_head,
    "drips its body": dripping_body,
    "never answers": never_answering,
}

HOSTILE: dict[str, Manner] = {
    "never ends": endless_body,
    "never ends after its end": endless_after_gzip,
    "sends a head of 64 MB": endless_head,
    "sends many headers": many_headers,
    "announces more than comes": cut_short,
    "breaks off": resetting,
    "speaks another protocol": no_http,
}
