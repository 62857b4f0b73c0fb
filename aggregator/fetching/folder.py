"""Exports on this machine: ZIPs, several of them as one, unpacked folders and single files, as trees of streams.

A ZIP is a stranger's program for writing files. Nothing is ever unpacked: members are read as streams, by those who
ask for them by name, under limits that count what really comes out.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import blake2b
from os import walk
from pathlib import Path
from typing import IO, BinaryIO

from aggregator.errors import FetchError
from aggregator.model import Bundle, Member

# JSON and text become a tenth or a thirtieth; a bomb a thousandth. Small members may be as dense as they like.
HIGHEST_RATIO = 200
DENSE_BYTES = 10 * 1000 * 1000
MEMBER_BYTES = 1000 * 1000 * 1000
ALL_BYTES = 4 * MEMBER_BYTES
MOST_MEMBERS = 500_000

STEP = 1024 * 1024

# What systems leave behind in folders and ZIPs.
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """What was handed in at PATH; FetchError says why it cannot be taken. Its streams are open as long as this is."""
    if path.is_dir():
        yield Bundle(tuple(_in_folder(path)))
    elif _is_zip(path):
        with ExitStack() as stack:
            yield Bundle(tuple(_in_zip(path, stack)))
    else:
        yield Bundle((Member(str(path), path.name, path.stat().st_size, partial(_open_file, str(path), path)),))


def fingerprint_of(path: Path, may_open: Callable[[str], bool]) -> str:
    """A name for what is at PATH, whatever it is called and whenever it was written.

    Of a folder it is made from the names and sizes of its files, and the content of those that may be opened.
    """
    digest = blake2b(digest_size=16)
    if not path.is_dir():
        _add(digest, path)
        return digest.hexdigest()
    for member in sorted(_in_folder(path), key=lambda member: member.name):
        digest.update(f"{member.name}\0{member.size}\0".encode("utf-8", "surrogateescape"))
        if may_open(member.name):
            _add(digest, path / member.name)
    return digest.hexdigest()


def _add(digest: blake2b, path: Path) -> None:
    try:
        with path.open("rb") as file:
            while chunk := file.read(STEP):
                digest.update(chunk)
    except OSError as error:
        raise FetchError(str(path), f"cannot be read: {error.strerror or error}") from error


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06") or path.suffix.lower() == ".zip"
    except FileNotFoundError as error:
        raise FetchError(str(path), "there is no such file") from error
    except OSError as error:
        raise FetchError(str(path), f"cannot be read: {error.strerror or error}") from error


def _in_folder(folder: Path) -> Iterator[Member]:
    """The files below FOLDER; links are not followed, since they may lead anywhere."""
    for place, folders, files in walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _is_litter(name) and not (Path(place) / name).is_symlink())
        for file in sorted(files):
            path = Path(place) / file
            if not _is_litter(file) and not path.is_symlink():
                name = path.relative_to(folder).as_posix()
                yield Member(str(folder), name, path.stat().st_size, partial(_open_file, str(folder), path))


def _is_litter(name: str) -> bool:
    return name in _LITTER or name.startswith(".")


def _open_file(part: str, path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise FetchError(part, f"cannot be read: {path.name}: {error.strerror or error}") from error


def _in_zip(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of a ZIP, once all of their names have been found harmless."""
    try:
        archive = stack.enter_context(zipfile.ZipFile(path))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        what = f"is no whole ZIP: {error}; was it cut short on its way here?"
        raise FetchError(str(path), what) from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise FetchError(str(path), f"holds more than {MOST_MEMBERS:,} files")
    for member in members:
        if problem := _problem(member):
            raise FetchError(str(path), problem)
    meter = _Meter()
    for member in members:
        if not member.is_dir() and not any(_is_litter(part) for part in member.filename.split("/")):
            opener = partial(_open_member, str(path), archive, member, meter)
            yield Member(str(path), member.filename, member.file_size, opener)


def _problem(member: zipfile.ZipInfo) -> str:
    name = member.filename
    outward = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":"
    if outward or "\\" in name:
        return f"holds a file whose name leads out of it ({name!r}); it was not made by Facebook"
    if stat.S_ISLNK(member.external_attr >> 16):
        return f"holds a link to another file ({name!r}); it was not made by Facebook"
    if member.flag_bits & 0x1:
        return "is encrypted; unpack it with its password, and hand in the folder"
    if name.lower().endswith(".zip"):
        return f"holds another ZIP ({name!r}); unpack the outer one, and hand in what was inside"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"is compressed in a way that is not read here ({name!r}); unpack it, and hand in the folder"
    return ""


def _open_member(part: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, meter: "_Meter") -> BinaryIO:
    try:
        stream = archive.open(member)
    except (zipfile.BadZipFile, RuntimeError, OSError) as error:
        raise FetchError(part, f"is damaged: {member.filename}: {error}") from error
    return io.BufferedReader(_Limited(part, stream, member, meter), STEP)


class _Meter:
    """How much has come out of a ZIP so far, all streams together."""

    read = 0


class _Limited(io.RawIOBase):
    """A stream that stops being read when more comes out of it than any honest file holds."""

    def __init__(self, part: str, stream: IO[bytes], member: zipfile.ZipInfo, meter: _Meter) -> None:
        self._part = part
        self._meter = meter
        self._stream = stream
        self._name = member.filename
        self._most = min(MEMBER_BYTES, max(DENSE_BYTES, member.compress_size * HIGHEST_RATIO))
        self._read = 0

    def readable(self) -> bool:
        return True

    # The standard library's stubs say any buffer; io.BufferedReader, the only caller, hands over one of these two.
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise FetchError(self._part, f"is damaged: {self._name}: {error}") from error
        self._read += len(chunk)
        self._meter.read += len(chunk)
        if self._read > self._most or self._meter.read > ALL_BYTES:
            raise FetchError(self._part, f"holds a file that becomes far larger than it may ({self._name}): a ZIP bomb")
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()
