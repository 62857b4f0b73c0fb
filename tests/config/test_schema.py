"""The schema by which editors complete and check feeds.toml says what the program says."""

import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest
from conftest import HEAD, REPOSITORY, Configured, schema_validator
from jsonschema import Draft202012Validator

from aggregator.config import write_new
from aggregator.config.descriptions import DESCRIPTIONS
from aggregator.config.schema import as_text, schema
from aggregator.errors import ConfigError


def lint(path: Path) -> subprocess.CompletedProcess[str]:
    """What Tombi, which editors ask, says of the file at PATH; it asks no network."""
    tombi = Path(sysconfig.get_path("scripts")) / "tombi"
    command = [str(tombi), "lint", "--offline", "--error-on-warnings", "--no-cache", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A copy of the example, with the schema beside it."""
    shutil.copy(REPOSITORY / "feeds.schema.json", tmp_path)
    return Path(shutil.copy(REPOSITORY / "feeds.toml", tmp_path))


def test_the_file_in_the_repository_is_up_to_date() -> None:
    told = "feeds.schema.json is not what the tables say; run 'make schema'"
    assert (REPOSITORY / "feeds.schema.json").read_text(encoding="utf-8") == as_text(), told


def test_it_is_a_schema_and_every_description_is_of_a_key_that_there_is() -> None:
    Draft202012Validator.check_schema(schema())
    tables = {"File": schema(), **schema()["$defs"]}
    described = {name: set(keys) for name, keys in DESCRIPTIONS.items()}
    assert described == {name: set(table["properties"]) for name, table in tables.items()}


def test_an_editor_finds_nothing_wrong_with_the_example(beside: Path) -> None:
    said = lint(beside)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("homepage = ", "homepge = ", '"homepge" is not allowed'),
        ("concurrency = 50", "concurrency = 5000", "1000"),
        ('timeout     = "30s"', 'timeout     = "30 sekunder"', "pattern"),
    ],
)
def test_an_editor_finds_what_is_wrong(beside: Path, right: str, wrong: str, sentence: str) -> None:
    text = beside.read_text(encoding="utf-8")
    assert right in text
    beside.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    said = lint(beside)
    assert said.returncode == 1
    assert sentence in said.stdout + said.stderr


def test_what_init_writes_names_the_schema_that_it_puts_beside(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    write_new(path, "Prov", "https://prov.example/", "prov.example", "a@prov.example")
    assert path.read_text(encoding="utf-8").startswith("#:schema ./feeds.schema.json\n")
    assert lint(path).returncode == 0
    path.write_text(path.read_text(encoding="utf-8").replace("title", "titel"), encoding="utf-8")
    assert lint(path).returncode == 1


@pytest.mark.parametrize(
    "tables",
    ['[actor.a]\nnamn = "x"', '[nation]\ncarries = "x"', "[deploy]\nto = 3", "[mail]\nhour = 25", "[[actor]]"],
)
def test_what_is_wrong_to_us_is_wrong_to_the_schema(configured: Configured, tables: str) -> None:
    with pytest.raises(ConfigError):
        configured(tables)
    assert schema_validator().is_valid(tomllib.loads(HEAD))
    assert not schema_validator().is_valid(tomllib.loads(HEAD + tables))
