"""Try out: fetch one address or file, and say what it is and what it would give. Nothing is stored."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import is_zipfile

from aggregator.errors import ParseError
from aggregator.fetching import fetcher, open_bundle
from aggregator.jobs.trypage import lines_for, robots_warning, warnings_of
from aggregator.model import Document, Entry, Manners, Visit
from aggregator.places import folded
from aggregator.sources import (
    CalendarSource,
    ExportSource,
    FeedSource,
    Select,
    feeds_named_in,
    is_page,
    is_sitemap,
    proposed,
)

NAMELESS = "Aktörens namn"

# When nobody says what time it is, no post is from the future.
LONG_AHEAD = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found; `toml` are lines for feeds.toml that would read it.

    `kind` is "feed", "page" or "calendar", or one of what cannot be read: "export" (a ZIP file) and "unknown".
    """

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    toml: str = ""


async def try_out(location: str, manners: Manners, now: datetime = LONG_AHEAD) -> Trial:
    """FetchError if there is nothing to look at."""
    if "://" not in location and _may_be_export(Path(location)):
        return _export(Path(location), now)
    if location.lower().startswith("webcal"):
        location = CalendarSource(calendar=location).location
    async with fetcher(manners) as web:
        answer = await web.fetch(location, Visit())
        document = replace(answer, at=now) if isinstance(answer, Document) else Document(location, b"", at=now)
        reads = _is_read_as_page(document) and "://" in location
        forbidden = await robots_warning(web, location) if reads else ""
    try:
        reading = FeedSource(feed=location).read(document)
    except ParseError as error:
        if document.content[:1] in (b"[", b"{") and "://" not in location:
            dump = _export(Path(location), now)
            return dump if dump.entries else _other(document, error)
        if _is_read_as_page(document):
            return _page_without_feed(location, document, forbidden)
        return _page(document) if is_page(document) else _other(document, error)
    warnings = [*reading.notes]
    undated = sum(entry.published is None and entry.updated is None for entry in reading.entries)
    if undated:
        warnings.append(f"{undated} of {len(reading.entries)} entries have no date that can be read")
    if not reading.entries:
        warnings.append("the newsfeed is empty")
    if document.location != location:
        warnings.append(f"the address leads to {document.location}")
    return Trial("feed", reading.title, reading.entries, tuple(warnings), _toml(location, reading.title))


def _may_be_export(path: Path) -> bool:
    """A folder, a ZIP, or a file of a sort that no newsfeed is in; JSON may be either, so it is asked last."""
    return path.is_dir() or path.suffix.lower() in (".csv", ".jsonl", ".ndjson") or is_zipfile(path)


def _export(path: Path, now: datetime) -> Trial:
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
        warnings.append(f"{tally.shells} shares are empty: Facebook does not export what was shared")
    if tally.missing:
        warnings.append(f"{tally.missing} pictures and films are not in it")
    if tally.unknown:
        warnings.append(f"unknown keys: {', '.join(key for key, _ in tally.unknown)}")
    entries = tuple(told.entry for told in export.entries)
    title = ", ".join(tally.pages)
    return Trial("export", title, entries, tuple(warnings), _toml_of_export(title))


def _toml_of_export(title: str) -> str:
    return "\n".join(
        (
            "[actor.AKTÖR.source.facebook]",
            'export    = "store/inbox/AKTÖR/"',
            f'page_name = "{_quoted(title.partition(" (")[0])}"',
        )
    )


def _is_read_as_page(document: Document) -> bool:
    """Whether it is a page that names no newsfeed, so that it is itself what can be read."""
    return is_sitemap(document) or (is_page(document) and not feeds_named_in(document))


def _page_without_feed(location: str, document: Document, forbidden: str) -> Trial:
    proposal = proposed(document)
    what = "this is a sitemap" if is_sitemap(document) else "this is a web page, and it names no newsfeed"
    warnings = [what, *([forbidden] if forbidden else ()), *warnings_of(proposal)]
    reading = proposal.reading
    toml = _toml_of_page(location, reading.title, proposal.select) if reading.entries else ""
    return Trial("page", reading.title, reading.entries, tuple(warnings), toml)


def _page(document: Document) -> Trial:
    found = ", ".join(address for _, address in feeds_named_in(document))
    return Trial("page", warnings=(f"this is a web page; it names these newsfeeds: {found}",))


def _other(document: Document, error: ParseError) -> Trial:
    if b"BEGIN:VCALENDAR" in document.content[:200].upper():
        return _calendar(document)
    if document.content.startswith(b"PK"):
        what = "this is a ZIP file, perhaps an export from Facebook; fetch it by hand, and try the file"
        return Trial("export", warnings=(what,))
    return Trial("unknown", warnings=(str(error),))


def _calendar(document: Document) -> Trial:
    reading = CalendarSource(calendar=document.location).read(document)
    warnings = reading.notes if reading.entries else (*reading.notes, "the calendar has no coming events")
    toml = _toml(document.location, reading.title).replace("\nfeed     =", "\ncalendar =")
    return Trial("calendar", reading.title, reading.entries, warnings, toml)


def _toml(location: str, title: str) -> str:
    return f'{_toml_of_actor(title)}\nfeed     = "{location}"'


def _toml_of_page(location: str, title: str, select: Select | None) -> str:
    """With selectors a source needs a table of its own."""
    own_table = f"\n\n[actor.{_id(title)}.source.nyheter]" if select else ""
    return f"{_toml_of_actor(title)}{own_table}\n{lines_for(location, select)}"


def _toml_of_actor(title: str) -> str:
    lines = (f"[actor.{_id(title)}]", f'name     = "{_quoted(title or NAMELESS)}"', 'area     = ""', 'homepage = ""')
    return "\n".join(lines)


def _id(title: str) -> str:
    name = folded(title or NAMELESS)
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name).split()
    return "-".join(words) or "aktor"


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
