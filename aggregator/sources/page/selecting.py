"""What an operator says of a page: which of its elements are news, and where in them what stands."""

import re
from collections.abc import Callable, Mapping, Set
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Annotated, Self

from cssselect import SelectorError
from pydantic import AfterValidator, BaseModel, model_validator

from aggregator.errors import ParseError
from aggregator.model.units import Text
from aggregator.sources import clean
from aggregator.sources.page.looking import (
    HEADINGS,
    Element,
    address,
    day_of,
    image_of,
    link_of,
    markup,
    select,
    selector,
    told_by,
    words,
    written_day_in,
)
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw

MOST_ITEMS = 500
MOST_LINKS = 5_000

_TBODY = re.compile(r">\s*tbody\b(?![.#:\[])\s*(?=>)")


def _css(value: str) -> str:
    try:
        selector(value)
    except (SelectorError, ValueError) as error:
        raise ValueError(f'"{value}" is no CSS selector: {error}; as "article.nyhet" or "ul.nyheter > li"') from error
    return value


Css = Annotated[Text, AfterValidator(_css)]


class Select(BaseModel, frozen=True, extra="forbid"):
    """CSS selectors: `item` for each piece of news, the others within it; what is left out is looked for.

    With `pattern` only links to such addresses count, where * stands for anything: "/nyheter/*" counts from the site's
    root. Without `item`, each such link is a piece of news, with what stands around it.
    An `item` that is a heading means also what follows it, until the next.
    """

    item: Css | None = None
    title: Css | None = None
    link: Css | None = None
    date: Css | None = None
    summary: Css | None = None
    image: Css | None = None
    pattern: Text | None = None

    @model_validator(mode="after")
    def _has_something_to_go_by(self) -> Self:
        if self.item is None and self.pattern is None:
            raise ValueError(
                "select needs item (a CSS selector for each piece of news) or pattern (of their addresses)"
            )
        return self

    def read(self, page: Page) -> tuple[list[Raw], tuple[str, ...]]:
        """The news on the page, and notes; ParseError if there is none, or none with a title."""
        items = self._items(page)
        headings = frozenset(items) if items[0].tag in (*HEADINGS, "dt") and self.item else frozenset()
        wholes = [with_what_follows(item, headings) if headings else item for item in items[:MOST_ITEMS]]
        raws = [self._raw(item, page) for item in wholes]
        if headings:
            raws = [replace(raw, content=_after_heading(item)) for raw, item in zip(raws, wholes, strict=True)]
        matching = [raw for raw in raws if self._counts(raw.url, page)]
        if raws and not matching:
            raise ParseError(page.location, f'has {len(raws)} items, but no link of them is like "{self.pattern}"')
        titled = [raw for raw in matching if clean.plain(raw.title)]
        if not titled:
            raise ParseError(page.location, f"has {len(matching)} items, and none has a title; see select.title")
        return titled, tuple(self._notes(items, matching, titled))

    def _items(self, page: Page) -> list[Element]:
        if self.item is None:
            found = around_links(page, lambda url: self._counts(url, page))
            if not found:
                raise ParseError(page.location, f'has no link that is like select.pattern = "{self.pattern}"')
            return found
        # Browsers show a <tbody> in every table, also where the page has none.
        found = select(self.item, page.root) or select(_TBODY.sub("", self.item), page.root)
        if not found:
            parts = self.item.split()
            starts = (" ".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
            near = next((start for start in starts if _is_there(start, page)), "")
            hint = f'; "{near}" is there' if near else ""
            raise ParseError(
                page.location,
                f'has nothing that select.item = "{self.item}" matches{hint}; the page may have been made anew: '
                "'nyhetsflode try' on its address proposes what to write",
            )
        return found

    def _raw(self, item: Element, page: Page) -> Raw:
        looked = told_by(item, page)
        title = _first(self.title, item)
        link = _first(self.link, item)
        if link is not None and not link.get("href"):
            link = link_of(link, None)
        picture = _first(self.image, item)
        summary = _first(self.summary, item)
        return replace(
            looked,
            title=markup(title) if self.title else looked.title,
            url=address(link, page) if self.link else looked.url,
            published=self._day(item, page) if self.date else looked.published,
            updated="" if self.date else looked.updated,
            summary=markup(summary) if self.summary else looked.summary,
            image=(image_of(picture, page) if picture is not None else None) if self.image else looked.image,
        )

    def _day(self, item: Element, page: Page) -> str:
        found = select(self.date, item) if self.date else []
        told = (day_of(part, page) or written_day_in(part, None, page) or words(part) for part in found)
        return next((raw for raw in told if raw), "")

    def _counts(self, url: str, page: Page) -> bool:
        if self.pattern is None:
            return True
        pattern = "" if self.pattern.startswith("*") else clean.whole_url(self.pattern, page.base)
        return is_like(url.partition("://")[2], pattern.partition("://")[2] or self.pattern)

    def _notes(self, items: list[Element], matching: list[Raw], titled: list[Raw]) -> list[str]:
        count = len(titled)
        notes = []
        if len(items) > MOST_ITEMS:
            notes.append(f"has {len(items)} items; the first {MOST_ITEMS} were read")
        if count < len(matching):
            notes.append(f"{len(matching) - count} of {len(matching)} items have no title, and were passed over")
        linkless = [raw for raw in titled if not raw.url]
        if linkless:
            named = ", ".join(f'"{clean.plain(raw.title)[:40]}"' for raw in linkless[:3])
            notes.append(f"{len(linkless)} of {count} items have no link, and lead to the page itself: {named}")
        for key, told in (("date", "published"), ("summary", "summary"), ("image", "image")):
            if getattr(self, key) and not any(getattr(raw, told) for raw in titled):
                notes.append(f'select.{key} = "{getattr(self, key)}" matches nothing in any item')
        return notes


def is_like(url: str, pattern: str) -> bool:
    """Whether URL is as PATTERN says, in which * is anything."""
    first, *others = pattern.split("*")
    if not others:
        return url.rstrip("/") == pattern.rstrip("/")
    if not url.startswith(first):
        return False
    *between, last = others
    at = len(first)
    for part in between:
        at = url.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(url) - at >= len(last) and url.endswith(last)


def around_links(page: Page, counts: Callable[[str], bool]) -> list[Element]:
    """For each address that counts, the largest element around its links that holds no link to another that does."""
    links: dict[str, list[Element]] = {}
    held: dict[Element, set[str]] = {}
    for link in islice(page.root.iter("a"), MOST_LINKS):
        url = address(link, page) if link.get("href") else ""
        if url and counts(url):
            links.setdefault(url, []).append(link)
            for part in (link, *link.iterancestors()):
                if len(inside := held.setdefault(part, set())) < 2:
                    inside.add(url)
    return [_around(max(same, key=lambda link: len(words(link))), held) for same in links.values()]


def _around(link: Element, held: Mapping[Element, set[str]]) -> Element:
    alone = [
        part for part in (link, *link.iterancestors()) if len(held[part]) == 1 and part.tag not in ("body", "html")
    ]
    return alone[-1] if alone else link


def with_what_follows(heading: Element, headings: Set[Element]) -> Element:
    """A heading and its next siblings until the next of HEADINGS, as one element of its own."""
    whole: Element = heading.makeelement("div")
    whole.append(deepcopy(heading))
    for part in heading.itersiblings():
        if not headings.isdisjoint(part.iter()):
            break
        whole.append(deepcopy(part))
    return whole


def _after_heading(whole: Element) -> str:
    return "".join(map(markup, list(whole)[1:]))


def _first(css: str | None, item: Element) -> Element | None:
    return next(iter(select(css, item)), None) if css else None


def _is_there(css: str, page: Page) -> bool:
    try:
        return bool(select(css, page.root))
    except SelectorError:
        return False
