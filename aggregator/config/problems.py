"""What is wrong with feeds.toml, in sentences: from pydantic's findings to ours, each with its place and a hint."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from aggregator.config.positions import Path, Place, Whereabouts
from aggregator.config.tables import File
from aggregator.errors import Problem

_SENTENCES: Mapping[str, str] = {
    "string_type": "must be a text in quotation marks",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false, without quotation marks",
    "bool_parsing": "must be true or false, without quotation marks",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "date_type": "must be a date, written 2026-11-24 without quotation marks",
    "date_parsing": "must be a date, written 2026-11-24 without quotation marks",
    "date_from_datetime_inexact": "must be a date, written 2026-11-24 without quotation marks",
    "date_from_datetime_parsing": "must be a date, written 2026-11-24 without quotation marks",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "tuple_type": 'must be a list, as ["one", "two"]',
    "too_short": "must name at least one",
}


# What those who write by hand get wrong, by what tomllib says and, below that, what stands there.
_SLIPS = (
    (r"^Invalid value\n[”“„’‘«»]", 'these quotation marks are made for print; write them straight, as "'),
    (r"^Invalid value\n", 'a text stands in quotation marks, as "Mariestad"'),
    (r"^Illegal character '\\n'", "the quotation mark at the end is missing"),
    (r"^Expected newline.*\n *,", 'several values stand in square brackets, as ["one", "two"]'),
    (r"^Cannot declare .* twice|^Cannot mutate", "this heading is there twice; put what stands below them together"),
    (r"^Cannot overwrite a value", "this key is there twice; keep one of them"),
    (r"^Expected '\]' at the end of a table", "an id is made of the letters a–z, digits and hyphens"),
)


def syntax_problem(error: tomllib.TOMLDecodeError, text: str, file: str = "") -> Problem:
    """What tomllib says of the TEXT of FILE, at the place that it names."""
    message, lines = str(error), text.splitlines()
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (max(1, len(lines)), 1)
    shown = lines[line - 1] if line <= len(lines) else ""
    reason = message.partition(" (at ")[0]
    hint = next((hint for pattern, hint in _SLIPS if re.search(pattern, f"{reason}\n{shown[column - 1 :]}")), "")
    return Problem("", f"is no TOML here: {reason}", line, column, hint=hint, text=shown, file=file)


def problem_at(where: Whereabouts, path: Path, what: str, hint: str = "") -> Problem:
    """A problem of our own finding."""
    return told(path, what, hint, where(path, "value"))


def problems_in(error: ValidationError, where: Whereabouts) -> list[Problem]:
    """What pydantic found."""
    return [_problem(found, where) for found in error.errors()]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else ""


def _problem(found: ErrorDetails, where: Whereabouts) -> Problem:
    path = _without_kinds(tuple(part for part in found["loc"] if part != "[key]"))
    what, hint = _sentence(found)
    if what == _SENTENCES["dict_type"] and path[2:3] == ("source",) and isinstance(found["input"], str):
        hint = f"a source has a name of its own, as [actor.{path[1]}.source.nyheter]"
    if found["type"] == "extra_forbidden":
        place, path = where(path, "key"), path[:-1]
    elif found["type"] == "missing":
        place, path = where(path[:-1], "key"), path[:-1]
    else:
        place = where(path, "key" if "[key]" in found["loc"] else "value")
    return told(path, what, hint, place)


def told(path: Path, what: str, hint: str, place: Place) -> Problem:
    spot = place.spot
    if spot is None:
        return Problem(_name(path), what, hint=hint, file=place.file)
    return Problem(_name(path), what, spot.line, spot.column, spot.width, hint, place.text, place.file)


def _sentence(found: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and a hint."""
    key, context = str(found["loc"][-1]), found.get("ctx", {})
    match found["type"]:
        case "extra_forbidden":
            return f'unknown key "{key}"', did_you_mean(key, _keys_at(found["loc"][:-1]))
        case "missing":
            return f'the key "{key}" is missing', ""
        case "literal_error":
            expected = context["expected"].replace("'", '"')
            told = found["input"]
            return f"must be {expected}", did_you_mean(told, re.findall(r'"(.*?)"', expected)) if isinstance(
                told, str
            ) else ""
        case "greater_than_equal":
            return f"must be at least {context['ge']}", ""
        case "less_than_equal":
            return f"must be at most {context['le']}", ""
        case "value_error":
            what, _, hint = str(context["error"]).partition("; ")
            return what, hint
    return _SENTENCES.get(found["type"], found["msg"]), ""


def _name(path: Path) -> str:
    """actor.cykelframjandet.area, without the numbers of a list: the place shows which element it is."""
    return ".".join(part for part in path if isinstance(part, str))


def _keys_at(path: Path) -> list[str]:
    """The keys that the table at PATH may have; PATH names kinds of source, as pydantic does."""
    kind: Any = File
    for part in path:
        kind = _inside(kind, part)
    kind = _plainly(kind)
    own = {_written(name, field): field for name, field in kind.model_fields.items()} if _is_table(kind) else {}
    return [name for name in own if name.isidentifier()]


def _without_kinds(path: Path) -> Path:
    """PATH as it stands in the file: pydantic also names the kind of source that it took a table for."""
    kind: Any = File
    told: list[str | int] = []
    for part in path:
        if not _kinds_in(kind):
            told.append(part)
        kind = _inside(kind, part)
    return tuple(told)


def _inside(kind: Any, part: str | int) -> Any:
    """What an annotation speaks of under PART, which is a key, the number of an element, or a kind of source."""
    if kinds := _kinds_in(kind):
        return kinds.get(part)
    kind = _plainly(kind)
    if _is_table(kind):
        fields = {_written(name, field): field for name, field in kind.model_fields.items()}
        return fields[part].annotation if part in fields else None
    return get_args(kind)[-1] if get_origin(kind) is dict else None


def _kinds_in(kind: Any) -> Mapping[str | int, Any]:
    """The kinds that a table may be of, if it may be of several, each by its tag."""
    if get_origin(kind) is not Annotated or not any(isinstance(part, Discriminator) for part in kind.__metadata__):
        return {}
    return {part.__metadata__[0].tag: get_args(part)[0] for part in get_args(get_args(kind)[0])}


def _written(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or name)


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _plainly(kind: Any) -> Any:
    """What an annotation speaks of, without Annotated and without "or None"."""
    if get_origin(kind) is Annotated:
        return _plainly(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _plainly(get_args(kind)[0])
    return kind
