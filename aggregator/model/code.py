"""What this program is made of, so that what was made from it is made again when it is another."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def name_of_code(*packages: str) -> str:
    """A name for all files of PACKAGES, code, templates and tables alike; another when any of them is another."""
    digest = blake2b(digest_size=16)
    for package in packages:
        for file in _all_files(files(package)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _all_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _all_files(entry)
        elif entry.is_file():
            yield entry
