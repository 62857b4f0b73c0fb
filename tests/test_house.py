"""The house keeps its shape."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "aggregator"
ROOMS = {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()}
FILES = sorted(HOUSE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_room_is_entered_by_its_door(file: Path) -> None:
    own = file.relative_to(HOUSE).parts[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("aggregator."):
            _, room, *deeper = node.module.split(".")
            behind = deeper and room in ROOMS and room not in (own, "model")
            assert not behind, f"{file.name} imports {node.module}, which is behind a door"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_file_says_what_it_is_for(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)) or len(source.splitlines()) < 6


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_only_the_command_line_and_the_clock_ask_what_time_it_is(file: Path) -> None:
    rooms = file.relative_to(HOUSE).parts[0]
    if rooms in ("cli", "schedule.py"):
        return
    asked = [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
    ]
    assert not asked
