"""What a page declares of its news by itself, without an operator's selectors.

There are several ways to declare it. They are trusted in this order, and the first that tells at least two is taken
(or, if none does, the first that tells one); what the others say of the same addresses fills what it leaves open:

1. JSON-LD: written for programs, and apart from what is shown.
2. h-entry and h-event (microformats2), then microdata, then the classic hAtom and hCalendar: names in what is shown.
3. `<article>` with a `<time>`: the least that HTML itself can say.
"""

from itertools import islice

from aggregator.errors import ParseError
from aggregator.sources import bounds, clean
from aggregator.sources.page import json_ld, marked
from aggregator.sources.page.looking import HEADINGS, told_by
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw, distinct, joined, same_page

LOOKED_FOR = "JSON-LD (articles or events), h-entry, hAtom, hCalendar, microdata, or <article> with <time>"


def read(page: Page) -> tuple[list[Raw], tuple[str, ...]]:
    """The news that the page declares, and notes; ParseError says what was looked for if it declares none."""
    in_json, notes = json_ld.read(page)
    ways = [in_json, *(marked.read(vocabulary, page) for vocabulary in marked.VOCABULARIES), articles(page)]
    told = [news for way in ways if (news := [raw for raw in distinct(way) if _is_news(raw, page)])]
    told.sort(key=lambda news: len(news) < 2)
    if not told:
        what = "is a web page that declares no news that we can read"
        alone = " (it tells of one article only, its own)" if any(way for way in ways) else ""
        advice = "give select = { item = … }, which 'nyhetsflode try' on the address proposes"
        raise ParseError(page.location, f"{what}{alone}: looked for {LOOKED_FOR}; {advice}")
    return joined(told), notes


def articles(page: Page) -> list[Raw]:
    """What stands in <article> elements, if at least one of them has a <time>."""
    every = list(page.root.iter("article"))
    outer = [part for part in every if next(part.iterancestors("article"), None) is None]
    # A page may wrap all that it lists in one.
    within = list(outer[0].iterdescendants("article")) if len(outer) == 1 else []
    found = within if len(within) > 1 else outer
    if not any(next(part.iter("time"), None) is not None for part in found):
        return []
    told = (part for part in found if next(part.iter(*HEADINGS, "a"), None) is not None)
    return [told_by(part, page) for part in islice(told, bounds.ENTRIES)]


def _is_news(raw: Raw, page: Page) -> bool:
    """Whether it is told by the page, and not the page itself: an article at its own address, or at none."""
    is_told = raw.event is not None or (bool(raw.url) and not same_page(raw.url, page))
    return is_told and bool(clean.plain(raw.title) or clean.plain(raw.summary or raw.content))
