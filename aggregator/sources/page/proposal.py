"""How a page could be read: by what it declares, or by selectors that are guessed. For an operator, who decides."""

from dataclasses import dataclass, field

from aggregator.errors import ParseError
from aggregator.model import Document, Reading
from aggregator.sources import letters
from aggregator.sources.page import sitemap
from aggregator.sources.page.guess import guessed
from aggregator.sources.page.markup import page_of
from aggregator.sources.page.selecting import Select
from aggregator.sources.page.source import PageSource, reading_of

# What a page declares is enough if it tells of so many, most of them with a day.
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a page gives when it is read as proposed: by SELECT, or as it declares itself if that is None.

    `problem` is why nothing is proposed.
    """

    reading: Reading = field(default_factory=lambda: Reading(()))
    select: Select | None = None
    problem: str = ""


def is_sitemap(document: Document) -> bool:
    return bool(sitemap.kind_of(letters.text_in(document.content[:5000], document.media_type).lstrip("\ufeff")))


def proposed(document: Document) -> Proposal:
    try:
        declared = PageSource(page=document.location).read(document)
    except ParseError as error:
        problem = error.reason
        declared = Reading(())
    else:
        problem = ""
    if is_sitemap(document) or (len(declared.entries) >= ENOUGH and _dated(declared) >= 0.5):
        return Proposal(declared, problem=problem)
    page = page_of(letters.text_in(document.content, document.media_type), document.location, document.at)
    select = guessed(page)
    try:
        selected = reading_of(page, select) if select else Reading(())
    except ParseError:
        selected = Reading(())
    if select and selected.entries and (len(declared.entries) < ENOUGH or _dated(selected) > _dated(declared)):
        return Proposal(selected, select)
    return Proposal(declared, problem=problem)


def _dated(reading: Reading) -> float:
    dated = sum(bool(entry.published or entry.updated or entry.event) for entry in reading.entries)
    return dated / max(len(reading.entries), 1)
