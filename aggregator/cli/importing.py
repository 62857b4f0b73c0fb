"""The command that takes exports by hand."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, complain, now, say, say_json, utc
from aggregator.cli.run import AtOption

if TYPE_CHECKING:
    from aggregator.config import Config
    from aggregator.jobs import Import
    from aggregator.sources import ExportSource


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="ZIPs, tables, dumps or unpacked folders.")],
    source: Annotated[
        str, typer.Option("--source", metavar="SOURCE", help="Whose they are: ACTOR or ACTOR/SOURCE.")
    ] = "",
    full: Annotated[
        bool, typer.Option("--full", help="This is all that the page has; what is missing in between was deleted.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Also what was read before.")] = False,
    config: ConfigOption = FEEDS,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read exports from Facebook pages at once, and report what was in them; publish nothing.

    Several files are read as one export. Example: nyhetsflode import facebook-export.zip --source cykelvannerna
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    loaded = load(config)
    chosen = _chosen(loaded, source) if source else None
    groups: dict[str, list[Path]] = {}
    for path in paths:
        whose = chosen or jobs.source_of(loaded, path)
        groups.setdefault(whose.id, []).append(path)
    sources = {source.id: source for source in jobs.export_sources(loaded)}
    with open_storage(loaded.store) as storage, storage.alone("import"):
        imports = [
            jobs.import_paths(loaded, storage, sources[id], group, at or now(), full=full, again=again)
            for id, group in groups.items()
        ]
    if as_json:
        say_json({"imports": [import_values(done) for done in imports]})
    else:
        for done in imports:
            for line in _report(done):
                say(line)
    for done in imports:
        for name, problem in done.problems.items():
            complain(f"{name}: {problem}")
    if any(done.problems for done in imports):
        raise typer.Exit(1)


def import_values(done: "Import") -> dict[str, Any]:
    """An import as `import --json` prints it."""
    tally = done.tally
    return {
        "source": done.source,
        "read": list(done.read),
        "read_before": list(done.known),
        "problems": dict(done.problems),
        "pages": list(tally.pages),
        "from": utc(done.since),
        "to": utc(done.until),
        "posts": tally.records,
        "rows": tally.rows,
        "events": tally.events,
        "merged": tally.merged,
        "new": done.new,
        "changed": done.changed,
        "removed": done.gone,
        "shells": tally.shells,
        "left_out": tally.left_out,
        "undated": tally.undated,
        "unknown_keys": dict(tally.unknown),
        "missing_media": tally.missing,
        "notes": list(tally.notes),
    }


def _chosen(config: "Config", name: str) -> "ExportSource":
    from aggregator import jobs
    from aggregator.config import did_you_mean

    sources = jobs.export_sources(config)
    found = [source for source in sources if name in (source.id, source.actor)]
    if len(found) == 1:
        return found[0]
    if found:
        raise typer.BadParameter(
            f"{name} has several: {', '.join(source.id for source in found)}", param_hint="--source"
        )
    hint = did_you_mean(name, [name for source in sources for name in (source.id, source.actor)])
    what = f'no source that takes exports is called "{name}"' + (f"; {hint}" if hint else "")
    raise typer.BadParameter(what, param_hint="--source")


def _report(done: "Import") -> Iterator[str]:
    """What was found, a thing a line; what there was none of is not spoken of."""
    tally = done.tally
    if done.known:
        yield f"{done.source}: read before, and not read again: {', '.join(Path(path).name for path in done.known)}."
    if not done.read:
        return
    yield f"{done.source}: read {', '.join(Path(path).name for path in done.read)}."
    yield f"  pages found:     {', '.join(tally.pages) or 'none is named'}"
    yield (
        f"  period:          {_day(done.since)} to {_day(done.until)}" if done.since else "  period:          no posts"
    )
    yield f"  posts read:      {tally.records}, of which {tally.merged} were told twice and merged"
    figures = (
        ("rows of tables", tally.rows, ""),
        ("events", tally.events, ""),
        ("empty shares", tally.shells, "Facebook does not export what was shared; not published"),
        ("left out", tally.left_out, "new profile pictures and covers, and posts that the page has hidden"),
        ("impossible date", tally.undated, "not published"),
        ("missing media", tally.missing, "pictures and films that are named, but not in these files"),
    )
    for name, count, meaning in figures:
        if count:
            yield f"  {name + ':':16} {count}" + (f" ({meaning})" if meaning else "")
    yield f"  items:           {done.new} new, {done.changed} changed, {done.gone} removed"
    if tally.unknown:
        yield f"  unknown keys:    {', '.join(f'{key} ({count})' for key, count in tally.unknown)}"
    for note in tally.notes:
        yield f"  ! {note}"


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else ""
