"""feeds.toml and the files that it includes, put together, with the file that each table stands in.

An included file adds tables; it says nothing of the site. What may be there several times, each under its own name
(actors, networks, …) or in a list (rules, …), is put together; any other table stands in one file only.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, get_origin

from aggregator.config.positions import Part, Place, Positions
from aggregator.config.positions import Path as KeyPath
from aggregator.config.problems import syntax_problem, told
from aggregator.config.tables import File
from aggregator.errors import ConfigError, Problem

# What only feeds.toml itself may say.
OF_THE_WHOLE = ("schema", "site", "include")


def _of_kind(origin: type) -> frozenset[str]:
    return frozenset(name for name, field in File.model_fields.items() if get_origin(field.annotation) is origin)


# Tables that hold tables by their names, and tables in lists.
_BY_NAME = _of_kind(dict)
_IN_LISTS = _of_kind(tuple) - {"include"}


@dataclass(frozen=True)
class Sheet:
    """One file: `name` is how it is called in sentences, empty for feeds.toml itself."""

    path: Path
    name: str
    text: str
    tables: Mapping[str, Any]

    @cached_property
    def positions(self) -> Positions:
        return Positions(self.text)

    def place_of(self, path: KeyPath, part: Part = "value") -> Place:
        spot = self.positions.of(path, part)
        return Place(spot, self.positions.lines[spot.line - 1] if spot else "", self.name)

    def __str__(self) -> str:
        return self.name or self.path.name


@dataclass(frozen=True)
class Sheets:
    """feeds.toml, and what it includes in the order of their names; `unmet` are patterns to which no file answers."""

    sheets: tuple[Sheet, ...]
    unmet: tuple[str, ...]

    @property
    def patterns(self) -> tuple[str, ...]:
        return _patterns(self.sheets[0].tables)

    @property
    def tables(self) -> dict[str, Any]:
        """What all of them say together."""
        found: dict[str, Any] = dict(self.sheets[0].tables)
        for sheet in self.sheets[1:]:
            for key, value in sheet.tables.items():
                if key in _BY_NAME and isinstance(value, dict) and isinstance(found.get(key, {}), dict):
                    found[key] = {**found.get(key, {}), **value}
                elif key in _IN_LISTS and isinstance(value, list) and isinstance(found.get(key, []), list):
                    found[key] = [*found.get(key, []), *value]
                else:
                    found.setdefault(key, value)
        return found

    def folder_of(self, *path: str) -> Path:
        """From where the paths in the table at PATH count: the folder of its file."""
        return self._sheet_of(path)[0].path.parent

    def place_of(self, path: KeyPath, part: Part = "value") -> Place:
        sheet, inside = self._sheet_of(path)
        return sheet.place_of(inside, part)

    def problems(self) -> Iterator[Problem]:
        """What the files say that is only feeds.toml's to say, and what two of them say."""
        first: dict[KeyPath, Sheet] = {}
        for sheet in self.sheets:
            for path in _tables_of(sheet.tables):
                what, hint = "", ""
                if sheet.name and path[0] in OF_THE_WHOLE:
                    what, hint = "is for feeds.toml itself, not for a file that it includes", "move it there"
                elif first.setdefault(path, sheet) is not sheet:
                    spot = first[path].place_of(path, "key").spot
                    where = f"{first[path]}:{spot.line}:{spot.column}" if spot else str(first[path])
                    what, hint = f"stands in {where} already", "keep one of them"
                if what:
                    yield told(path, what, hint, sheet.place_of(path, "key"))

    def _sheet_of(self, path: KeyPath) -> tuple[Sheet, KeyPath]:
        """The sheet in which PATH stands, and the path there: an element of a list has another number in its own."""
        if len(path) > 1 and path[0] in _IN_LISTS and isinstance(path[1], int):
            counts = [len(sheet.tables.get(path[0], ())) for sheet in self.sheets]
            for sheet, end, count in zip(self.sheets, accumulate(counts), counts, strict=True):
                if path[1] < end:
                    return sheet, (path[0], path[1] - end + count, *path[2:])
        if len(path) > 1 and path[0] in _BY_NAME:
            for sheet in self.sheets:
                if path[1] in sheet.tables.get(path[0], ()):
                    return sheet, path
        return next((sheet for sheet in self.sheets if path and path[0] in sheet.tables), self.sheets[0]), path


def read(path: Path, text: str | None = None) -> Sheets:
    """The file at PATH, as if it held TEXT if that is given, with all it includes; ConfigError if any is no TOML."""
    main = _sheet(path, path, text)
    if isinstance(main, Problem):
        raise ConfigError(path, [main])
    found = {pattern: matching(path, pattern) for pattern in _patterns(main.tables)}
    included = sorted({file for files in found.values() for file in files})
    sheets = [_sheet(path, file) for file in included]
    if problems := [sheet for sheet in sheets if isinstance(sheet, Problem)]:
        raise ConfigError(path, problems)
    whole = Sheets(
        (main, *(sheet for sheet in sheets if isinstance(sheet, Sheet))),
        tuple(pattern for pattern, files in found.items() if not files),
    )
    if wrong := list(whole.problems()):
        raise ConfigError(path, wrong)
    return whole


def matching(path: Path, pattern: str) -> list[Path]:
    """The files that PATTERN means in the file at PATH, sorted; never that file itself."""
    whole = Path(pattern)
    folder, below = Path(whole.anchor) if whole.is_absolute() else path.parent, whole.relative_to(whole.anchor)
    try:
        found = list(folder.glob(str(below))) if below.parts else []
    except ValueError:  # No pattern at all, as "a**".
        return []
    visible = (file for file in found if file.is_file() and not file.name.startswith("."))
    return sorted(file for file in visible if not (path.exists() and file.samefile(path)))


def _patterns(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """Those that are well-formed; the others are told when the tables are checked."""
    include = tables.get("include", ())
    return tuple(
        pattern for pattern in (include if isinstance(include, list) else [include]) if isinstance(pattern, str)
    )


def _sheet(main: Path, path: Path, text: str | None = None) -> Sheet | Problem:
    name = "" if path == main else Path(os.path.relpath(path, main.parent)).as_posix()
    try:
        text = path.read_text(encoding="utf-8-sig") if text is None else text.removeprefix("\ufeff")
    except FileNotFoundError:
        return Problem("", f"there is no such file in {path.absolute().parent}", file=name)
    except (OSError, UnicodeDecodeError) as error:
        return Problem("", f"cannot be read: {error}", file=name)
    try:
        return Sheet(path, name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return syntax_problem(error, text, name)


def _tables_of(tables: Mapping[str, Any]) -> Iterator[KeyPath]:
    """The paths of all that must not stand in two files."""
    for key, value in tables.items():
        if key in _BY_NAME and isinstance(value, dict):
            yield from ((key, name) for name in value)
        elif key not in _IN_LISTS:
            yield (key,)
