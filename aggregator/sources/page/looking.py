"""What one element of a page tells of a piece of news, by how people write pages: its heading, link, day, ingress."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache
from itertools import islice

from lxml import etree
from lxml.cssselect import CSSSelector

from aggregator.model import Image
from aggregator.sources import clean, dates
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw

Element = etree._Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# In what is longer, a day is only one of the things that are said.
LONGEST_DATE = 80
SHORTEST_SUMMARY = 25
SHORTEST_NAMED = 5  # of what is called an ingress
TEXTS = 200  # that are looked at for a day

_DATE_NAMES = re.compile(r"date|datum|publi|time|\btid|posted|created|when", re.IGNORECASE)
_SUMMARY_NAMES = re.compile(
    r"ingress|preamble|excerpt|summary|intro|teaser|\blead\b|lede|description|(?:item|card|list)[-_]+te?xt",
    re.IGNORECASE,
)
# A short text that begins with a day, or with what stands before one.
_DAY_AT_ONCE = re.compile(
    r"(?:(?:publicera\w*|skrive[nt]|skapa[dt]|posta[dt]|upplag[dt]|inlag[dt]|datum|nyhet\w*|den|posted|published|on|date"
    r"|(?:mån|tis|ons|tors?|fre|lör|sön)\w*|[^\W\d_]{3,9}\.?(?=\s+\d{1,2},))[\s:.,|–-]*|[|–·•-]\s*){0,5}\d",
    re.IGNORECASE,
)
_INLINE = frozenset("a abbr b br em i mark q s small span strong sub sup time u".split())
_GOES_ON = re.compile(r"\bläs\b|\bmer\b|vidare|fortsätt|\bmore\b|\bread\b|till artikeln|[»›→]", re.IGNORECASE)
_CHANGED = re.compile(r"updated|modified|uppdaterad|ändrad", re.IGNORECASE)
_NO_IMAGE = re.compile(
    r"gravatar\.com/avatar|/(?:spacer|blank|pixel|placeholder|transparent)[\w.-]*$|^data:", re.IGNORECASE
)
# Where lazy pages keep the address until the picture is in sight.
_IMAGE_ADDRESSES = ("data-src", "data-lazy-src", "data-original", "data-image", "src")
_STYLE_IMAGE = re.compile(r"""background(?:-image)?\s*:[^;]*?url\(\s*['"]?([^'")]{1,2000})""", re.IGNORECASE)


@cache
def selector(css: str) -> etree.XPath:
    """CSS as XPath; SelectorError (of cssselect) if it is none."""
    return CSSSelector(css, translator="html")


def select(css: str, element: Element) -> list[Element]:
    found = selector(css)(element)
    return [part for part in found if isinstance(part, etree._Element)] if isinstance(found, list) else []


def markup(element: Element | None) -> str:
    """An element as HTML, without what follows it."""
    return "" if element is None else etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def words(element: Element) -> str:
    """The words of an element on one line, to look at; what is kept goes through the gate."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def told_by(element: Element, page: Page) -> Raw:
    heading = heading_in(element)
    link = link_of(element, heading)
    title = link if heading is None or _is_all_but_a_day(link, heading, page) else heading
    published, updated = days_in(element, title, page)
    return Raw(
        title=markup(title),
        url=address(link, page),
        summary=markup(summary_in(element, title, page)),
        authors=tuple(words(part) for part in select('[rel~="author"], .author .fn', element)),
        categories=tuple(words(part) for part in select('[rel~="tag"], [rel~="category"]', element)),
        published=published,
        updated=updated,
        image=image_in(element, page),
        anchor=_anchor(element, heading),
    )


def heading_in(element: Element) -> Element | None:
    return next(iter(part for part in element.iter(*HEADINGS) if words(part)), None)


def link_of(element: Element, heading: Element | None) -> Element | None:
    """The link that leads to what is told: in the heading, around it, or the one with the most words."""
    if heading is not None:
        inside = next((link for link in heading.iter("a") if link.get("href")), None)
        if inside is not None:
            return inside
    inner = element if heading is None else heading
    around = inner if inner.tag == "a" else next(inner.iterancestors("a"), None)
    if around is not None and around.get("href"):
        return around
    links = [link for link in element.iter("a") if link.get("href") and not link.get("href", "").startswith("#")]
    if heading is not None:
        links = [link for link in links if not _is_in_a_sentence(link)]
    return max(links, key=lambda link: min(len(words(link)), 200), default=None)


def address(link: Element | None, page: Page) -> str:
    return "" if link is None else clean.whole_url(link.get("href", ""), page.base)


def days_in(element: Element, title: Element | None, page: Page) -> tuple[str, str]:
    """When it was published and updated, as it stands there: <time>, else what is called so, else a short text."""
    published, updated = "", ""
    for part in element.iter("time"):
        if raw := day_of(part, page):
            if _CHANGED.search(_names(part)):
                updated = updated or raw
            else:
                published = published or raw
    return (published or ("" if updated else written_day_in(element, title, page)), updated)


def written_day_in(element: Element, title: Element | None, page: Page) -> str:
    named = [part for part in element.iter() if part is not title and _DATE_NAMES.search(_names(part))][:TEXTS]
    if raw := next((raw for part in named if (raw := day_of(part, page)) and len(raw) <= LONGEST_DATE), ""):
        return raw
    lines = (line for line in islice(_lines(element, title), TEXTS) if _DAY_AT_ONCE.match(line))
    return next((line for line in (*lines, *_beginnings(title)) if is_day(line, page)), "")


def day_of(element: Element, page: Page) -> str:
    """The day that an element tells by its attribute for programs, else by its words; "" if none can be read."""
    told = (element.get("datetime"), element.get("content"), element.get("title"), words(element)[: dates.LONGEST])
    return next((raw for raw in told if raw and is_day(raw, page)), "")


def is_day(raw: str, page: Page) -> bool:
    return len(raw) <= LONGEST_DATE and _is_day(raw, page.at)


@lru_cache(maxsize=4096)
def _is_day(raw: str, at: datetime) -> bool:
    return dates.moment(raw, at) is not None


def summary_in(element: Element, title: Element | None, page: Page) -> Element | None:
    """The part that is called an ingress, else the first paragraph that is neither title, day nor a few words."""
    for part in element.iter():
        is_named = part is not element and _SUMMARY_NAMES.search(_names(part))
        if is_named and _may_be_summary(part, title, page, SHORTEST_NAMED):
            return part
    plain = (part for part in element.iter("p", "div", "span", "dd", "td") if part.tag == "p" or _is_leaf(part))
    return next((part for part in plain if part is not element and _may_be_summary(part, title, page)), None)


def image_in(element: Element, page: Page) -> Image | None:
    for part in element.iter("img", "source"):
        if found := image_of(part, page):
            return found
    return next(
        (found for part in element.iter() if "url(" in part.get("style", "") and (found := image_of(part, page))), None
    )


def image_of(element: Element, page: Page) -> Image | None:
    """The picture that an element is, holds or has behind it."""
    if element.tag not in ("img", "source") and (inner := next(element.iter("img"), None)) is not None:
        return image_of(inner, page)
    sets = element.get("data-srcset") or element.get("srcset") or ""
    styled = _STYLE_IMAGE.search(element.get("style", "")[:4000])
    told = [element.get(name, "").strip() for name in _IMAGE_ADDRESSES]
    told += [sets.split(",")[-1].strip().partition(" ")[0] if sets else "", styled[1] if styled else ""]
    for url in told:
        if url and not _NO_IMAGE.search(url[: clean.LONGEST_URL]) and not _is_tiny(element):
            return clean.image(
                page.base,
                url,
                alt=element.get("alt", ""),
                width=element.get("width", ""),
                height=element.get("height", ""),
            )
    return None


def _is_leaf(element: Element) -> bool:
    """Whether it is a text: nothing in it but what may stand in a line."""
    return all(part.tag in _INLINE for part in element.iterdescendants())


def _is_in_a_sentence(link: Element) -> bool:
    """Whether it leads to something that the text speaks of, and not on to the text itself ("Läs mer")."""
    around = link.getparent()
    sentence = words(around) if around is not None and around.tag in ("p", "li", "dd") else ""
    return len(sentence) > len(words(link)) + 5 and not _GOES_ON.search(words(link))


def _is_tiny(element: Element) -> bool:
    sizes = [element.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdecimal() and int(size[:6]) <= 32 for size in sizes)


def _may_be_summary(part: Element, title: Element | None, page: Page, shortest: int = SHORTEST_SUMMARY) -> bool:
    text = words(part)
    inside_title = title is not None and (part is title or title in part.iter() or part in title.iter())
    return not inside_title and len(text) >= shortest and not (len(text) <= LONGEST_DATE and is_day(text, page))


def _lines(element: Element, title: Element | None) -> Iterator[str]:
    """Texts of the element outside its title that are short enough to be a day."""
    for part in element.iter():
        is_title = title is not None and (part is title or title in part.iterancestors())
        around = title is not None and part is title
        texts = (
            None if is_title else part.text,
            part.tail if part is not element and (around or not is_title) else None,
        )
        for text in texts:
            if text and (line := " ".join(text.split())) and len(line) <= LONGEST_DATE:
                yield line


def is_telling(name: str) -> bool:
    """Whether an element of this name is called a day or an ingress."""
    return bool(_DATE_NAMES.search(name) or _SUMMARY_NAMES.search(name))


def _is_all_but_a_day(link: Element | None, heading: Element, page: Page) -> bool:
    """Whether a heading holds a day beside its link, as in <h3><a>Städdag</a> 3 november</h3>."""
    return link is not None and link in heading.iter() and is_day(words(heading).replace(words(link), "", 1), page)


def _beginnings(title: Element | None) -> Iterator[str]:
    """The first words of a title that begins with a day: "2026-11-03 Bryggan är lagad", "3 nov 2026: Höstmöte"."""
    told = words(title) if title is not None else ""
    if _DAY_AT_ONCE.match(told):
        first = told.split(" ", 6)[:6]
        yield from (" ".join(first[:count]) for count in range(1, len(first) + 1))


def _names(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"


def _anchor(element: Element, heading: Element | None) -> str:
    return element.get("id") or (heading.get("id", "") if heading is not None else "") or ""
