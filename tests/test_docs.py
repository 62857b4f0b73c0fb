"""The docs tell the truth of today."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import REPOSITORY
from pydantic import BaseModel
from typer.main import get_command

from aggregator.cli import app
from aggregator.config.tables import File
from aggregator.model.source import FROM_PLACE

HANDBOOK = (REPOSITORY / "docs/handbok.md").read_text(encoding="utf-8")
DOCS = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])


def commands() -> list[str]:
    found = []
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {below}" for below in inner] if inner else [name]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_handbook(command: str) -> None:
    assert f"`nyhetsflode {command}" in HANDBOOK


def tables(annotation: Any) -> Iterator[type[BaseModel]]:
    """All tables of feeds.toml that a key with this ANNOTATION may hold, and those within them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from tables(field.annotation)
    for inner in get_args(annotation):
        yield from tables(inner)


def keys() -> list[str]:
    """Every key of feeds.toml, but those of a source that follow from where it stands."""
    named = {
        field.alias or name
        for table in tables(File)
        for name, field in table.model_fields.items()
        if field.validation_alias != FROM_PLACE
    }
    return sorted(named)


@pytest.mark.parametrize("key", keys())
def test_every_key_of_feeds_toml_stands_in_the_handbook(key: str) -> None:
    assert re.search(rf"`{key}`|`[^`\n]*\b{key}\b[^`\n]*`", HANDBOOK), key


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_in_the_docs_lead_to_files_that_exist(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_paths_named_in_the_docs_exist(path: Path) -> None:
    for named in re.findall(r"`((?:aggregator|tests|docs|examples)/[\w./]+)`", path.read_text(encoding="utf-8")):
        assert (REPOSITORY / named).exists(), named
