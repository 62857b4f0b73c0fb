"""Whatever is written wrongly, in whichever option, is told in a sentence of ours at its place.

The options are those that the tables have, so that a new one cannot be forgotten: it needs a place in `RIGHT` at most.
"""

import copy
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
import tomlkit
from conftest import HEAD
from pydantic import BaseModel, Tag

from aggregator.config import load
from aggregator.config.tables import SHORT_FORMS, ActorTable, File
from aggregator.errors import ConfigError
from aggregator.model.source import FROM_PLACE

# A file with every table in it.
RIGHT = (
    HEAD
    + """
[keep]
[mail]
smtp = "smtp://127.0.0.1"
[mail.digest.orebro]
[deploy]
to = "rsync://a.example/b/"
[nation]
[county.orebro]
[network.n]
title = "N"
municipalities = "Hjo"
[network.n.parts]
"Götene" = ["Källby"]
[area.a]
municipality = "Hjo"
content = "events"
[place."2326"]
[actor.a]
name = "A"
area = "Hjo"
homepage = "https://a.example/"
[actor.a.source.feed]
feed = "x"
about = { words = "x", test = {} }
[actor.a.source.page]
page = "x"
select = { item = "p" }
about = { words = "x", test = {} }
[actor.a.source.calendar]
calendar = "x"
about = { words = "x", test = {} }
[actor.a.source.export]
export = "x"
about = { words = "x", test = {} }
[actor.a.source.inbox]
inbox = "x"
about = { words = "x", test = {} }
[[condition]]
level = "nation"
text = "x"
from = 2026-01-01
[[person]]
name = "A"
mail = "a@b.example"
role = "editor"
for = "area.a"
[[rule]]
when = { words = "x" }
then = { hide = true }
test = {}
"""
)
WRONG = (
    3,
    -1,
    10**9,
    2.5,
    True,
    "",
    "\x01",
    "ett två tre",
    "10 km",
    "99999999y",
    [],
    [[]],
    [3],
    ["", "x"],
    {"fel": 1},
    date(2026, 11, 24),
    datetime(2026, 11, 24, 12, tzinfo=UTC),
)
# How pydantic speaks to programmers.
FOREIGN = re.compile(
    r"[Ii]nput should|should (?:be|have)|[Uu]nable to|alue error|instance of|ydantic|validat|\bNone\b|parse|keyword"
)

KeyPath = tuple[str | int, ...]


def options(kind: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths of all keys that a value of KIND, which stands at PATH, may have."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if field.validation_alias != FROM_PLACE:
                here = (*path, field.alias or name)
                yield here
                if not (kind is ActorTable and name in SHORT_FORMS):
                    yield from options(field.annotation, here)
    elif origin is Annotated and isinstance(kind.__metadata__[0], Tag):
        yield from options(inner[0], (*path[:-1], kind.__metadata__[0].tag))
    elif origin is dict:
        yield from options(inner[1], (*path, next(iter(at(tomllib.loads(RIGHT), path)))))
    elif origin is tuple:
        yield from options(inner[0], (*path, 0))
    else:
        for one in inner:
            yield from options(one, path)


def at(tables: Any, path: KeyPath) -> Any:
    for part in path:
        tables = tables[part]
    return tables


OPTIONS = list(dict.fromkeys(options(File)))


def told_of(path: KeyPath, value: object, file: Path) -> list[str]:
    """The sentences about the file in which VALUE stands at PATH; none if it is right."""
    tables = copy.deepcopy(tomllib.loads(RIGHT))
    at(tables, path[:-1])[path[-1]] = value
    file.write_text(tomlkit.dumps(tables), encoding="utf-8")
    try:
        load(file)
    except ConfigError as error:
        problems = error.problems
    else:
        problems = ()
    assert all(problem.line for problem in problems), (value, problems)
    return [f"{problem.what}; {problem.hint}" for problem in problems]


def test_all_options_are_found_and_the_file_with_all_tables_is_right(tmp_path: Path) -> None:
    assert len(OPTIONS) > 150
    assert ("actor", "a", "source", "page", "select", "pattern") in OPTIONS
    assert told_of(("schema",), 1, tmp_path / "feeds.toml") == []


@pytest.mark.parametrize("path", OPTIONS, ids=lambda path: ".".join(map(str, path)))
def test_every_mistake_in_an_option_is_told_in_a_sentence_of_ours(path: KeyPath, tmp_path: Path) -> None:
    told = {str(value): told_of(path, value, tmp_path / "feeds.toml") for value in WRONG}
    assert any(told.values())
    for value, sentences in told.items():
        for sentence in sentences:
            assert not FOREIGN.search(sentence), (value, sentence)
