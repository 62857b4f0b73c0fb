"""Try out files of this machine: exports from Facebook, and what is written by hand."""

from datetime import datetime
from pathlib import Path
from zipfile import is_zipfile

from aggregator.config import quoted
from aggregator.errors import FetchError, ParseError, SourceError
from aggregator.fetching import open_bundle
from aggregator.jobs.byhand import content_of
from aggregator.jobs.inbox import lying
from aggregator.jobs.trial import Trial
from aggregator.model import SWEDEN, Document
from aggregator.places import name_of
from aggregator.sources import MAIL, NOTES, ExportSource, InboxSource


def written_by_hand(path: Path) -> dict[str, Path]:
    """The notes and saved mails that PATH is or holds, by their names; none if it is something else."""
    if path.is_dir():
        lies = lying(path)
        return dict(lies.files) if any(name.lower().endswith((".md", MAIL)) for name in lies.files) else {}
    return {path.name: path} if path.name.lower().endswith((*NOTES, MAIL)) else {}


def try_inbox(files: dict[str, Path], now: datetime) -> Trial:
    """What notes and mails would become; what is wrong with one is a warning, and the others are shown."""
    source = InboxSource(inbox=".")
    entries, warnings = [], []
    for name, path in files.items():
        try:
            written = source.told(Document(name, content_of(path), at=now))
        except SourceError as error:
            if len(files) == 1 and isinstance(error, FetchError):
                raise
            warnings.append(f"{name}: {error.reason}")
            continue
        entries.append(written.entry)
        if written.draft:
            warnings.append(f"{name} is a draft, and would not be published")
        elif written.since:
            warnings.append(f"{name} would be published from {written.since.astimezone(SWEDEN):%Y-%m-%d %H:%M}")
        if written.entry.places:
            warnings.append(f"{name} is for {', '.join(map(name_of, written.entry.places))}")
    lines = '[actor.AKTÖR]\ninbox = "store/inbox/AKTÖR/"'
    return Trial("inbox", entries=tuple(entries), warnings=tuple(warnings), lines=lines)


def may_be_export(path: Path) -> bool:
    """A folder, a ZIP, or a file of a sort that no newsfeed is in; JSON may be either, so it is asked last."""
    return path.is_dir() or path.suffix.lower() in (".csv", ".jsonl", ".ndjson") or is_zipfile(path)


def try_export(path: Path, now: datetime) -> Trial:
    """What is in an export from Facebook, whosever it is; what is wrong with it is a warning like any other."""
    source = ExportSource(export=str(path))
    try:
        with open_bundle(path) as bundle:
            export = source.gather(bundle, now)
    except ParseError as error:
        return Trial("export", warnings=(error.reason,))
    tally = export.tally
    warnings = [*tally.notes]
    if tally.shells:
        warnings.append(f"empty shares: {tally.shells}; Facebook does not export what was shared")
    if tally.missing:
        warnings.append(f"pictures and films that are not in it: {tally.missing}")
    if tally.unknown:
        warnings.append(f"unknown keys: {', '.join(key for key, _ in tally.unknown)}")
    entries = tuple(told.entry for told in export.entries)
    title = ", ".join(tally.pages)
    return Trial("export", title, entries, tuple(warnings), lines=lines_of_export(title))


def lines_of_export(title: str) -> str:
    return "\n".join(
        (
            "[actor.AKTÖR.source.facebook]",
            'export    = "store/inbox/AKTÖR/"',
            f"page_name = {quoted(title.partition(' (')[0])}",
        )
    )
