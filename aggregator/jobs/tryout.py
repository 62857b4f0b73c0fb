"""Try out: fetch one address or file, and say what it is and what it would give. Nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin
from zipfile import is_zipfile

from aggregator.config import NewActor, lines_of, name_from, quoted, slug_of
from aggregator.errors import ParseError
from aggregator.fetching import fetcher, open_bundle
from aggregator.jobs.finding import Findings, find
from aggregator.model import Document, Entry, Manners, Reading, Visit
from aggregator.sources import ExportSource, FeedSource, is_closed, is_of_comments, is_page, made_with, title_of

# When nobody says what time it is, no post is from the future.
LONG_AHEAD = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found; `toml` are lines for feeds.toml that would read it.

    `kind` is what is at the address: "feed", "page", "calendar", "export" or "unknown". `entries` are of the address,
    or of the best of the newsfeeds that a page has; `source` is the address they come from, and `key` is what
    feeds.toml has it under; `homepage` is their site's.
    """

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    toml: str = ""
    source: str = ""
    homepage: str = ""
    key: str = "feed"


async def try_out(location: str, manners: Manners, now: datetime = LONG_AHEAD) -> Trial:
    """FetchError if there is nothing to look at."""
    if is_closed(location):
        return _closed(location)
    if "://" not in location and _may_be_export(Path(location)):
        return _export(Path(location), now)
    async with fetcher(manners, now=now) as web:
        answer = await web.fetch(location, Visit())
        document = replace(answer, at=now) if isinstance(answer, Document) else Document(location, b"", at=now)
        try:
            reading = FeedSource(feed=location).read(document)
        except ParseError as error:
            if document.content[:1] in (b"[", b"{") and "://" not in location:
                dump = _export(Path(location), now)
                return dump if dump.entries else _other(document, error)
            if not is_page(document):
                return _other(document, error)
            return _page(document, await find(web, document, now) if "://" in location else Findings())
    return _feed(location, document, reading)


def _feed(location: str, document: Document, reading: Reading) -> Trial:
    warnings = list(_warnings(reading))
    if document.location != location:
        warnings.append(f"the address leads to {document.location}")
    if is_of_comments(reading.title, location):
        warnings.append("this newsfeed seems to be of comments, not of news")
    homepage = reading.home or (urljoin(location, "/") if "://" in location else "")
    toml = _toml(reading.title, homepage, location)
    return Trial("feed", reading.title, reading.entries, tuple(warnings), toml, location, homepage)


def _warnings(reading: Reading) -> Iterator[str]:
    yield from reading.notes
    undated = sum(entry.published is None and entry.updated is None for entry in reading.entries)
    if undated:
        yield f"{undated} of {len(reading.entries)} entries have no date that can be read"
    if not reading.entries:
        yield "the newsfeed is empty"


def _page(document: Document, found: Findings) -> Trial:
    """What a page's site has; its own newsfeeds first, and what it was made with if it has none."""
    title, home = title_of(document), document.location
    warnings = []
    if named := [feed.address for feed in found.feeds if feed.named] + list(found.unread):
        warnings.append(f"this is a web page; it names these newsfeeds: {', '.join(named)}")
    if guessed := [feed.address for feed in found.feeds if not feed.named]:
        warnings.append(f"this is a web page; its site has, without naming them, these newsfeeds: {', '.join(guessed)}")
    if found.calendars:
        warnings.append(f"it names these calendars: {', '.join(found.calendars)}")
    warnings += found.broken
    if not found.feeds or found.feeds[0].is_of_comments:
        system = made_with(document)
        made = f" (made with {system})" if system else ""
        warnings.append(f"this is a web page{made}, and no newsfeed of news was found on its site")
        return Trial("page", title, warnings=tuple(warnings), homepage=home)
    best = found.feeds[0]
    warnings += _warnings(best.reading)
    name = best.reading.title or title
    return Trial(
        "page", name, best.reading.entries, tuple(warnings), _toml(name, home, best.address), best.address, home
    )


def _closed(location: str) -> Trial:
    what = (
        "Facebook and Instagram show nothing to programs: the news of such a page is imported from its export "
        "(docs/handbok.md tells how its editors make one)"
    )
    return Trial("export", warnings=(what,), toml=_toml_of_export(""))


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
            f"page_name = {quoted(title.partition(' (')[0])}",
        )
    )


def _other(document: Document, error: ParseError) -> Trial:
    if document.content.lstrip().startswith(b"BEGIN:VCALENDAR"):
        return Trial("calendar", warnings=("this is a calendar (iCalendar), which cannot be read as a newsfeed",))
    if document.content.startswith(b"PK"):
        what = "this is a ZIP file, perhaps an export from Facebook; fetch it by hand, and try the file"
        return Trial("export", warnings=(what,))
    return Trial("unknown", warnings=(str(error),))


def _toml(title: str, homepage: str, feed: str) -> str:
    name = name_from(title) or "Aktörens namn"
    return lines_of(NewActor(slug_of(name) or "aktor", name, homepage=homepage, location=feed))
