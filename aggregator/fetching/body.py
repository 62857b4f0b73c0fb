"""Answers' bodies, decompressed under a limit: a bomb of a kilobyte must not become a gigabyte first."""

import zlib
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import brotli

GZIP = 16 + zlib.MAX_WBITS
RAW_DEFLATE = -zlib.MAX_WBITS
STEP = 64 * 1024


class BodyError(Exception):
    """The body is too large, cut short, or not what its Content-Encoding says; the message says which."""


class Decoder(Protocol):
    def feed(self, data: bytes) -> bytes:
        """Some more of the plain body; never much more than STEP bytes."""

    @property
    def hungry(self) -> bool:
        """Whether more DATA is needed; if not, feeding b"" gives more of the body."""

    @property
    def complete(self) -> bool: ...


class Identity:
    hungry = True
    complete = True

    def feed(self, data: bytes) -> bytes:
        return data


class Zlib:
    """The gzip and deflate codings; "deflate" should be zlib's format, but some send it raw (RFC 9110 §8.4.1.2)."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zlib = zlib.decompressobj(window)
        self._started = False

    def feed(self, data: bytes) -> bytes:
        data = self._zlib.unconsumed_tail + data
        try:
            plain = self._zlib.decompress(data, STEP)
        except zlib.error:
            if self._started or self._window != zlib.MAX_WBITS:
                raise
            self._zlib = zlib.decompressobj(RAW_DEFLATE)
            plain = self._zlib.decompress(data, STEP)
        self._started = self._started or bool(data)
        return plain

    @property
    def hungry(self) -> bool:
        return self._zlib.eof or not self._zlib.unconsumed_tail

    @property
    def complete(self) -> bool:
        return self._zlib.eof or not self._started


class Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes) -> bytes:
        self._started = self._started or bool(data)
        return bytes(self._brotli.process(data, output_buffer_limit=STEP))

    @property
    def hungry(self) -> bool:
        return bool(self._brotli.can_accept_more_data())

    @property
    def complete(self) -> bool:
        return self._brotli.is_finished() or not self._started


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "": Identity,
    "identity": Identity,
    "gzip": lambda: Zlib(GZIP),
    "x-gzip": lambda: Zlib(GZIP),
    "deflate": lambda: Zlib(zlib.MAX_WBITS),
    "br": Brotli,
}

CODINGS = "gzip, deflate, br"


async def plain_body(chunks: AsyncIterator[bytes], coding: str, max_bytes: int) -> bytes:
    """The body without its Content-Encoding CODING; BodyError if it has more than MAX_BYTES, or is not whole."""
    make = _DECODERS.get(coding.strip().lower())
    if make is None:
        raise BodyError(f'is compressed as "{coding}", which was not asked for')
    decoder = make()
    body, received = bytearray(), 0
    try:
        async for chunk in chunks:
            received += len(chunk)
            body += decoder.feed(chunk)
            while len(body) <= max_bytes and not decoder.hungry:
                body += decoder.feed(b"")
            # What follows the end of a compressed body counts too, though nobody reads it.
            if max(len(body), received) > max_bytes:
                raise BodyError(f"answers with more than {max_bytes:,} bytes")
    except (zlib.error, brotli.error) as error:
        raise BodyError(f"says that it is compressed as {coding}, but cannot be read so: {error}") from error
    if not decoder.complete:
        raise BodyError("was cut short")
    return bytes(body)
