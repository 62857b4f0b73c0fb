"""Try out: fetch one address or file, and say what it is and what it would give. Nothing is stored."""

from dataclasses import dataclass

from aggregator.errors import ParseError
from aggregator.fetching import fetcher
from aggregator.model import Document, Entry, Manners, Visit
from aggregator.places import folded
from aggregator.sources import FeedSource, feeds_named_in, is_page


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found; `toml` are lines for feeds.toml that would read it.

    `kind` is "feed", or one of what cannot be read: "page", "calendar", "export" (a ZIP file) and "unknown".
    """

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    toml: str = ""


async def try_out(location: str, manners: Manners) -> Trial:
    """FetchError if there is nothing to look at."""
    async with fetcher(manners) as web:
        answer = await web.fetch(location, Visit())
    document = answer if isinstance(answer, Document) else Document(location, b"")
    try:
        reading = FeedSource(feed=location).read(document)
    except ParseError as error:
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


def _page(document: Document) -> Trial:
    named = feeds_named_in(document)
    if not named:
        return Trial("page", warnings=("this is a web page, and it names no newsfeed",))
    found = ", ".join(address for _, address in named)
    return Trial("page", warnings=(f"this is a web page; it names these newsfeeds: {found}",))


def _other(document: Document, error: ParseError) -> Trial:
    if document.content.lstrip().startswith(b"BEGIN:VCALENDAR"):
        return Trial("calendar", warnings=("this is a calendar (iCalendar), which cannot be read as a newsfeed",))
    if document.content.startswith(b"PK"):
        return Trial("export", warnings=("this is a ZIP file, perhaps an export; it cannot be read as a newsfeed",))
    return Trial("unknown", warnings=(str(error),))


def _toml(location: str, title: str) -> str:
    name = title or "Aktörens namn"
    id = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded(name)).split())
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return "\n".join(
        (
            f"[actor.{id or 'aktor'}]",
            f'name     = "{quoted}"',
            'area     = ""',
            'homepage = ""',
            f'feed     = "{location}"',
        )
    )
