"""Which elements of a page look like a list of news: a proposal for `select`, which an operator looks at.

News comes in groups of siblings of the same make: the same element, with classes in common, each with a link of its own
and some words; most have a day too. Of all groups on the page the one that is most like that is taken, and put into
selectors that match it and nothing else. What the selectors give is shown beside them, so a wrong guess is seen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cssselect import SelectorError
from lxml import etree

from aggregator.sources.page.looking import (
    HEADINGS,
    SHORTEST_SUMMARY,
    Element,
    day_of,
    heading_in,
    image_of,
    is_telling,
    link_of,
    select,
    told_by,
    words,
)
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw, same_page
from aggregator.sources.page.selecting import Select, with_what_follows

FEWEST = 2
MOST_GROUPS = 2_000
MOST_ELEMENTS = 300  # in an item of a list
LOOKED_AT = 12  # of each group
MOST_LETTERS = 4000  # in an item of a list
# Where sites put what is on every page.
_AROUND_NEWS = "header, footer, nav, aside, [role=navigation], [role=banner], [role=contentinfo]"
# Classes that say where in the list an item is, how it looks or what it is about, or that a machine made anew.
_PASSING_CLASS = re.compile(
    r".*\d{2,}|(?:[\w-]+-)?(?:first|last|odd|even|active|current|selected|clearfix|visible|hidden)(?:-\w+)?|row|col\b.*"
    r"|is-.*|has-.*|js-.*|[\w-]+-\d+"
    r"|(?:category|tag|status|type|format|m|p|mt|mb|py|px|sv-use)-.*|[a-z]*\d[\w-]*|_.*|css-.*|sc-.*|[A-Za-z]{0,3}"
    r"|(?=.*[a-z].*[A-Z].*[A-Z\d]|.*\d)\w{5,8}|[A-Z]\w*[A-Z]\w*"
)
# Of several classes, the one that says what the items are.
_NEWS_CLASS = re.compile(r"news|nyhet|aktuellt|post|artic|artikel|entry|blog|press|event|kalend|item", re.IGNORECASE)
_SOUND_NAME = re.compile(r"-?[A-Za-z_][\w-]*")


@dataclass(frozen=True, slots=True)
class _Group:
    """Siblings, or headings with what follows them, that look alike; `likeness` to news tells how much."""

    items: Sequence[Element]
    raws: Sequence[Raw]
    likeness: float
    flat: bool = False


def guessed(page: Page) -> Select | None:
    """Selectors for what looks most like news on the page; None if nothing does."""
    groups = sorted((*_siblings(page), *_headings(page)), key=lambda group: -group.likeness)
    for group in groups[:5]:
        if group.likeness > 0 and (item := _item_selector(group, page)):
            return _select(item, group, page)
    return None


def _siblings(page: Page) -> Iterator[_Group]:
    around = set(select(_AROUND_NEWS, page.root))
    parents = {part.getparent() for part in page.root.iter("a", *HEADINGS)}
    for parent in list(_ancestors(parents, around))[:MOST_GROUPS]:
        makes: dict[tuple[object, ...], list[Element]] = {}
        for child in parent.iterchildren("*"):
            makes.setdefault((child.tag, *sorted(_lasting(child))), []).append(child)
        for (tag, *_), items in makes.items():
            if len(items) >= FEWEST and tag not in ("br", "p", "script", "option", *HEADINGS):
                yield _group(items, items, page)


def _ancestors(parents: Iterable[Element | None], around: set[Element]) -> Iterator[Element]:
    """The parents and all above them, without those within what AROUND news is not; in the order of the page."""
    seen: dict[Element, None] = {}
    for parent in parents:
        chain = [] if parent is None else [parent, *parent.iterancestors()]
        if around.isdisjoint(chain):
            seen.update(dict.fromkeys(chain))
    yield from seen


def _headings(page: Page) -> Iterator[_Group]:
    """Pages without a list: headings one after another, each followed by its text."""
    around = set(select(_AROUND_NEWS, page.root))
    for tag in HEADINGS[1:4]:
        found = [part for part in page.root.iter(tag) if around.isdisjoint(part.iterancestors()) and words(part)]
        parents = Counter(part.getparent() for part in found)
        if found and parents.most_common(1)[0][1] >= FEWEST:
            parent = parents.most_common(1)[0][0]
            same = [part for part in found if part.getparent() is parent]
            marks = frozenset(same)
            yield _group(same, [with_what_follows(part, marks) for part in same[:LOOKED_AT]], page, flat=True)


def _group(items: Sequence[Element], wholes: Sequence[Element], page: Page, flat: bool = False) -> _Group:
    looked_at = wholes[:LOOKED_AT]
    if any(len(list(islice(part.iter(), MOST_ELEMENTS + 1))) > MOST_ELEMENTS for part in looked_at):
        return _Group(items, (), 0)
    lengths = [len(words(part)) for part in looked_at]
    if max(lengths) > MOST_LETTERS or sorted(lengths)[len(lengths) // 2] < 12:
        return _Group(items, (), 0)
    raws = [told_by(part, page) for part in looked_at]
    return _Group(items, raws, _likeness(looked_at, raws, len(items), page, flat), flat)


def _likeness(items: Sequence[Element], raws: Sequence[Raw], count: int, page: Page, flat: bool) -> float:
    """How much a group is like a list of news, from 0: links of their own, days, headings, words, and many of them."""
    links = [raw.url for raw in raws if raw.url and not same_page(raw.url, page)]
    linked = len(set(links)) / len(raws)
    titled = len({raw.title for raw in raws if raw.title}) / len(raws)
    dated = sum(bool(raw.published or raw.updated) for raw in raws) / len(raws)
    headed = sum(heading_in(part) is not None for part in items) / len(raws)
    told = sum(bool(raw.summary) for raw in raws) / len(raws)
    # Links away from the site are partners, social media and advertisements.
    host = page.base.partition("://")[2].partition("/")[0].removeprefix("www.")
    strange = sum(host not in url for url in links) / len(raws)
    if titled < 0.7 or (linked < 0.7 and dated < 0.7):
        return 0
    if not dated and (not headed or count < 3) and (not told or count < 3):
        return 0
    size = min(count, 20) / 20
    return 3 * dated + 1.5 * linked + 1.2 * headed + told + size - 1.5 * strange * (dated < 0.5) - 0.5 * flat


def _item_selector(group: _Group, page: Page) -> str:
    """The plainest selector that matches the group's items, and at most as many others, in other lists."""
    first = group.items[0]
    parent = first.getparent()
    wanted = set(group.items)
    tag = str(first.tag)
    shared = sorted(_shared(group.items), key=lambda name: not _NEWS_CLASS.search(name))
    own = [f"{tag}.{name}" for name in shared]
    outer = [] if parent is None else list(_places_of(parent))
    candidates = [*own, *(f"{place} > {one}" for place in outer for one in (*own, tag))]
    for css in candidates:
        found = _found(css, page)
        if wanted <= set(found) and len(found) - len(wanted) <= _others_allowed(css, own, wanted):
            # The row of headings of a table is no news.
            return css if all(raw.title for raw in group.raws) else f"{css}:has(a)"
    return ""


