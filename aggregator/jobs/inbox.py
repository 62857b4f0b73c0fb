"""The folder in which people drop what they hand in: what waits there, and what becomes of it afterwards."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from aggregator.errors import FetchError

DONE = "done"
PROBLEM = ".problem.txt"

# What browsers and programs for sending files write while they are not finished.
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".partial")


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
