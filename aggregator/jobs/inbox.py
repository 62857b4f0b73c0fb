"""The folders of what people hand in: exports, which are moved aside when they are read, and what is written by hand,
which stays where it lies."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import walk
from pathlib import Path
from stat import S_ISREG
from unicodedata import normalize

from aggregator.errors import FetchError
from aggregator.sources import MAIL, NOTES

DONE = "done"
PROBLEM = ".problem.txt"

# What browsers and programs for sending files write while they are not finished.
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".partial")

# How a file is called that its writer is not done with, in any case; and what is there for people only.
_DRAFT = ("utkast", "draft", "_")
_DRAFT_END = (".draft", ".utkast")
_FOR_PEOPLE = ("readme", "läsmig", "läs mig")
MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in an inbox of what is written by hand: files by their names, which are paths from there with slashes,
    notes on what is passed over, and what we wrote `beside` files that we could not read."""

    files: Mapping[str, Path]
    notes: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()


def waiting(folder: Path) -> list[Path]:
    """What has been dropped in FOLDER and was not read yet; the folder is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = sorted(folder.iterdir())
    except OSError as error:
        raise FetchError(str(folder), f"cannot be used as an inbox: {error.strerror or error}") from error
    return [path for path in found if _is_dropped(path)]


def settled(folder: Path, read: Iterable[str], problems: Mapping[str, str]) -> None:
    """Move what was READ from FOLDER to its `done`, and write beside each of the others what is wrong with it."""
    inbox = folder.absolute()
    try:
        for path in map(Path, read):
            if path.absolute().parent == inbox:
                (inbox / DONE).mkdir(exist_ok=True)
                path.replace(_free(inbox / DONE / path.name))
                path.with_name(path.name + PROBLEM).unlink(missing_ok=True)
        for path, problem in ((Path(name), problem) for name, problem in problems.items()):
            if path.absolute().parent == inbox:
                _write(path.with_name(path.name + PROBLEM), f"{path.name} {problem}.\n")
    except OSError as error:
        raise FetchError(str(folder), f"cannot be tidied after reading: {error.strerror or error}") from error


def lying(folder: Path) -> Lying:
    """What lies in FOLDER and below; links are not followed, since they may lead anywhere.

    FetchError if it is not there, as when a disk is not connected: that is no reason to take anything back.
    """
    if not folder.is_dir():
        raise FetchError(str(folder), "there is no such folder; make it, or connect the disk that it is on")
    files: dict[str, Path] = {}
    notes: list[str] = []
    beside: list[Path] = []
    for place, folders, names in walk(folder, onerror=_cannot_be_read):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not _is_passed_over(name))
        for name in sorted([*names, *links]):
            path = Path(place) / name
            told = name_in(folder, path)
            if name.endswith(PROBLEM):
                beside.append(path)
            if _is_passed_over(name):
                continue
            if path.is_symlink():
                notes.append(f"{told} is a link to something else, and was not followed")
            elif not path.name.lower().endswith((*NOTES, MAIL)):
                notes.append(f"{told} is no note (.md, .txt) and no saved mail (.eml), and was left alone")
            elif not _has_text(path):
                notes.append(f"{told} is empty, and waits for its text")
            else:
                files[told] = path
    if len(files) > MOST_FILES:
        raise FetchError(str(folder), f"holds more than {MOST_FILES:,} files; is it the right folder?")
    return Lying(files, tuple(notes), tuple(beside))


def name_in(folder: Path, path: Path) -> str:
    """How PATH is called in FOLDER, whichever way its system writes å, ä and ö."""
    name = path.relative_to(folder).as_posix()
    return normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def told_beside(lies: Lying, problems: Mapping[str, str]) -> None:
    """Write beside each file with PROBLEMS what is wrong with it, where whoever wrote it will look, and take away what
    we wrote beside others. In a folder that only its writers may write to, the status alone tells."""
    texts = {_beside(lies.files[name]): f"{name}: {what}.\n" for name, what in problems.items()}
    with suppress(OSError):
        for path, text in texts.items():
            _write(path, text)
        for path in lies.beside:
            if path not in texts:
                path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + PROBLEM)


def _has_text(path: Path) -> bool:
    """Whether PATH is a file with something in it; one that was deleted just now is none."""
    try:
        found = path.stat()
    except OSError:
        return False
    return S_ISREG(found.st_mode) and found.st_size > 0


def _cannot_be_read(error: OSError) -> None:
    raise FetchError(str(error.filename), f"cannot be read: {error.strerror or error}") from error


def _is_passed_over(name: str) -> bool:
    low = normalize("NFC", name).lower()
    stem = low.rpartition(".")[0] or low
    return (
        low.startswith((".", "~", "#", *_DRAFT, *_FOR_PEOPLE))
        or low.endswith(("~", PROBLEM, *_UNFINISHED, *_DRAFT_END))
        or stem.endswith(_DRAFT_END)
        or low in ("thumbs.db", "desktop.ini")
    )


def _is_dropped(path: Path) -> bool:
    name = path.name
    return not (name == DONE or name.startswith(".") or name.endswith((PROBLEM, *_UNFINISHED)) or path.is_symlink())


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _free(path: Path) -> Path:
    """PATH, or with a number if something is called so already."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
