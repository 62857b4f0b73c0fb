"""Writes new actors into feeds.toml, and leaves every other byte of it as it is.

What is written is a new stretch of lines below the last actor. The file is checked as a whole before it takes the old
one's place, by a rename: there is never half a file, and never one that `check` would not pass.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp

from aggregator.config.config import load
from aggregator.errors import ConfigError, Problem
from aggregator.places import folded

_HEADER = re.compile(r"\s*\[\[?[^\[\]]+\]\]?\s*(?:#.*)?$")
_OF_ACTOR = re.compile(r"\s*\[\s*actor\s*\.")

# Parts of titles that name the page and not its site.
_SEPARATOR = re.compile(r"\s+[|–—·»«:/-]\s+|\s*[|»]\s*")
_NO_NAME = re.compile(
    r"(?:hem|start(?:sidan?)?|home(?:page)?|welcome|välkommen|nyheter|senaste nytt|aktuellt|news|"
    r"rss(?:-flöde|-feed| feed)?|feed|flöde|nyhetsflöde|blogg?(?:en)?|index|arkiv|alla nyheter)",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?:välkommen till|nyheter från|senaste nytt från|aktuellt från|rss från)\s+", re.IGNORECASE)


# What stands in place of an area until someone has said which.
NO_AREA = '""  # the municipality or county, as "Mariestad"'

# The keys of a source, each with a text or with a table of texts.
SourceTable = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class NewActor:
    """An actor as it is to be written: `kind` is the key of its source's address, as "feed".

    `tables` are the sources that need more than an address, by their names.
    """

    id: str
    name: str
    area: tuple[str, ...] = ()
    scope: str = ""
    homepage: str = ""
    facebook: str = ""
    kind: str = "feed"
    location: str = ""
    tables: Mapping[str, SourceTable] = field(default_factory=dict)


def slug_of(name: str) -> str:
    """NAME as an id: 'Cykelköket i Skövde' becomes 'cykelkoket-i-skovde'."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded(name))
    return "-".join(plain.split())[:60].strip("-")


def name_from(title: str) -> str:
    """What a site is called, from the title of its page or newsfeed."""
    parts = [_GREETING.sub("", part).strip() for part in _SEPARATOR.split(title)]
    return next((part for part in parts if part and not _NO_NAME.fullmatch(part)), title.strip())


def quoted(text: str) -> str:
    """TEXT as TOML writes it."""
    # Only those who write need it, and it takes a twentieth of a second to import.
    import tomlkit

    return tomlkit.string(text).as_string()


def lines_of(actor: NewActor) -> str:
    """The tables of ACTOR, as feeds.toml has them."""
    areas = ", ".join(map(quoted, actor.area)) or NO_AREA
    keys = {
        "name": quoted(actor.name),
        "area": f"[{areas}]" if len(actor.area) > 1 else areas if actor.area or actor.scope != "national" else "",
        "scope": quoted(actor.scope) if actor.scope else "",
        "homepage": quoted(actor.homepage) if actor.homepage or not actor.facebook else "",
        "facebook": quoted(actor.facebook) if actor.facebook else "",
        actor.kind: quoted(actor.location) if actor.location else "",
    }
    tables = [_table(f"actor.{actor.id}", keys)]
    for name, options in actor.tables.items():
        written = {key: _written(value) for key, value in options.items()}
        tables.append(_table(f"actor.{actor.id}.source.{name}", written))
    return "\n\n".join(tables)


def _written(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return quoted(value)
    return f"{{ {', '.join(f'{key} = {quoted(text)}' for key, text in value.items())} }}"


def add_actors(path: Path, actors: Sequence[NewActor]) -> None:
    """Write ACTORS into the file at PATH; ConfigError, and the file as it was, if it could not be used with them."""
    path = path.resolve()
    try:
        before = path.read_bytes()
        after = _with(before.decode("utf-8"), "\n\n".join(map(lines_of, actors)))
        _refuse_useless(path, after, before.decode("utf-8"), actors)
        with _written_beside(path, after) as beside:
            if path.read_bytes() != before:
                raise ConfigError(path, [Problem("", "was changed by someone else meanwhile; try again")])
            beside.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, [Problem("", f"cannot be written: {error}")]) from error


@contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """A file in the folder of PATH, with its rights, on the disk for sure; gone afterwards, unless it was moved."""
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, beside)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _refuse_useless(path: Path, after: str, before: str, actors: Sequence[NewActor]) -> None:
    """ConfigError if the file cannot be used as it is to be AFTER, or does not say what it should."""
    load(path, after)
    wanted = _merged(_tables(before), _tables("\n\n".join(map(lines_of, actors))))
    if _tables(after) != wanted:
        what = "writes its actors so that no other can be put beside them; write the lines into it by hand"
        raise ConfigError(path, [Problem("", what)])


def _with(text: str, new: str) -> str:
    """TEXT with NEW tables below its last actor, or at its end where that would not mean the same."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    wanted = _merged(_tables(text), _tables(new))
    below = _put(lines, _below_last_actor(lines), new, ending)
    return below if _tables(below) == wanted else _put(lines, len(lines), new, ending)


def _put(lines: Sequence[str], at: int, new: str, ending: str) -> str:
    above, below = "".join(lines[:at]), "".join(lines[at:])
    gap = "" if not above else "\n" if above.endswith("\n") else "\n\n"
    return above + f"{gap}{new}\n".replace("\n", ending) + below


def _below_last_actor(lines: Sequence[str]) -> int:
    """The number of the line below the last actor's last key; comments below that belong to what follows."""
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line.rstrip("\r\n"))]
    last = max((number for number in headers if _OF_ACTOR.match(lines[number])), default=None)
    if last is None:
        return len(lines)
    end = next((number for number in headers if number > last), len(lines))
    while end > last + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _tables(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _merged(tables: dict[str, object], more: dict[str, object]) -> dict[str, object]:
    actors, new = tables.get("actor", {}), more.get("actor", {})
    return {**tables, "actor": {**actors, **new}} if isinstance(actors, dict) and isinstance(new, dict) else {}


def _table(name: str, keys: Mapping[str, str]) -> str:
    kept = {key: value for key, value in keys.items() if value}
    width = max(map(len, kept))
    return "\n".join([f"[{name}]", *(f"{key:{width}} = {value}" for key, value in kept.items())])
