"""Lists of words kept as plain text beside the code, so that they can be read and mended without it."""

from functools import cache
from importlib.resources import files


@cache
def lists(file: str) -> dict[str, tuple[str, ...]]:
    """The lines of each [section] in FILE of this package; # begins a remark."""
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            section.append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


def words(file: str, section: str) -> tuple[str, ...]:
    """The words of one section."""
    return tuple(word for line in lists(file)[section] for word in line.split())
