"""Import: read the exports that people hand in, keep what they bring, and say in plain words what was found."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import FetchError, OutputError, SourceError, StoreError
from aggregator.fetching import fingerprint_of, open_bundle
from aggregator.jobs.inbox import settled, waiting
from aggregator.jobs.items import new_item, with_events
from aggregator.jobs.retag import judged, retold
from aggregator.jobs.stories import join_stories
from aggregator.matching import changes_in_export, gone_in_export, told_in_export, without_names
from aggregator.model import (
    Bundle,
    Entry,
    Exported,
    Source,
    Tally,
)
from aggregator.publishing import Output, publish_picture
from aggregator.sources import ExportSource
from aggregator.storage import Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Import:
    """How an import went. `read` are the files that were read, `known` those that had been before, `problems` what is
    wrong with each of the others; `tally` counts what was met, and `since` and `until` are its first and last post."""

    source: str
    read: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    since: datetime | None = None
    until: datetime | None = None
    new: int = 0
    changed: int = 0
    gone: int = 0


def export_sources(config: Config) -> list[ExportSource]:
    return [source for source in config.live_sources.values() if isinstance(source, ExportSource)]


def source_of(config: Config, path: Path) -> ExportSource:
    """The source that PATH is for: the one in whose folder it lies, else the one whose page it says it is of."""
    sources = export_sources(config)
    if not sources:
        what = 'no actor has a source with export = "…", which says whose exports these are; docs/facebook.md shows how'
        raise FetchError(str(path), what)
    whole = path.absolute()
    for source in sources:
        if Path(source.export).absolute() in (whole, *whole.parents):
            return source
    with open_bundle(path) as bundle:
        found = [source for source in sources if source.is_of(bundle, config.actors[source.actor].facebook)]
    if len(found) == 1:
        return found[0]
    if len(sources) == 1:
        return sources[0]
    raise FetchError(str(path), f"does not say whose it is; add --source and one of {', '.join(s.id for s in sources)}")


def empty_inbox(config: Config, storage: Storage, source: ExportSource, now: datetime) -> Import:
    """Read what waits in the folder of SOURCE, and tidy up after it."""
    return import_paths(config, storage, source, waiting(Path(source.export)), now)


def import_paths(
    config: Config,
    storage: Storage,
    source: ExportSource,
    paths: Sequence[Path],
    now: datetime,
    *,
    full: bool = False,
    again: bool = False,
) -> Import:
    """Read PATHS as one export of SOURCE, each content once unless AGAIN; what fails is named, and the rest is kept.

    FULL tells that they are all that the page has had between its first post and its last.
    """
    storage.rename(config.renames)
    known = frozenset[str]() if again else storage.imports(source.id)
    problems: dict[str, str] = {}
    fingerprints: dict[str, str] = {}
    with ExitStack() as stack:
        parts: dict[str, Bundle] = {}
        for path in dict.fromkeys(paths):
            try:
                bundle = stack.enter_context(open_bundle(path))
                fingerprints[str(path)] = fingerprint_of(path, source.may_open)
                if fingerprints[str(path)] not in known:
                    parts[str(path)] = bundle
            except SourceError as error:
                problems[str(path)] = error.reason
        outcome = _read_all(config, storage, source, parts, fingerprints, problems, now, full)
    join_stories(config, storage)
    done = tuple(path for path in fingerprints if path not in parts and path not in problems)
    outcome = replace(outcome, known=done, problems=problems)
    settled(Path(source.export), (*outcome.read, *done), problems)
    return outcome


def _read_all(
    config: Config,
    storage: Storage,
    source: ExportSource,
    parts: Mapping[str, Bundle],
    fingerprints: Mapping[str, str],
    problems: dict[str, str],
    now: datetime,
    full: bool,
) -> Import:
    """Read the parts together; if one cannot be read, it is put aside with its problem, and the others are read."""
    left = dict(parts)
    while left:
        try:
            outcome = _kept(config, storage, source, left, fingerprints, now, (full or source.full) and not problems)
        except SourceError as error:
            at_fault = [path for path in left if path in error.location.split(", ")] or list(left)
            reason = error.reason
        except OutputError as error:
            at_fault, reason = list(left), f"cannot be read now: {error}"
        except StoreError:
            raise
        except Exception as error:  # A fence: a fault of ours costs these files, not the round.
            log.exception("%s: our own fault", source.id)
            at_fault, reason = list(left), f"could not be read, which is our own fault: {error!r}"
        else:
            return outcome
        for path in at_fault:
            problems[path] = reason
            del left[path]
    return Import(source.id)


def _kept(
    config: Config,
    storage: Storage,
    source: ExportSource,
    parts: Mapping[str, Bundle],
    fingerprints: Mapping[str, str],
    now: datetime,
    full: bool,
) -> Import:
    """Gather, match, tag and keep: the street, walked by hand."""
    bundle = Bundle(tuple(member for part in parts.values() for member in part.members))
    export = source.gather(bundle, now, config.actors[source.actor].facebook)
    barred = {alias for gone in storage.taken_down(source.id) for alias in gone.aliases}
    told = told_in_export(_with_pictures(config, source, without_names(export.entries, barred)))
    known = storage.known(source.id, {alias for entry in told for alias in entry.aliases})
    changes = changes_in_export(with_events(told, known, now), known, full)
    new = (judged(config, new_item(config, source, entry, now)) for entry in changes.new)
    changed = (retold(config, change, now) for change in changes.changed)
    gone = []
    if full and export.since and export.until:
        gone = gone_in_export(storage.items(source.id), told, export.since, export.until, now)
    read = {fingerprints[path]: Path(path).name for path in parts}
    storage.keep_import(source.id, read, chain(new, changed), gone, now)
    return Import(
        source.id,
        read=tuple(parts),
        tally=export.tally,
        since=export.since,
        until=export.until,
        new=len(changes.new),
        changed=len(changes.changed),
        gone=len(gone),
    )


def _with_pictures(config: Config, source: Source, entries: Iterable[Exported]) -> list[Exported]:
    """The entries with the pictures that may be published; without a word about the rights, none is even opened."""
    if source.pictures != "publish":
        return list(entries)
    output = Output(config.output, desk=source.id.replace("/", "-"))
    try:
        return [replace(one, entry=_with_picture(config, source, one, output)) for one in entries]
    finally:
        output.finish()


def _with_picture(config: Config, source: Source, told: Exported, output: Output) -> Entry:
    if told.picture is None:
        return told.entry
    with told.picture.file.open() as stream:
        image = publish_picture(stream, output, config.site, source.actor, told.picture.caption)
    return replace(told.entry, image=image)
