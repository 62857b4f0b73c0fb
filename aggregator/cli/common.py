"""What the commands share: their options, and how they print."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

FEEDS = Path("feeds.toml")

ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="FILE", help="The file that says what to collect and publish.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
SourceOption = Annotated[
    str, typer.Option("--source", metavar="SOURCE", help="Only from this one (ACTOR or ACTOR/SOURCE).")
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing but problems.")]


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")


def complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def tell(values: object, lines: Iterable[str], as_json: bool = False, quiet: bool = False) -> None:
    """What a command did: VALUES to programs, LINES to people, or nothing."""
    if as_json:
        say_json(values)
    elif not quiet:
        for line in lines:
            say(line)


def counted(count: int, one: str) -> str:
    """ "1 item", "2 items", "1 entry", "2 entries"; ONE is what one is called."""
    if count == 1:
        return f"1 {one}"
    return f"{count} {one[:-1]}ies" if one.endswith("ry") else f"{count} {one}s"


def say_json(value: object) -> None:
    """One line of JSON; a collection that no JSON has (a set, a moment) is a mistake of ours."""
    say(json.dumps(value, ensure_ascii=False))


def now() -> datetime:
    """This moment, to the second: finer time means nothing to readers."""
    return datetime.now(UTC).replace(microsecond=0)


def moment(text: str) -> datetime:
    """A time on the command line: ISO 8601; one without a zone is Swedish time."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f'"{text}" is no time; write 2026-11-24 or 2026-11-24T18:30') from error
    from aggregator.model import SWEDEN

    return told.replace(tzinfo=told.tzinfo or SWEDEN).astimezone(UTC)


def utc(when: datetime | None) -> str | None:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None
