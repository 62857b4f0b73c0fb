"""Published files: whole or not at all, and untouched when nothing is new.

A manifest beside them says what each newsfeed was last made from, so that only what changed is made again. Beside each
file of text stands the same compressed, for servers that send what is there (nginx: gzip_static, brotli_static).
"""

import gzip
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import brotli

from aggregator.errors import OutputError
from aggregator.model import Publication

MANIFEST = ".manifest.json"
DRAFTS = ".drafts"

TEXTS = frozenset({".css", ".html", ".ics", ".js", ".json", ".opml", ".svg", ".txt", ".xml"})
# What is smaller comes no sooner for being smaller still, and takes a block of the disk all the same.
WORTH_PACKING = 8192
GZIP, BROTLI = ".gz", ".br"


class Output:
    """The folder that is served. Files are written in full beside it and then moved to their place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest: dict[str, str] = self._read_manifest()
        self._made = dict(self._manifest)
        self._drafts = folder / DRAFTS
        self._written: list[str] = []

    @property
    def changed(self) -> int:
        """How many files were new or changed."""
        return len(self._written)

    @property
    def written(self) -> tuple[str, ...]:
        """The paths of the files that were new or changed."""
        return tuple(self._written)

    def origin(self, name: str) -> str:
        """What NAME was last made from, or empty."""
        return self._manifest.get(name, "")

    def version(self, newest: int) -> int:
        """The version of the store that was last published; 0 if that is later than its NEWEST, so of another store."""
        told = self.origin("version")
        return int(told) if told.isdigit() and int(told) <= newest else 0

    def has(self, path: str) -> bool:
        """Whether there is a file or a folder at PATH."""
        return (self._folder / path).exists()

    def names_any(self, path: str, names: Iterable[str]) -> bool:
        """Whether the file at PATH holds any of NAMES."""
        wanted = [name.encode() for name in names]
        content = (self._folder / path).read_bytes() if wanted and self.has(path) else b""
        return any(name in content for name in wanted)

    def note(self, name: str, origin: str) -> None:
        """Note that whatever goes by NAME was made from ORIGIN."""
        self._made[name] = origin

    def forget(self, name: str) -> None:
        """Note no more of what goes by NAME."""
        self._made.pop(name, None)

    @property
    def names(self) -> frozenset[str]:
        """Whatever was ever made here."""
        return frozenset(self._made)

    def is_made_from(self, name: str, origin: str, paths: Iterable[str]) -> bool:
        """Whether NAME was last made from ORIGIN, and the files at PATHS are still there."""
        return self._manifest.get(name) == origin and all((self._folder / path).exists() for path in paths)

    def publish(self, name: str, origin: str, publications: Iterable[Publication]) -> None:
        """Write the files of NAME that differ from what stands there, and note that they were made from ORIGIN."""
        self.write(publications)
        self.note(name, origin)

    def write(self, publications: Iterable[Publication]) -> None:
        """Write the files that differ from what stands there."""
        for publication in publications:
            if self._write(publication):
                self._written.append(publication.path)

    def replace_folder(self, path: str, publications: Iterable[Publication]) -> None:
        """Let these files, and no others, stand in the folder at PATH."""
        found = list(publications)
        self.write(found)
        kept = {self._folder / f"{one.path}{ending}" for one in found for ending in ("", GZIP, BROTLI)}
        for file in [file for file in (self._folder / path).rglob("*") if file.is_file() and file not in kept]:
            self._remove(file)

    def remove(self, path: str) -> None:
        """Let there be no file at PATH."""
        if self.has(path):
            self._remove(self._folder / path)
            self._written.append(path)

    def finish(self) -> None:
        """Write the manifest: last, so that a round that was broken off is made again."""
        if self._made != self._manifest:
            self._put(self._folder / MANIFEST, json.dumps(self._made, indent=0, sort_keys=True).encode())
            self._manifest = dict(self._made)
        shutil.rmtree(self._drafts, ignore_errors=True)

    def _write(self, publication: Publication) -> bool:
        """Write it and its compressed forms, unless they stand there.

        The old compressed forms go first, then the file comes, then the new ones: whenever we are stopped, what a
        server finds beside the file is either made from it or not there, and the next round makes what is missing.
        """
        path, content = self._folder / publication.path, publication.content
        packed = [path.with_name(path.name + ending) for ending in (GZIP, BROTLI)]
        # What was packed once stays so: a host from which nothing is removed would send the old form for the new file.
        was_packed = any(each.exists() for each in packed)
        is_packed = path.suffix in TEXTS and (was_packed or len(content) >= WORTH_PACKING)
        if self._stands(path, content) and all(each.exists() == is_packed for each in packed):
            return False
        for each in packed:
            self._remove(each)
        self._put(path, content)
        if is_packed:
            for each, pack in zip(packed, (_gzipped, _brotli), strict=True):
                self._put(each, pack(content))
        return True

    def _stands(self, path: Path, content: bytes) -> bool:
        try:
            return path.stat().st_size == len(content) and path.read_bytes() == content
        except OSError:
            return False

    def _put(self, path: Path, content: bytes) -> None:
        draft = self._drafts / path.name
        try:
            try:
                draft.write_bytes(content)
            except FileNotFoundError:
                self._drafts.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(content)
            try:
                draft.replace(path)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(path)
        except OSError as error:
            raise _cannot_write(path, error) from error

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(path, error) from error

    def _read_manifest(self) -> dict[str, str]:
        try:
            read: Mapping[str, str] = json.loads((self._folder / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return {}
        return dict(read) if isinstance(read, dict) else {}


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written: {error.strerror or error}; what was published before stays")


def _gzipped(content: bytes) -> bytes:
    """Without the time of day, so that the same news makes the same bytes."""
    return gzip.compress(content, 6, mtime=0)


def _brotli(content: bytes) -> bytes:
    # A window that is no larger than the text: to make room for more takes longer than to compress a short one.
    window = max(10, min(22, len(content).bit_length()))
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=5, lgwin=window)
    return packed
