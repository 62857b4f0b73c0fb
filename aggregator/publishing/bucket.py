"""Where files are published, if that is an object store: whatever fsspec has an address for, S3 first of all.

An object is whole or not there, so nothing is written beside its place first. What stands in the store is asked by
listing, part by part and once for each round of publishing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import md5
from typing import Any

from aggregator.errors import OutputError, without_secrets
from aggregator.model import FRESH, media_type_of

CODINGS = {".gz": "gzip", ".br": "br"}

# Articles have a folder each, and there may be very many of them; all else is listed by the first folder of its path.
ARTICLES = "nyhet"

Listing = dict[str, Mapping[str, Any]]


class Bucket:
    """The objects below ADDRESS ("s3://bucket/prefix")."""

    def __init__(self, address: str) -> None:
        self._shown = without_secrets(address.rstrip("/"))
        try:
            from fsspec.core import url_to_fs

            # What others wrote since must be seen; within a round, we keep our own list.
            self._store, root = url_to_fs(address, use_listings_cache=False)
        except ImportError as error:
            what = (
                f"{self._shown} needs the package {error.name or error}; install nyhetsflode with the extra 'objects'"
            )
            raise OutputError(what) from error
        except ValueError as error:
            raise OutputError(f"{self._shown} is the address of no object store: {error}") from error
        self._root = str(root).rstrip("/")
        self._listings: dict[str, Listing] = {}

    def has(self, path: str) -> bool:
        """Whether there is an object at PATH, or any below it."""
        folder = f"{path.rstrip('/')}/"
        if "/" not in path and any(self.under(path)):
            return True
        listing = self._listing_of(path)
        return path in listing or any(name.startswith(folder) for name in listing)

    def read(self, path: str) -> bytes | None:
        with self._told("read", path):
            try:
                content: bytes = self._store.cat_file(f"{self._root}/{path}")
            except FileNotFoundError:
                return None
            return content

    def stands(self, path: str, content: bytes) -> bool:
        """Whether the object at PATH has this very CONTENT; S3 tells its MD5, other stores are asked for all of it."""
        known = self._listing_of(path).get(path)
        if known is None or known.get("size") != len(content):
            return False
        tag = str(known.get("ETag", "")).strip('"')
        if len(tag) == 32:
            return tag == md5(content, usedforsecurity=False).hexdigest()
        return self.read(path) == content

    def put(self, path: str, content: bytes) -> None:
        with self._told("written", path):
            self._store.pipe_file(f"{self._root}/{path}", content, **self._told_of(path))
        tag = md5(content, usedforsecurity=False).hexdigest()
        self._listing_of(path)[path] = {"size": len(content), "ETag": tag}

    def remove(self, path: str) -> None:
        """Let there be no object at PATH."""
        if self._listing_of(path).pop(path, None) is not None:
            with self._told("removed", path):
                self._store.rm_file(f"{self._root}/{path}")

    def under(self, path: str) -> Iterator[str]:
        """The objects below PATH."""
        folder = f"{path.rstrip('/')}/"
        yield from [name for name in self._listing_of(folder) if name.startswith(folder)]

    def tidy(self) -> None:
        """There are no drafts in an object store."""

    def _listing_of(self, path: str) -> Listing:
        parts = path.split("/")
        if len(parts) == 1:
            return self._listed("")
        return self._listed("/".join(parts[: 2 if parts[0] == ARTICLES and len(parts) > 2 else 1]))

    def _listed(self, folder: str) -> Listing:
        """What stands below FOLDER; of the root, only what stands there itself."""
        if folder not in self._listings:
            with self._told("listed", folder):
                where = f"{self._root}/{folder}".rstrip("/")
                found = self._store.find(where, maxdepth=None if folder else 1, detail=True)
            self._listings[folder] = {
                str(name).removeprefix("/").removeprefix(f"{self._root.removeprefix('/')}/"): known
                for name, known in found.items()
            }
        return self._listings[folder]

    def _told_of(self, path: str) -> Mapping[str, str]:
        """What the store is told of an object, so that it serves it as our own server does."""
        if "s3" not in self._store.protocol:
            return {}
        plain, dot, ending = path.rpartition(".")
        coding = CODINGS.get(dot + ending, "")
        # Our own notes are of the moment; what readers get is fresh for a while.
        fresh = "no-store" if path.split("/")[-1].startswith(".") or path.startswith(".") else FRESH
        told = {"ContentType": media_type_of(plain if coding else path), "CacheControl": fresh}
        return told | ({"ContentEncoding": coding} if coding else {})

    @contextmanager
    def _told(self, what: str, path: str) -> Iterator[None]:
        """A fault of the store or of the way there, in a sentence."""
        try:
            yield
        except _faults() as error:
            raise OutputError(
                f"{self._shown}/{path} cannot be {what}: {error}; what was published before stays"
            ) from error


def _faults() -> tuple[type[Exception], ...]:
    """What the store's library raises: S3's has faults of its own when it does not even reach the store."""
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError:
        return OSError, ValueError
    return OSError, ValueError, BotoCoreError
