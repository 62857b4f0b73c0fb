"""What kind of thing each published file is, for whoever serves it."""

from collections.abc import Mapping
from pathlib import PurePosixPath

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".eml": "message/rfc822",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".xml": "application/xml; charset=utf-8",
}

# JSON Feed has a type of its own (jsonfeed.org/version/1.1).
FEED = "feed.json"
FEED_TYPE = "application/feed+json; charset=utf-8"

# For so long a copy may be used without asking again.
FRESH = "public, max-age=900"


def media_type_of(path: str) -> str:
    """The media type of the published file at PATH."""
    name = PurePosixPath(path)
    return FEED_TYPE if name.name == FEED else MEDIA_TYPES.get(name.suffix, "application/octet-stream")
