"""What a request for a file is answered with (RFC 9110, RFC 9111).

Every answer is one reading of one file, so that its length, its tag and its bytes belong together although files are
replaced at any time. Nobody is followed: no cookie is set and no request is written down.
"""

from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from os import stat_result
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from aggregator.model import FRESH, GONE, media_type_of

# What programs on other people's pages may read.
OPEN = {".ics", ".json", ".opml", ".xml"}

FRAMED = "inbaddad.html"

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# Pages run only what is ours; the search is WebAssembly, and pictures lie where their publishers have them.
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "img-src 'self' https: data:; font-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors {ancestors}"
)


class Folder:
    """An ASGI application that serves the files below ROOT, and nothing else.

    PREFIX is the path of the published address, if the site lives in a folder of it; requests may come with it or
    without. HUB is the WebSub hub that newsfeeds name, if any, and SITE the published address.
    """

    def __init__(self, root: Path, site: str = "", prefix: str = "/", hub: str = "") -> None:
        self._root = root
        self._site = site
        self._prefix = prefix.rstrip("/") + "/"
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(Request(scope, receive))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return _words(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD, OPTIONS")
        if request.method == "OPTIONS":
            allowed = {"Allow": "GET, HEAD, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD"}
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={**allowed, "Access-Control-Allow-Origin": "*"})
        path = str(request.scope["path"])
        asked = path.removeprefix(self._prefix) if path.startswith(self._prefix) else path.lstrip("/")
        file = self._file(asked)
        if file is None:
            return self._missing(request)
        if file.is_dir():
            if asked and not asked.endswith("/"):
                # Relative, so that it is right behind whatever server stands before us.
                return _words(HTTPStatus.MOVED_PERMANENTLY, Location=f"{quote(PurePosixPath(path).name)}/")
            file /= "index.html"
        if not file.is_file():
            return self._missing(request)
        gone = (file.parent / GONE).is_file()
        return self._whole(request, file, asked, HTTPStatus.GONE if gone else HTTPStatus.OK)

    def _file(self, asked: str) -> Path | None:
        """The file or folder that is ASKED for, if it is one of ours: below the root, and in no hidden place."""
        parts = asked.split("/")
        if any(part in (".", "..") or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return None
        try:
            file = (self._root / asked).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return file if file.is_relative_to(self._root.resolve()) else None

    def _missing(self, request: Request) -> Response:
        page = self._root / "404.html"
        if page.is_file():
            return self._whole(request, page, "404.html", HTTPStatus.NOT_FOUND)
        return _words(HTTPStatus.NOT_FOUND)

    def _whole(self, request: Request, file: Path, asked: str, status: HTTPStatus) -> Response:
        encoding, form = _encoded(file, request.headers.get("accept-encoding", ""))
        try:
            content, known = form.read_bytes(), file.stat()
        except OSError:
            return _words(HTTPStatus.NOT_FOUND)
        headers = {**self._headers(file, asked), "Last-Modified": formatdate(known.st_mtime, usegmt=True)}
        headers["ETag"] = f'"{blake2b(content, digest_size=12).hexdigest()}"'
        if encoding:
            headers["Content-Encoding"] = encoding
        if status != HTTPStatus.OK:
            headers["Cache-Control"] = "no-cache"
            return _sized(Response(content, status, headers), request)
        if _is_known(request, headers["ETag"], known):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_without_body(headers))
        return _sized(_ranged(request, content, headers), request)

    def _headers(self, file: Path, asked: str) -> dict[str, str]:
        suffix = file.suffix
        headers = {**SAFE, "Content-Type": media_type_of(file.name), "Cache-Control": FRESH}
        headers |= {"Accept-Ranges": "bytes", "Vary": "Accept-Encoding"}
        if suffix in OPEN:
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        if file.name in ("rss.xml", "atom.xml", "rattelser.xml", "feed.json") and self._site:
            links = [f'<{self._site}{quote(asked)}>; rel="self"']
            links += [f'<{self._hub}>; rel="hub"'] if self._hub else []
            headers["Link"] = ", ".join(links)
        if suffix in (".html", ".svg"):
            framed = file.name == FRAMED
            headers["Content-Security-Policy"] = POLICY.format(ancestors="*" if framed else "'none'")
            if not framed:
                headers["X-Frame-Options"] = "DENY"
        return headers


def _encoded(file: Path, accepted: str) -> tuple[str, Path]:
    """The form of FILE to send: one that stands compressed beside it, no older than it, and that the client takes."""
    weights = _weights(accepted)
    for name, suffix in (("br", ".br"), ("gzip", ".gz")):
        form = file.with_name(file.name + suffix)
        if weights.get(name, weights.get("*", 0.0)) > 0 and form.is_file():
            return name, form
    return "", file


@lru_cache(maxsize=256)
def _weights(accepted: str) -> dict[str, float]:
    """How welcome each coding is (RFC 9110 §12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.strip().partition(";")
        quality = rest.strip().removeprefix("q=") if rest else "1"
        try:
            weights[name.strip()] = float(quality)
        except ValueError:
            weights[name.strip()] = 0.0
    return weights


def _is_known(request: Request, etag: str, file: stat_result) -> bool:
    """Whether the client has these very bytes (RFC 9110 §13.2.2): its tag counts, and its date only without one."""
    if tags := request.headers.get("if-none-match"):
        return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    if since := request.headers.get("if-modified-since"):
        try:
            return int(file.st_mtime) <= parsedate_to_datetime(since).timestamp()
        except (TypeError, ValueError):
            return False
    return False


def _ranged(request: Request, content: bytes, headers: dict[str, str]) -> Response:
    """All of CONTENT, or the one range that was asked for (RFC 9110 §14.2); several at once are declined."""
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", headers["ETag"]) not in (headers["ETag"], headers["Last-Modified"]):
        asked = ""
    unit, _, span = asked.partition("=")
    first, dash, last = span.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or not f"{first}{last}".isdecimal():
        return Response(content, HTTPStatus.OK, headers)
    size = len(content)
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if begin >= size or begin >= end:
        return Response(
            status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"}
        )
    headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    return Response(content[begin:end], HTTPStatus.PARTIAL_CONTENT, headers)


def _sized(response: Response, request: Request) -> Response:
    """To HEAD, what GET would be answered with, without the body."""
    if request.method == "HEAD":
        response.body = b""
    return response


def _without_body(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in ("Content-Type", "Content-Encoding")}


def _words(status: HTTPStatus, **headers: str) -> Response:
    return Response(f"{status.value} {status.phrase}\n", status, {**SAFE, **headers}, "text/plain")
