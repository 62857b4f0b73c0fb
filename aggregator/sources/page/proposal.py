"""How a page could be read: by what it declares, or by selectors that are guessed. For an operator, who decides."""

from dataclasses import dataclass, field

from aggregator.errors import ParseError
from aggregator.model import Document, Reading
from aggregator.sources import letters
from aggregator.sources.page import sitemap
from aggregator.sources.page.guess import guessed
from aggregator.sources.page.markup import page_in
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
    declared, problem = Reading(()), ""
    try:
        declared = PageSource(page=document.location).read(document)
    except ParseError as error:
        problem = error.reason
    if is_sitemap(document) or (len(declared.entries) >= ENOUGH and _dated(declared) >= 0.5):
        return Proposal(declared, problem=problem)
    by_guess = _by_guess(document)
    if by_guess and (len(declared.entries) < ENOUGH or _dated(by_guess.reading) > _dated(declared)):
        return by_guess
    return Proposal(declared, problem=problem)


def _by_guess(document: Document) -> Proposal | None:
    try:
        page = page_in(document)
        select = guessed(page)
        return Proposal(reading_of(page, select), select) if select else None
    except ParseError:
        return None


def _dated(reading: Reading) -> float:
    dated = sum(bool(entry.published or entry.updated or entry.event) for entry in reading.entries)
    return dated / max(len(reading.entries), 1)
