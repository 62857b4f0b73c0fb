"""Commands that collect and publish."""

import asyncio
import shlex
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, QuietOption, complain, counted, moment, now, say
from aggregator.cli.followed import Followed, load_or_last_good
from aggregator.cli.serving import HOST, PORT, HostOption, PortOption, serving
from aggregator.errors import AggregatorError, without_secrets

if TYPE_CHECKING:
    from aggregator.cli.progress import Progress
    from aggregator.config import Config
    from aggregator.jobs import Call, Mailed, Published
    from aggregator.model import Source
    from aggregator.storage import Storage

AtOption = Annotated[
    datetime | None,
    typer.Option("--at", metavar="TIME", parser=moment, help="Do it as of this moment, not now (2026-11-24T18:30)."),
]


def run(
    config: ConfigOption = FEEDS,
    once: Annotated[bool, typer.Option("--once", help="One round, then stop.")] = False,
    at: AtOption = None,
    serve: Annotated[bool, typer.Option("--serve", help="Also serve what is published.")] = False,
    host: HostOption = HOST,
    port: PortOption = PORT,
    quiet: QuietOption = False,
) -> None:
    """The main job: collect what is due, tag it, publish it; by the clock until stopped, or one round.

    Example: nyhetsflode run --once
    """
    from aggregator import schedule

    loaded = load_or_last_good(config)
    if once or at:
        _round(loaded, at or now(), quiet)
        if not quiet:
            _say_where(loaded, config)
        if loaded.fault:
            raise typer.Exit(1)
        return

    file = Followed(config, loaded)

    async def round() -> None:
        await asyncio.to_thread(_round, file.config, now(), quiet)

    async def later_round() -> None:
        try:
            await round()
        except AggregatorError as error:
            complain(f"nyhetsflode: {error}; trying again in a minute")

    with serving(loaded, host, port, quiet) if serve else nullcontext():
        asyncio.run(schedule.run_forever(round, later_round, lambda: asyncio.to_thread(file.look)))


def collect(
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCE...", help="ACTOR or ACTOR/SOURCE.")] = None,
    config: ConfigOption = FEEDS,
    at: AtOption = None,
    quiet: QuietOption = False,
) -> None:
    """Collect from what is due, or from the sources named, whether due or not; publish nothing.

    Example: nyhetsflode collect cykelvannerna-mariestad
    """
    loaded = _load(config)
    named = _named(loaded, sources) if sources else None
    with _working(loaded, "collect", quiet) as (storage, progress):
        calls = _collect(loaded, storage, at or now(), named, progress)
    _report_calls(calls, quiet)
    if named and any(call.problem for call in calls):
        raise typer.Exit(1)


