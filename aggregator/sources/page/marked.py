"""What a page marks as news by the names of its classes and attributes.

The vocabularies are microformats2 (microformats.org/wiki/h-entry, h-event), the classic ones that many themes still
carry (hAtom, hCalendar) and microdata with the words of schema.org.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from aggregator.model import Event
from aggregator.sources import bounds, clean
from aggregator.sources.page import json_ld
from aggregator.sources.page.looking import Element, address, day_of, image_of, markup, select, told_by
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw

MOST_ROOTS = 5_000  # that are looked at, comments among them


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """CSS for the elements that are news, and for what in them tells what. `name` is what we call it to operators."""

    name: str
    roots: str
    title: str
    url: str
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    category: str = ""
    image: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    organiser: str = ""


H_ENTRY = Vocabulary(
    "h-entry",
    roots=".h-entry, .h-event",
    title=".p-name",
    url=".u-url",
    published=".dt-published",
    updated=".dt-updated",
    summary=".p-summary",
    content=".e-content",
    author=".p-author .p-name, .p-author",
    category=".p-category",
    image=".u-photo, .u-featured",
    start=".dt-start",
    end=".dt-end",
    place=".p-location",
    organiser=".p-organizer",
)
CLASSIC = Vocabulary(
    "hAtom or hCalendar",
    roots=".hentry, .vevent",
    title=".entry-title, .summary",
    url=".entry-title a[href], a[rel~=bookmark][href], a.url[href]",
    published=".published",
    updated=".updated",
    summary=".entry-summary, .description",
    content=".entry-content",
    author=".author .fn, .author",
    category="[rel~=tag], .category",
    image=".photo",
    start=".dtstart",
    end=".dtend",
    place=".location",
    organiser=".organizer .fn, .organizer",
)
MICRODATA = Vocabulary(
    "microdata",
    roots=", ".join(f'[itemtype$="schema.org/{kind}"]' for kind in sorted(json_ld.ARTICLES | json_ld.EVENTS)),
    title="[itemprop=headline], [itemprop=name]",
    url="[itemprop=url][href], [itemprop=mainEntityOfPage][href]",
    published="[itemprop=datePublished], [itemprop=dateCreated]",
    updated="[itemprop=dateModified]",
    summary="[itemprop=description]",
    content="[itemprop=articleBody]",
    author="[itemprop=author] [itemprop=name], [itemprop=author]",
    category="[itemprop=articleSection], [itemprop=keywords]",
    image="[itemprop=image]",
    start="[itemprop=startDate]",
    end="[itemprop=endDate]",
    place="[itemprop=location] [itemprop=name], [itemprop=location]",
    organiser="[itemprop=organizer] [itemprop=name], [itemprop=organizer]",
)
VOCABULARIES = (H_ENTRY, MICRODATA, CLASSIC)


def read(vocabulary: Vocabulary, page: Page) -> list[Raw]:
    roots = select(vocabulary.roots, page.root)
    all_roots = set(roots)
    # An entry within an entry is a comment, or something that is answered to.
    outermost = (root for root in roots[:MOST_ROOTS] if all_roots.isdisjoint(root.iterancestors()))
    return [_raw(root, vocabulary, page) for root in islice(outermost, bounds.ENTRIES)]


def _raw(root: Element, words: Vocabulary, page: Page) -> Raw:
    link = next((part for part in _all(words.url, root) if part.get("href")), None)
    picture = next(_all(words.image, root), None)
    event = _event(root, words, page)
    own = Raw(
        title=markup(next(_all(words.title, root), None)),
        url=address(link, page),
        summary=markup(next(_all(words.summary, root), None)),
        content=markup(next(_all(words.content, root), None)),
        authors=_texts(words.author, root)[:1],
        categories=_texts(words.category, root),
        published=_when(words.published, root, page),
        updated=_when(words.updated, root, page),
        image=image_of(picture, page) if picture is not None else None,
        event=event,
    )
    looked = told_by(root, page)
    if event:
        # The only day that an event shows is when it takes place.
        looked = replace(looked, published="", updated="")
    if own.content:
        # What looks like an ingress is the beginning of the text.
        looked = replace(looked, summary="")
    return own.filled(looked)


def _event(root: Element, words: Vocabulary, page: Page) -> Event | None:
    place, organiser = (markup(next(_all(css, root), None)) for css in (words.place, words.organiser))
    return clean.event(_when(words.start, root, page), _when(words.end, root, page), place, organiser)


def _when(css: str, root: Element, page: Page) -> str:
    """The day that a part tells; microformats may put what programs read into a part of its own (class "value")."""
    for part in _all(css, root):
        valued = [*select(".value-title[title], .value", part), part]
        if raw := next((raw for inner in valued if (raw := day_of(inner, page))), ""):
            return raw
    return ""


def _texts(css: str, root: Element) -> tuple[str, ...]:
    return tuple(part.get("content") or markup(part) for part in _all(css, root))


def _all(css: str, root: Element) -> Iterator[Element]:
    """What the selectors in CSS find, those of the first before those of the second."""
    return (part for one in css.split(", ") if one for part in select(one, root) if part is not root)
