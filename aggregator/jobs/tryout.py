"""Try out: look at one address or file, and say what it is and what it would give. Nothing is stored."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from aggregator.errors import ParseError, SourceError
from aggregator.fetching import Fetcher, fetcher
from aggregator.jobs.finding import Findings, find
from aggregator.jobs.trial import Trial
from aggregator.jobs.tryfiles import lines_of_export, may_be_export, try_export, try_inbox, written_by_hand
from aggregator.jobs.trypage import robots_warning, warnings_of
from aggregator.model import Document, Manners, Reading, Visit
from aggregator.sources import (
    CalendarSource,
    FeedSource,
    is_closed,
    is_of_comments,
    is_page,
    is_sitemap,
    made_with,
    proposed,
    title_of,
)

# When nobody says what time it is, no post is from the future.
LONG_AHEAD = datetime(9000, 1, 1, tzinfo=UTC)


async def try_out(location: str, manners: Manners, now: datetime = LONG_AHEAD) -> Trial:
    """FetchError if there is nothing to look at."""
    if is_closed(location):
        return _closed()
    if "://" not in location:
        if files := written_by_hand(Path(location)):
            return try_inbox(files, now)
        if may_be_export(Path(location)):
            return try_export(Path(location), now)
    if location.lower().startswith("webcal"):
        location = CalendarSource(calendar=location).location
    async with fetcher(manners, now=now) as web:
        answer = await web.fetch(location, Visit())
        document = replace(answer, at=now) if isinstance(answer, Document) else Document(location, b"", at=now)
        try:
            return _feed(location, document, FeedSource(feed=location).read(document))
        except ParseError as error:
            if document.content[:1] in (b"[", b"{") and "://" not in location:
                dump = try_export(Path(location), now)
                return dump if dump.entries else _other(document, error)
            if is_page(document):
                return await _page(web, location, document, now)
            return await _sitemap(web, location, document) if is_sitemap(document) else _other(document, error)


def _feed(location: str, document: Document, reading: Reading) -> Trial:
    warnings = list(_warnings(reading))
    if document.location != location:
        warnings.append(f"the address leads to {document.location}")
    if is_of_comments(reading.title, location):
        warnings.append("this newsfeed seems to be of comments, not of news")
    homepage = reading.home or _site(location)
    return Trial("feed", reading.title, reading.entries, tuple(warnings), location, homepage)


def _warnings(reading: Reading) -> Iterator[str]:
    yield from reading.notes
    undated = sum(entry.published is None and entry.updated is None for entry in reading.entries)
    if undated:
        yield f"{undated} of {len(reading.entries)} entries have no date that can be read"
    if not reading.entries:
        yield "the newsfeed is empty"


async def _page(web: Fetcher, location: str, document: Document, now: datetime) -> Trial:
    """The best that the site of a page has: a newsfeed, else the list of news on the page itself, else a calendar."""
    found = await find(web, document, now) if "://" in location else Findings()
    warnings = list(_named(found))
    if found.feeds and not found.feeds[0].is_of_comments:
        best = found.feeds[0]
        warnings += _warnings(best.reading)
        title = best.reading.title or title_of(document)
        return Trial("page", title, best.reading.entries, tuple(warnings), best.address, homepage=document.location)
    system = made_with(document)
    made = f" (made with {system})" if system else ""
    warnings.insert(0, f"this is a web page{made}, and no newsfeed of news was found on its site")
    itself = await _read_as_page(web, location, document)
    if not itself.entries:
        for address in found.calendars[:1]:
            calendar = await _calendar_at(web, address, now)
            if calendar.entries:
                return replace(calendar, kind="page", warnings=(*warnings, *calendar.warnings))
    return replace(itself, warnings=(*warnings, *itself.warnings))


def _named(found: Findings) -> Iterator[str]:
    if named := [feed.address for feed in found.feeds if feed.named] + list(found.unread):
        yield f"this is a web page; it names these newsfeeds: {', '.join(named)}"
    if guessed := [feed.address for feed in found.feeds if not feed.named]:
        yield f"this is a web page; its site has, without naming them, these newsfeeds: {', '.join(guessed)}"
    if found.calendars:
        yield f"it names these calendars: {', '.join(found.calendars)}"
    yield from found.broken


async def _sitemap(web: Fetcher, location: str, document: Document) -> Trial:
    itself = await _read_as_page(web, location, document)
    return replace(itself, warnings=("this is a sitemap", *itself.warnings))


async def _read_as_page(web: Fetcher, location: str, document: Document) -> Trial:
    """What the list of news on a page gives, as the page declares it or with selectors that are guessed."""
    proposal = proposed(document)
    reading = proposal.reading
    forbidden = await robots_warning(web, location) if reading.entries and "://" in location else ""
    warnings = [*([forbidden] if forbidden else ()), *warnings_of(proposal)]
    source = location if reading.entries else ""
    title = reading.title or title_of(document)
    return Trial(
        "page", title, reading.entries, tuple(warnings), source, _site(location), key="page", select=proposal.select
    )


async def _calendar_at(web: Fetcher, address: str, now: datetime) -> Trial:
    try:
        answer = await web.fetch(CalendarSource(calendar=address).location, Visit())
        return _calendar(replace(answer, at=now)) if isinstance(answer, Document) else Trial("calendar")
    except SourceError as error:
        return Trial("calendar", warnings=(str(error),))


def _calendar(document: Document) -> Trial:
    reading = CalendarSource(calendar=document.location).read(document)
    warnings = reading.notes if reading.entries else (*reading.notes, "the calendar has no coming events")
    return Trial(
        "calendar",
        reading.title,
        reading.entries,
        warnings,
        document.location,
        _site(document.location),
        key="calendar",
    )


def _site(location: str) -> str:
    return urljoin(location, "/") if "://" in location else ""


def _closed() -> Trial:
    what = (
        "Facebook and Instagram show nothing to programs: the news of such a page is imported from its export "
        "(docs/facebook.md tells how its editors make one)"
    )
    return Trial("export", warnings=(what,), lines=lines_of_export(""))


def _other(document: Document, error: ParseError) -> Trial:
    if b"BEGIN:VCALENDAR" in document.content[:200].upper():
        return _calendar(document)
    if document.content.startswith(b"PK"):
        what = "this is a ZIP file, perhaps an export from Facebook; fetch it by hand, and try the file"
        return Trial("export", warnings=(what,))
    return Trial("unknown", warnings=(str(error),))
