"""A news list on a site that has no newsfeed: a page made for people."""

import re
from pathlib import Path
from typing import ClassVar, Self

from aggregator.errors import ParseError
from aggregator.model import Document, Reading, Source
from aggregator.model.units import Location
from aggregator.sources import bounds, letters
from aggregator.sources.page import declared, sitemap
from aggregator.sources.page.markup import Page, page_of
from aggregator.sources.page.raw import distinct, entry_of
from aggregator.sources.page.selecting import Select

_END = re.compile(r"</html\s*>", re.IGNORECASE)
_NO_PAGE = (
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL),
        "is a newsfeed; write feed = instead of page =",
    ),
    (re.compile("BEGIN:VCALENDAR"), "is a calendar and no web page"),
    (re.compile(r"[\[{]"), "is JSON and no web page"),
    (re.compile("%PDF-"), "is a PDF and no web page"),
    (re.compile(r"PK\x03\x04|\x1f|.PNG\b|GIF8"), "is a file of some other kind, and no web page"),
)


class PageSource(Source, frozen=True):
    """`page` is the address of the page, or a path that counts from feeds.toml.

    `select` says which of its elements are news; without it, the page has to declare them itself. With `full_text`, the
    page of each new item is read as well.
    """

    is_page: ClassVar[bool] = True

    page: Location
    select: Select | None = None
    full_text: bool = False

    @property
    def location(self) -> str:
        return self.page

    @property
    def wants_full_text(self) -> bool:
        return self.full_text

    def below(self, folder: Path) -> Self:
        return self if "://" in self.page else self.model_copy(update={"page": str(folder / self.page)})

    def read(self, document: Document) -> Reading:
        text = letters.text_in(document.content, document.media_type).strip("\x00\t\n\r \ufeff")
        if not text:
            raise ParseError(document.location, "answers with nothing at all")
        if what := next((what for begins, what in _NO_PAGE if begins.match(text)), ""):
            raise ParseError(document.location, what)
        if sitemap.kind_of(text):
            return sitemap.read(document, text)
        page = page_of(text, document.location, document.at)
        return reading_of(page, self.select, whole=_END.search(text[-2000:]) is not None)


def reading_of(page: Page, select: Select | None, whole: bool = True) -> Reading:
    """What PAGE says, by SELECT or by what it declares itself."""
    raws, notes = select.read(page) if select else declared.read(page)
    kept = distinct(raws)[: bounds.ENTRIES]
    entries = [entry for raw in kept if (entry := entry_of(raw, page)).title]
    return Reading(tuple(entries), title=page.title, notes=(*page.notes, *notes), whole=whole)