def publish(
    config: ConfigOption = FEEDS,
    full: Annotated[bool, typer.Option("--full", help="Make every file again, also where nothing is new.")] = False,
    at: AtOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the newsfeeds and pages that are made from something new; collect nothing.

    Example: nyhetsflode publish
    """
    loaded = _load(config)
    with _working(loaded, "publish", quiet) as (storage, progress):
        _take_effect(loaded, storage, at or now(), quiet)
        published = _publish(loaded, storage, at or now(), progress, full)
    _report_published(published, loaded.output, quiet)


def deploy(config: ConfigOption = FEEDS, quiet: QuietOption = False) -> None:
    """Send what was published to the host in [deploy], by rsync or SFTP; only what changed is sent.

    Example: nyhetsflode deploy
    """
    loaded = _load(config)
    if loaded.deploy is None:
        raise typer.BadParameter(f'{config.name} has no [deploy] with to = "rsync://user@host/folder/"')
    _deploy(loaded, quiet)


def _deploy(config: "Config", quiet: bool) -> None:
    from aggregator import jobs
    from aggregator.publishing import folder_of

    if config.deploy:
        deployed = jobs.deploy(folder_of(config.output, "deploy"), config.deploy)
        if not quiet:
            say(f"{counted(deployed.files, 'file')} sent to {deployed.where}.")


def _round(config: "Config", at: datetime, quiet: bool) -> None:
    from aggregator import jobs

    with _working(config, "run", quiet) as (storage, progress):
        if problem := jobs.why_doubt_clock(storage, now()):
            complain(f"nyhetsflode: {problem}")
        jobs.watch_config(config, storage, at)
        calls = _collect(config, storage, at, None, progress)
        _take_effect(config, storage, at, quiet)
        published = _publish(config, storage, at, progress)
        mailed = _mail(config, storage, at)
        told = jobs.mail_status(config, storage, at)
        away = jobs.put_away(config, storage, at)
        storage.back_up_daily(now().date(), config.backups)
        jobs.remember_round(storage, now())
    for problem in (*mailed.problems, *told.problems):
        complain(f"mail: {problem}")
    if away.items and not quiet:
        say(f"{away.items} items that came in before {away.before} were put away, as [keep] says; their titles remain.")
    if mailed.sent and not quiet:
        say(f"{counted(mailed.sent, 'digest')} sent by mail.")
    if calls or published.changed:
        _report_calls(calls, quiet)
        _report_published(published, config.output, quiet)
    if published.changed and config.deploy and config.deploy.by_itself:
        _deploy(config, quiet)


def _load(path: Path) -> "Config":
    from aggregator.config import load

    return load(path)


@contextmanager
def _working(config: "Config", what: str, quiet: bool) -> Iterator[tuple["Storage", "Progress"]]:
    """The store, held alone, and a way to show how the work goes."""
    from aggregator.cli.progress import Progress
    from aggregator.storage import open_storage

    with open_storage(config.store) as storage, storage.alone(what), Progress(quiet) as progress:
        yield storage, progress


def _collect(
    config: "Config", storage: "Storage", at: datetime, sources: "Collection[Source] | None", progress: "Progress"
) -> "list[Call]":
    from aggregator import jobs

    count = len(jobs.due(config, storage, at) if sources is None else sources)
    step = progress.begin("Collecting", count)
    return asyncio.run(jobs.collect(config, storage, at, sources, tell=lambda call: step()))


def _take_effect(config: "Config", storage: "Storage", at: datetime, quiet: bool) -> None:
    """If feeds.toml or the rules are others than before, what is kept goes where they say now."""
    from aggregator import jobs

    moved = sum(move.changes_places for move in jobs.take_effect(config, storage, at).moves)
    if moved and not quiet:
        what = counted(moved, "item")
        say(f"{what} came into other newsfeeds or left them, as feeds.toml and the rules are others now.")


def _publish(
    config: "Config", storage: "Storage", at: datetime, progress: "Progress", full: bool = False
) -> "Published":
    from aggregator import jobs

    step = progress.begin("Publishing", None)
    published = jobs.publish(config, storage, at, full, tell=lambda channel, of: step(of))
    if problem := asyncio.run(jobs.ping(config)):
        complain(problem)
    return published


def _mail(config: "Config", storage: "Storage", at: datetime) -> "Mailed":
    from aggregator import jobs

    return jobs.mail_digests(config, storage, at)


def _named(config: "Config", names: Collection[str]) -> "list[Source]":
    chosen: list[Source] = []
    for name in names:
        found = [source for id, source in config.live_sources.items() if name in (id, source.actor)]
        if not found and name.partition("/")[0] in config.actors:
            raise typer.BadParameter(f"nothing is collected from {name}: it has no such source, or the actor has left")
        if not found:
            from aggregator.config import did_you_mean

            hint = did_you_mean(name, [*config.sources, *config.actors])
            raise typer.BadParameter(f'no actor or source is called "{name}"' + (f"; {hint}" if hint else ""))
        chosen += found
    return chosen


def _report_calls(calls: "list[Call]", quiet: bool) -> None:
    failed = [call for call in calls if call.problem]
    for call in failed:
        complain(f"{call.source}: {call.problem}")
    if quiet:
        return
    for call in calls:
        for note in call.notes:
            say(f"{call.source}: {note}")
        if call.held:
            say(f"{call.source}: {counted(call.held, 'new item')} at once in quarantine, and in no newsfeed")
    new, changed = sum(call.new for call in calls), sum(call.changed for call in calls)
    sources, items = counted(len(calls), "source"), counted(new, "new item")
    say(f"Called at {sources}: {len(failed)} failed, {items}, {changed} changed.")


def _report_published(published: "Published", output: Path | str, quiet: bool) -> None:
    where = without_secrets(str(output)).rstrip("/")
    _say_left(published, where)
    if not quiet:
        newsfeeds, files = counted(published.newsfeeds, "newsfeed"), counted(published.changed, "file")
        say(f"{newsfeeds} in {where}/, {files} new or changed.")


def _say_left(published: "Published", where: str) -> None:
    for folder in published.left:
        complain(
            f"{where}/{folder.rstrip('/')} belongs to no newsfeed any more and is not kept up; "
            "its readers see old news until the folder is removed, or the newsfeed is back in feeds.toml"
        )


def _say_where(config: "Config", file: Path) -> None:
    program = _program()
    told = "" if file == FEEDS else f" --config {shlex.quote(str(file))}"
    say()
    if isinstance(config.output, str):
        say(f"To look at them, open {config.site.url} in a browser, where the store should be served.")
    else:
        say(f"To look at them, open {(config.output / 'index.html').resolve().as_uri()} in a browser.")
    say(f"To keep them running, by the clock and until Ctrl-C: {program} run{told}")
    say(f"To see how the sources are: {program} status{told}")


def _program() -> str:
    """How this program was called, so that it can be called so again."""
    called = Path(sys.argv[0])
    if called.name != "nyhetsflode":
        return "python -m aggregator"
    if shutil.which("nyhetsflode") == str(called):
        return "nyhetsflode"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)
