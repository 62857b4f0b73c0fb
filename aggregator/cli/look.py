"""Commands that look, and change nothing."""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from html import unescape
from itertools import chain
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from aggregator.cli.common import (
    FEEDS,
    ConfigOption,
    JsonOption,
    SourceOption,
    complain,
    counted,
    moment,
    now,
    say,
    say_json,
    utc,
)
from aggregator.cli.followed import used_by_run
from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from aggregator.config import Config
    from aggregator.model import Item, Kind, Letter

# Letters of a summary that is made from the full text.
SUMMARY_LENGTH = 1000

# So many letters that were not delivered are shown.
LETTERS = 20


def try_(
    what: Annotated[str, typer.Argument(metavar="URL-OR-PATH")],
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
) -> None:
    """Fetch one address or file, and show what it is, the entries it gives and the lines for feeds.toml; store nothing.

    Example: nyhetsflode try https://example.org/feed/
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.model import Manners

    manners = load(config).manners if config.exists() else Manners("nyhetsflode")
    trial = asyncio.run(jobs.try_out(what, manners, now()))
    if as_json:
        say_json({"kind": trial.kind, "entries": list(map(entry_values, trial.entries)), "warnings": trial.warnings})
    else:
        _show_trial(what, trial)
    if not trial.entries:
        raise typer.Exit(1)


def items(
    source: SourceOption = "",
    area: Annotated[str, typer.Option("--area", metavar="PLACE", help="Only about this place (name or code).")] = "",
    since: Annotated[
        datetime | None, typer.Option("--since", metavar="TIME", parser=moment, help="Only first seen since then.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Only event, article, post, share, notes or course.")
    ] = "",
    withheld: Annotated[
        bool, typer.Option("--withheld", help="Only what no newsfeed carries, with the reason of each.")
    ] = False,
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
) -> None:
    """What is stored, newest first; with --json, one object a line.

    Example: nyhetsflode items --area Mariestad --json
    """
    from aggregator import places
    from aggregator.config import load
    from aggregator.storage import open_storage

    loaded = load(config)
    try:
        codes = [places.named(area).code] if area else []
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--area") from error
    with open_storage(loaded.store) as storage:
        items = storage.items(source, codes, since, _kind(kind), withheld)
        first = next(items, None)
        for item in chain([first] if first else [], items):
            if as_json:
                say_json(item_values(item))
            else:
                named = ", ".join(loaded.name_of(code) for code in sorted(item.about)) or "no place"
                reason = f"  ({item.hidden or item.withheld})" if withheld else ""
                say(f"{item.date:%Y-%m-%d}  {item.entry.title}  [{item.source}; {named}]  {item.public_id}{reason}")
    if source and not first and source not in (*loaded.sources, *loaded.actors):
        raise _unknown_source(loaded, source)


def tag(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE.jsonl", help="Standard input if left out.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Tag lines of JSON {id, title, body, source_kommun, scope}; print {id, kommuner, lan, why} a line.

    `source_kommun` and `scope` may be empty or absent. Example: nyhetsflode tag items.jsonl
    """
    failed = False
    with file.open(encoding="utf-8") if file else nullcontext(sys.stdin) as lines:
        for number, line in _lines(lines):
            try:
                say_json(_tagged(json.loads(line)))
            except (ValueError, RecursionError) as error:
                failed = True
                complain(f"{file or 'standard input'}:{number}: cannot be tagged: {error}")
    if failed:
        raise typer.Exit(1)


def status(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Only this one (ACTOR or ACTOR/SOURCE).")] = "",
    alive: Annotated[
        bool, typer.Option("--alive", help="Only whether a round ended lately; exit code 1 if none did.")
    ] = False,
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
) -> None:
    """How each source is: last success, rhythm, failures, next visit, alarms; exit code 1 if any has failed or alarms.

    With SOURCE, all that we know of it, and why it is asked as often as it is. With --alive, only whether `run` is at
    work: for a container's healthcheck.

    Example: nyhetsflode status
    """
    from aggregator import jobs
    from aggregator.cli import health
    from aggregator.config import load
    from aggregator.model import health_values
    from aggregator.storage import open_storage
    from aggregator.tagging import UNSURE_RULE

    loaded = used_by_run(config, load)[0] if alive else load(config)
    with open_storage(loaded.store) as storage:
        if alive:
            if problem := jobs.why_dead(storage, now()):
                raise AggregatorError(problem)
            return
        found = jobs.health(loaded, storage, now(), source)
        unsure = [] if source else storage.found_by(UNSURE_RULE)
        letters = [] if source else storage.letters.undelivered(LETTERS)
        away = "" if source else jobs.first_open_month(storage)
    if source and not found.states:
        raise _unknown_source(loaded, source)
    if as_json:
        doubts = {"unsure": [_unsure_values(item) for item in unsure]}
        undelivered = {"letters": [_letter_values(letter) for letter in letters]}
        say_json(health_values(found) | doubts | undelivered | {"put_away_before": away or None})
    elif source:
        health.show_all(found)
    else:
        health.show_table(found)
        if away:
            say(f"Of news that came in before {away}, the texts were put away, as [keep] in feeds.toml says.")
        if found.queue:
            health.show_queue(found.queue)
        _show_unsure(unsure)
        for letter in letters:
            say(f"A letter to {letter.address} ({letter.newsfeed}{letter.period}) was not delivered: {letter.problem}")
    if not found.is_well:
        raise typer.Exit(1)


def _unknown_source(config: "Config", name: str) -> typer.BadParameter:
    from aggregator.config import did_you_mean

    hint = did_you_mean(name, [*config.actors, *config.sources])
    return typer.BadParameter(f'no actor or source is called "{name}"' + (f"; {hint}" if hint else ""))


