"""Published files: whole or not at all, and untouched when nothing is new.

A manifest beside them says what each newsfeed was last made from, so that only what changed is made again. Beside each
file of text stands the same compressed, for servers that send what is there (nginx: gzip_static, brotli_static).
"""

import gzip
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import brotli

from aggregator.errors import OutputError, without_secrets
from aggregator.model import Publication
from aggregator.publishing.bucket import Bucket
from aggregator.publishing.folder import Folder
from aggregator.publishing.manifest import Manifest, Place

TEXTS = frozenset({".css", ".html", ".ics", ".js", ".json", ".opml", ".svg", ".txt", ".xml"})
# What is smaller comes no sooner for being smaller still, and takes a block of the disk all the same.
WORTH_PACKING = 8192
GZIP, BROTLI = ".gz", ".br"


def folder_of(output: Path | str, what: str) -> Path:
    """The folder that OUTPUT is; OutputError says that WHAT needs one, if it is an object store."""
    if isinstance(output, str):
        raise OutputError(f"{what} needs a folder, and output is {without_secrets(output)}, an object store")
    return output


class Output:
    """Where files are published: a folder, or the address of an object store.

    DESK is the name of whoever publishes, if others publish at the same time, each its own group of newsfeeds.
    """

    def __init__(self, output: Path | str, desk: str = "") -> None:
        self._place: Place = Bucket(output) if isinstance(output, str) else Folder(output, desk)
        self._manifest = Manifest(self._place, alone=not desk)
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
        return self._manifest.origin(name)

    def has(self, path: str) -> bool:
        """Whether there is a file or a folder at PATH."""
        return self._place.has(path)

    def read(self, path: str) -> bytes | None:
        """What stands at PATH; None if there is no file."""
        return self._place.read(path)

    def under(self, path: str) -> list[str]:
        """The paths of all files below PATH."""
        return sorted(self._place.under(path))

    def note(self, name: str, origin: str) -> None:
        """Note that whatever goes by NAME was made from ORIGIN."""
        self._manifest.note(name, origin)

    def forget(self, name: str) -> None:
        """Note no more of what goes by NAME."""
        self._manifest.forget(name)

    def names(self, part: str | None = None) -> frozenset[str]:
        """Whatever was ever made here, or of the group PART."""
        return self._manifest.names(part)

    def is_made_from(self, name: str, origin: str, paths: Iterable[str]) -> bool:
        """Whether NAME was last made from ORIGIN, and the files at PATHS are still there."""
        return self.origin(name) == origin and all(self._place.has(path) for path in paths)

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
        kept = {f"{one.path}{ending}" for one in found for ending in ("", GZIP, BROTLI)}
        for file in [file for file in self._place.under(path) if file not in kept]:
            self._place.remove(file)

    def remove(self, path: str) -> None:
        """Let there be no file at PATH."""
        if self.has(path):
            self._place.remove(path)
            self._written.append(path)

    def finish(self) -> None:
        """Write the manifest: last, so that a round that was broken off is made again."""
        self._manifest.finish()
        self._place.tidy()

    def _write(self, publication: Publication) -> bool:
        """Write it and its compressed forms, unless they stand there.

        The old compressed forms go first, then the file comes, then the new ones: whenever we are stopped, what a
        server finds beside the file is either made from it or not there, and the next round makes what is missing.
        """
        place, path, content = self._place, publication.path, publication.content
        packed = [f"{path}{ending}" for ending in (GZIP, BROTLI)]
        # What was packed once stays so: a host from which nothing is removed would send the old form for the new file.
        old = [each for each in packed if place.has(each)]
        is_packed = PurePosixPath(path).suffix in TEXTS and (bool(old) or len(content) >= WORTH_PACKING)
        if place.stands(path, content) and (old == packed if is_packed else not old):
            return False
        for each in old:
            place.remove(each)
        place.put(path, content)
        if is_packed:
            for each, pack in zip(packed, (_gzipped, _brotli), strict=True):
                place.put(each, pack(content))
        return True


def _gzipped(content: bytes) -> bytes:
    """Without the time of day, so that the same news makes the same bytes."""
    return gzip.compress(content, 6, mtime=0)


def _brotli(content: bytes) -> bytes:
    # A window that is no larger than the text: to make room for more takes longer than to compress a short one.
    window = max(10, min(22, len(content).bit_length()))
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=5, lgwin=window)
    return packed
