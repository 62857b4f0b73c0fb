"""One piece of news as a page shows it, before it goes through the gate; several ways of reading may each add to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import quote, urldefrag

from aggregator.model import Entry, Event, Image
from aggregator.sources import clean
from aggregator.sources.page.markup import Page

# A day that the address of an article tells: /2026/11/03/stadmote or /nyheter/2026-11-03-stadmote
_DAY_IN_ADDRESS = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-]|$)")
# As much of a title as finds its place on a page.
_FINDS = 80


@dataclass(frozen=True, slots=True)
class Raw:
    """Texts are HTML or plain text as HTML, addresses are whole; what is not told is empty."""

    title: str = ""
    url: str = ""
    id: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    published: str = ""
    updated: str = ""
    image: Image | None = None
    event: Event | None = None
    anchor: str = ""

    def filled(self, other: "Raw") -> "Raw":
        """With what OTHER tells where this tells nothing. Two texts of which either is the other's are one."""
        missing = {part.name: getattr(other, part.name) for part in fields(self) if not getattr(self, part.name)}
        return replace(self, **missing)


def entry_of(raw: Raw, page: Page) -> Entry:
    url = raw.url or address_on(page, raw)
    found = _DAY_IN_ADDRESS.search(url) if not (raw.published or raw.updated or raw.event) else None
    return clean.entry(
        page.base,
        id=raw.id,
        url=url,
        title=raw.title,
        summary=raw.summary,
        content=raw.content,
        authors=raw.authors,
        categories=raw.categories,
        language=raw.language or page.language,
        published="-".join(found.groups()) if found else raw.published,
        updated=raw.updated,
        image=raw.image,
        event=raw.event,
        at=page.at,
    )


def address_on(page: Page, raw: Raw) -> str:
    """Where on PAGE a piece of news without an address of its own stands: at its id, or else at the words of its title.

    Browsers go to words by a text fragment (wicg.github.io/scroll-to-text-fragment).
    """
    home = urldefrag(clean.whole_url(page.location)).url
    if not home:
        return ""
    if raw.anchor:
        return f"{home}#{quote(raw.anchor)}"
    words = clean.plain(raw.title)[:_FINDS]
    words = words.rpartition(" ")[0] or words if len(words) == _FINDS else words
    return f"{home}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else home


def distinct(raws: Iterable[Raw]) -> list[Raw]:
    """The same news told twice at one address is one, with what either tells."""
    found: dict[tuple[str, str], Raw] = {}
    for raw in raws:
        key = (raw.url, "" if raw.url else f"{raw.title}\0{raw.published}")
        if raw.event:
            key = (raw.url, f"{raw.title}\0{raw.event.start}")
        found[key] = found[key].filled(raw) if key in found else raw
    return list(found.values())


def same_page(url: str, page: Page) -> bool:
    """Whether URL is that of the page itself, wherever on it."""
    return _bare(url) == _bare(clean.whole_url(page.location))


def _bare(url: str) -> str:
    return urldefrag(url).url.partition("://")[2].removeprefix("www.").rstrip("/")


def joined(ways: Sequence[Sequence[Raw]]) -> list[Raw]:
    """The news of the first of WAYS, each with what the later ones tell of the same address."""
    first, *others = ways
    more: dict[str, Raw] = {}
    for raw in (raw for way in others for raw in way if raw.url):
        more[_bare(raw.url)] = more[_bare(raw.url)].filled(raw) if _bare(raw.url) in more else raw
    return [raw.filled(_beside(raw, found)) if (found := more.get(_bare(raw.url))) else raw for raw in first]


def _beside(raw: Raw, other: Raw) -> Raw:
    """What OTHER may add to RAW: an id is one way's own, and the day beside an event is when it takes place."""
    return replace(other, id="", published="", updated="") if raw.event else replace(other, id="")