def _others_allowed(css: str, own: Sequence[str], wanted: set[Element]) -> int:
    """A class that only the items have may stand in several lists; a mere tag may catch a row of headings at most."""
    return len(wanted) if css in own else max(1, len(wanted) // 10)


def _places_of(parent: Element) -> Iterator[str]:
    """Selectors for the parent, from the plainest to the longest way down from the body."""
    way = str(parent.tag)
    for part in (parent, *parent.iterancestors()):
        for css in _names(part):
            yield way.replace(str(part.tag), css, 1) if part is not parent else css
        above = part.getparent()
        if above is None or above.tag == "html":
            yield way
            return
        if part is not parent and way.count(">") > 3:
            return
        way = f"{above.tag} > {way}"


def _names(element: Element) -> Iterator[str]:
    id = element.get("id", "")
    if _SOUND_NAME.fullmatch(id) and not re.search(r"\d{2,}|^svid|^comp-", id):
        yield f"#{id}"
    for name in _lasting(element):
        yield f"{element.tag}.{name}"


def _select(item: str, group: _Group, page: Page) -> Select:
    """ITEM with selectors for the parts of its items, where one names what is looked for anyway, or finds more."""
    items = group.items[:LOOKED_AT]
    if group.flat:
        return Select(item=item)
    headings = [heading_in(part) for part in items]
    links = [link_of(part, heading) for part, heading in zip(items, headings, strict=True)]
    titles = [link if heading is None else heading for heading, link in zip(headings, links, strict=True)]
    dates = [_day_element(part, page) for part in items]
    summaries = [_summary_element(part, titles, dates) for part in items]
    pictures = [next((img for img in part.iter("img") if image_of(img, page)), None) for part in items]
    told = {
        "title": _part_selector(titles, items),
        "link": _part_selector(links, items),
        "date": _part_selector(dates, items),
        "summary": _part_selector(summaries, items),
        "image": _part_selector(pictures, items),
    }
    return Select(item=item, **{key: css for key, css in told.items() if css})


def _day_element(item: Element, page: Page) -> Element | None:
    """The smallest element of ITEM whose words or attributes are a day and little more."""
    days = [part for part in item.iterdescendants() if len(words(part)) <= 60 and day_of(part, page)]
    return next((part for part in days if part.tag == "time"), next(reversed(days), None))


def _summary_element(item: Element, *others: Sequence[Element | None]) -> Element | None:
    taken = {part for parts in others for part in parts if part is not None}
    texts = [
        part
        for part in item.iterdescendants()
        if part not in taken
        and taken.isdisjoint(part.iter())
        and taken.isdisjoint(part.iterancestors())
        and len(words(part)) >= SHORTEST_SUMMARY
    ]
    return min(texts, key=lambda part: (-min(len(words(part)), 400), sum(1 for _ in part.iter())), default=None)


def _part_selector(parts: Sequence[Element | None], items: Sequence[Element]) -> str:
    """The plainest selector that finds the part first in each item that has it; "" if fewer than half have it."""
    there = [(part, item) for part, item in zip(parts, items, strict=True) if part is not None and part is not item]
    if 2 * len(there) < len(items) or not there:
        return ""
    first = there[0][0]
    tag = str(first.tag)
    names = [f"{tag}.{name}" for name in _shared([part for part, _ in there])]
    hooks = [f"[data-hook='{hook}']" for hook in [first.get("data-hook", "")] if _SOUND_NAME.fullmatch(hook)]
    above = first.getparent()
    within = [] if above is None else [f"{place} {tag}" for place in (str(above.tag), *_names(above))]
    if tag == "a" and above is not None and above.tag in HEADINGS:
        candidates = (within[0], tag, *names)
    elif tag in ("a", "img", "time", *HEADINGS):
        candidates = (tag, *names, *hooks, *within)
    else:
        # That something is called a day or an ingress says more than that it is a paragraph.
        candidates = (*sorted(names, key=lambda css: not is_telling(css)), *hooks, tag, *within)
    for css in candidates:
        if all(next(iter(select(css, item)), None) is part for part, item in there):
            return css
    return ""


def _shared(items: Sequence[Element]) -> list[str]:
    """The classes that all items have, in the order in which the first names them."""
    return [name for name in _lasting(items[0]) if all(name in item.get("class", "").split() for item in items)]


def _lasting(element: Element) -> list[str]:
    """The classes of an element that say what it is."""
    names = element.get("class", "").split()[:20]
    return [name for name in names if _SOUND_NAME.fullmatch(name) and not _PASSING_CLASS.fullmatch(name)]


def _found(css: str, page: Page) -> list[Element]:
    try:
        return select(css, page.root)
    except (SelectorError, etree.XPathError):
        return []
