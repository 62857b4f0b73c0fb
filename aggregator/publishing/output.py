"""Published files: whole or not at all, and untouched when nothing is new.

A manifest beside them says what each newsfeed was last made from, so that only what changed is made again.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from aggregator.errors import OutputError
from aggregator.model import Publication

MANIFEST = ".manifest.json"
DRAFTS = ".drafts"


class Output:
    """The folder that is served. Files are written in full beside it and then moved to their place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest: dict[str, str] = self._read_manifest()
        self._made = dict(self._manifest)
        self._drafts = folder / DRAFTS
        self.changed = 0

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

    def note(self, name: str, origin: str) -> None:
        """Note that whatever goes by NAME was made from ORIGIN."""
        self._made[name] = origin

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
            self.changed += self._write(publication)

    def replace_folder(self, path: str, publications: Iterable[Publication]) -> None:
        """Let these files, and no others, stand in the folder at PATH."""
        found = list(publications)
        self.write(found)
        kept = {self._folder / publication.path for publication in found}
        for file in [file for file in (self._folder / path).rglob("*") if file.is_file() and file not in kept]:
            self._remove(file)

    def remove(self, path: str) -> bool:
        """Remove the file at PATH, and say whether there was one."""
        file = self._folder / path
        return file.is_file() and self._remove(file)

    def finish(self) -> None:
        """Write the manifest: last, so that a round that was broken off is made again."""
        if self._made != self._manifest:
            self._write(Publication(MANIFEST, json.dumps(self._made, indent=0, sort_keys=True).encode()))
        shutil.rmtree(self._drafts, ignore_errors=True)

    def _write(self, publication: Publication) -> bool:
        path = self._folder / publication.path
        try:
            if path.exists() and path.read_bytes() == publication.content:
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            self._drafts.mkdir(parents=True, exist_ok=True)
            draft = self._drafts / path.name
            draft.write_bytes(publication.content)
            draft.replace(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{path} cannot be written: {reason}; what was published before stays") from error
        return True

    def _remove(self, file: Path) -> bool:
        try:
            file.unlink()
        except OSError as error:
            raise OutputError(f"{file} cannot be removed: {error.strerror or error}") from error
        self.changed += 1
        return True

    def _read_manifest(self) -> dict[str, str]:
        try:
            read: Mapping[str, str] = json.loads((self._folder / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return {}
        return dict(read) if isinstance(read, dict) else {}
