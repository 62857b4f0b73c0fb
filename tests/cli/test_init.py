"""A first feeds.toml from four answers, by people who have never seen one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from aggregator.cli import app
from aggregator.config import load
from aggregator.errors import ConfigError

ANSWERS = ['Nyheter från "Skaraborg" \\ åäö', "https://www.koso.example/floden", "", "info@koso.example"]


def init(path: Path, *options: str, answers: list[str] | None = None) -> str:
    given = "\n".join(answers or []) + "\n"
    result = CliRunner().invoke(app, ["init", "--config", str(path), *options], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    return result.output


def test_four_answers_make_a_file_that_can_be_used_at_once(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    assert "nyhetsflode run --once" in init(file, answers=ANSWERS)
    site = load(file).site
    assert (site.title, site.url) == (ANSWERS[0], "https://www.koso.example/floden/")
    assert (site.authority, site.contact) == ("koso.example", "info@koso.example")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feeds.schema.json", "feeds.toml"]


def test_flags_answer_without_a_question(tmp_path: Path) -> None:
    file = tmp_path / "ny" / "feeds.toml"
    init(file, "--title", "N", "--url", "https://koso.example/", "--contact", "info@koso.example")
    assert load(file).site.authority == "koso.example"


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text("mitt", encoding="utf-8")
    with pytest.raises(ConfigError, match="there is one already"):
        init(file, answers=ANSWERS)
    assert file.read_text(encoding="utf-8") == "mitt"


def test_an_answer_that_makes_no_site_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    with pytest.raises(ConfigError, match='begins with "https://"'):
        init(file, answers=["N", "koso", "koso.example", "info@koso.example"])
    assert list(tmp_path.iterdir()) == []


def test_what_the_file_explains_in_comments_is_right(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    init(file, answers=ANSWERS)
    lines = file.read_text(encoding="utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("# [area."))
    told = [line.removeprefix("# ") for line in lines[begin:] if line.startswith(("# [", "#  ")) or " = " in line]
    file.write_text("\n".join([*lines[:begin], *told]), encoding="utf-8")
    config = load(file)
    assert (len(config.areas), len(config.networks), len(config.sources)) == (1, 1, 1)
