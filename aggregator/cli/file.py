"""Commands about feeds.toml itself."""

from enum import StrEnum
from typing import Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, complain, counted, say, say_json
from aggregator.errors import ConfigError, Problem


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    config: ConfigOption = FEEDS,
    format: Annotated[Format, typer.Option("--format", help="How to print what is wrong.")] = Format.TEXT,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check feeds.toml, without asking the network: exit code 0, or 2 with everything that is wrong.

    Example: nyhetsflode check --config feeds.toml
    """
    from aggregator.config import load

    format = Format.JSON if as_json else format
    try:
        loaded = load(config)
    except ConfigError as error:
        if format == Format.TEXT:
            raise
        _print(error, format)
        raise typer.Exit(2) from None
    if format == Format.JSON:
        say_json({"problems": [], "warnings": loaded.warnings})
        return
    for warning in loaded.warnings:
        complain(f"::warning file={config}::{warning}" if format == Format.GITHUB else f"{config}: warning: {warning}")
    if not quiet:
        say(
            f"{config} is well-formed: {counted(len(loaded.actors), 'actor')} with "
            f"{counted(len(loaded.sources), 'source')}, {counted(len(loaded.areas), 'area')} and "
            f"{counted(len(loaded.networks), 'network')}."
        )


def _print(error: ConfigError, format: Format) -> None:
    if format == Format.JSON:
        say_json({"problems": [_values(problem) for problem in error.problems]})
        return
    for problem in error.problems:
        sentence = ": ".join(part for part in (problem.where, problem.what) if part)
        file = error.path.parent / problem.file if problem.file else error.path
        hint = f"; {problem.hint}" if problem.hint else ""
        say(f"::error file={file},line={problem.line or 1},col={problem.column or 1}::{sentence}{hint}")


def _values(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "where": problem.where,
        "what": problem.what,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
    }