def _kind(name: str) -> "Kind | None":
    from aggregator.config import did_you_mean
    from aggregator.model import KINDS

    found = next((kind for kind in KINDS if kind == name), None)
    if name and not found:
        hint = did_you_mean(name, KINDS)
        raise typer.BadParameter(f'no kind is called "{name}"' + (f"; {hint}" if hint else ""), param_hint="--kind")
    return found


def entry_values(entry: Any) -> dict[str, Any]:
    """An entry as `try --json` prints it; the summary of one that has a full text only is that text's beginning."""
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary or shorten(entry.body, SUMMARY_LENGTH, placeholder="…"),
        "content": entry.html,
        "published": utc(entry.published),
        "updated": utc(entry.updated),
        "author": ", ".join(entry.authors),
        "categories": list(entry.categories),
        "image": entry.image.url if entry.image else None,
        "event": _event_values(entry.event) if entry.event else None,
    }


def item_values(item: Any) -> dict[str, Any]:
    """An item as `items --json` prints it."""
    from aggregator import places

    about = [places.coded(code) for code in sorted(item.about) if "/" not in code]
    entry = entry_values(item.entry)
    return {
        "id": item.public_id,
        "source": item.source,
        "actor": item.actor,
        "kind": item.kind,
        **{key: entry[key] for key in ("url", "title", "summary", "content")},
        "published": utc(item.date),
        "updated": utc(item.corrected or item.entry.updated),
        "first_seen": utc(item.first_seen),
        "municipalities": [place.code for place in about if place.is_municipality],
        "counties": sorted({place.county.code for place in about if place != places.NATION}),
        "tags": [finding_values(finding) for finding in item.findings],
        "event": entry["event"],
        "hidden": item.hidden or item.withheld,
        "put_away": item.is_put_away,
    }


def finding_values(finding: Any) -> dict[str, Any]:
    return {
        "code": finding.code,
        "rule": finding.rule,
        "words": finding.words,
        "start": finding.start,
        "score": round(finding.score, 3),
        "rejected": finding.rejected,
    }


def _event_values(event: Any) -> dict[str, Any]:
    return {
        "start": _when(event.start),
        "end": _when(event.end) if event.end else None,
        "place": event.place,
        "address": event.address,
        "organiser": event.organiser,
        "cancelled": event.cancelled,
    }


def _when(when: Any) -> str | None:
    return utc(when) if isinstance(when, datetime) else when.isoformat()


def _lines(lines: TextIO) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _tagged(told: Any) -> dict[str, Any]:
    """ValueError says what of the line cannot be used."""
    from aggregator import places
    from aggregator.model import Actor, Entry
    from aggregator.tagging import findings_of

    if not isinstance(told, dict) or not isinstance(told.get("title"), str):
        raise ValueError('a line is an object with at least a "title"')
    scope = told.get("scope") or None
    if scope not in (None, "local", "county", "national"):
        raise ValueError(f'the scope is "local", "county" or "national", not {scope!r}')
    home = told.get("source_kommun") or ""
    homes = home if isinstance(home, list) else [home]
    actor = Actor("", "", tuple(places.named(str(name)) for name in homes if name), scope=scope)
    title, body = unescape(told["title"]), unescape(str(told.get("body") or ""))
    findings = findings_of(Entry("", "", title, summary=body), actor)
    about = [places.coded(finding.code) for finding in findings if not finding.rejected]
    return {
        "id": told.get("id"),
        "kommuner": sorted({place.code for place in about if place.is_municipality}),
        "lan": sorted({place.county.code for place in about if place != places.NATION}),
        "why": [finding_values(finding) for finding in findings],
    }


def _show_trial(what: str, trial: Any) -> None:
    titled = f', titled "{trial.title}"' if trial.title else ""
    say(f"{what}: {trial.kind}, {counted(len(trial.entries), 'entry')}{titled}")
    for warning in trial.warnings:
        say(f"  ! {warning}")
    show_entries(trial.entries[:3])
    if trial.toml:
        say()
        say("Lines for feeds.toml:")
        say()
        say(trial.toml)


def show_entries(entries: Iterable[Any]) -> None:
    for entry in entries:
        say()
        say(f"  {entry.title}")
        say(f"    {_dated(entry)}  {entry.url}".rstrip())
        say(f"    {' '.join((entry.summary or entry.body).split())[:200]}".rstrip())


def _dated(entry: Any) -> str:
    """When ENTRY came, and of an event when that is."""
    came = entry.published or entry.updated
    told = [f"{came:%Y-%m-%d %H:%M} UTC"] if came else []
    if entry.event:
        start = entry.event.start
        told.append(
            f"event on {start.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            if isinstance(start, datetime)
            else f"event on {start}"
        )
    return ", ".join(told) or "undated"


def _show_unsure(items: "list[Item]") -> None:
    """Items for an editor: their municipality is not certain, so that only the county's newsfeed carries them."""
    if items:
        say()
        say("The municipality of these items is unsure; they go to the county. A [[rule]] in feeds.toml can pin them:")
    for item in items:
        say(f"  {item.entry.title}  ({_thought_of(item)})  {item.public_id}")


def _letter_values(letter: "Letter") -> dict[str, Any]:
    values = {"address": letter.address, "newsfeed": letter.newsfeed, "period": letter.period}
    return {**values, "begun": utc(letter.begun), "problem": letter.problem}


def _unsure_values(item: "Item") -> dict[str, Any]:
    return {"id": item.public_id, "title": item.entry.title, "url": item.entry.url, "thought_of": _thought_of(item)}


def _thought_of(item: "Item") -> str:
    from aggregator.places import coded

    places = [coded(finding.code) for finding in item.findings if finding.rejected and "/" not in finding.code]
    return ", ".join(place.name for place in places if place.is_municipality)
