"""Where files are published, if that is a folder of this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from aggregator.errors import OutputError

DRAFTS = ".drafts"


class Folder:
    """The folder that is served. Files are written in full beside it and then moved to their place.

    DESK is the name of whoever writes, if others write here at the same time: each has drafts of its own.
    """

    def __init__(self, folder: Path, desk: str = "") -> None:
        self._folder = folder
        self._drafts = folder / DRAFTS / desk

    def has(self, path: str) -> bool:
        """Whether there is a file or a folder at PATH."""
        return (self._folder / path).exists()

    def read(self, path: str) -> bytes | None:
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None

    def stands(self, path: str, content: bytes) -> bool:
        """Whether the file at PATH has this very CONTENT."""
        file = self._folder / path
        try:
            return file.stat().st_size == len(content) and file.read_bytes() == content
        except OSError:
            return False

    def put(self, path: str, content: bytes) -> None:
        file = self._folder / path
        draft = self._drafts / file.name
        try:
            try:
                draft.write_bytes(content)
            except FileNotFoundError:
                self._drafts.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(content)
            try:
                draft.replace(file)
            except FileNotFoundError:
                file.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(file)
        except OSError as error:
            raise _cannot_write(file, error) from error

    def remove(self, path: str) -> None:
        """Let there be no file at PATH."""
        file = self._folder / path
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(file, error) from error

    def under(self, path: str) -> Iterator[str]:
        """The files below PATH."""
        for file in list((self._folder / path).rglob("*")):
            if file.is_file():
                yield file.relative_to(self._folder).as_posix()

    def tidy(self) -> None:
        """Leave no drafts behind."""
        shutil.rmtree(self._drafts, ignore_errors=True)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written: {error.strerror or error}; what was published before stays")
