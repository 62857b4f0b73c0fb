"""What a page says of its news in JSON-LD with the words of schema.org (json-ld.org, schema.org).

Read are articles and events, alone, in "@graph", in an ItemList, or as parts of something else. Contexts are not
fetched: a name is taken for schema.org's, which is what all sites write.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from aggregator.model import Event, Image
from aggregator.sources import bounds, clean
from aggregator.sources.page.markup import Page
from aggregator.sources.page.raw import Raw

ARTICLES = frozenset(
    "Article NewsArticle BlogPosting AdvertiserContentArticle AnalysisNewsArticle AskPublicNewsArticle "
    "BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle ReviewNewsArticle LiveBlogPosting Report "
    "SatiricalArticle ScholarlyArticle SocialMediaPosting DiscussionForumPosting TechArticle".split()
)
EVENTS = frozenset(
    "Event BusinessEvent ChildrensEvent ComedyEvent ConferenceEvent CourseInstance DanceEvent EducationEvent "
    "EventSeries ExhibitionEvent Festival FoodEvent Hackathon LiteraryEvent MusicEvent PerformingArtsEvent SaleEvent "
    "ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent".split()
)
# Lists of where else one can go, not of news.
_NO_NEWS = frozenset("BreadcrumbList SiteNavigationElement WPHeader WPFooter WPSideBar".split())
MOST_THINGS = 20_000
DEEPEST = 30

# A comma before a bracket, and control characters within strings, are what hand-made JSON most often has wrong.
_LOOSE_COMMA = re.compile(r",(\s*[\]}])")
_WRAPPING = re.compile(
    r"^\s*(?:/\*\s*)?(?://\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/\*\s*)?(?://\s*)?\]\]>(?:\s*\*/)?\s*;?\s*$"
)

Thing = dict[str, Any]


def read(page: Page) -> tuple[list[Raw], tuple[str, ...]]:
    """The news in the page's JSON-LD, and notes on what of it is no JSON."""
    found: list[Raw] = []
    broken = 0
    for text in page.json_ld:
        try:
            told = json.loads(_mended(text), strict=False)
        except (ValueError, RecursionError):
            broken += 1
            continue
        things = _Walk(told)
        found += [_raw(thing, things, page) for thing in islice(things.news(), bounds.ENTRIES)]
    notes = (f"{broken} of its {len(page.json_ld)} scripts of JSON-LD cannot be read",) if broken else ()
    return found, notes


def _mended(text: str) -> str:
    return _LOOSE_COMMA.sub(r"\1", _WRAPPING.sub("", text).strip().rstrip(";"))


class _Walk:
    """All things in one script; `named` finds those that are told in one place and referred to by "@id" in others."""

    def __init__(self, told: Any) -> None:
        self._all: list[tuple[Thing, bool]] = []
        self._gather(told, DEEPEST, False)
        self.named = {id: thing for thing, _ in self._all if len(thing) > 1 and (id := _text(thing.get("@id")))}

    def news(self) -> Iterator[Thing]:
        for thing, in_list in self._all:
            kinds = _kinds(thing)
            if kinds & (ARTICLES | EVENTS):
                yield thing
            elif in_list and "ListItem" in kinds and not isinstance(thing.get("item"), dict) and thing.get("name"):
                yield {**thing, "url": thing.get("url") or thing.get("item")}

    def whole(self, value: Any) -> Any:
        """VALUE, or what it refers to."""
        return self.named.get(_text(value.get("@id")), value) if isinstance(value, dict) and len(value) == 1 else value

    def _gather(self, value: Any, depth: int, in_list: bool) -> None:
        if not depth or len(self._all) >= MOST_THINGS:
            return
        if isinstance(value, list):
            for part in value:
                self._gather(part, depth - 1, in_list)
        elif isinstance(value, dict):
            kinds = _kinds(value)
            if kinds & _NO_NEWS:
                return
            self._all.append((value, in_list))
            for key, part in value.items():
                # What an article is part of, or about, or by, is not told here.
                if key not in (
                    "isPartOf",
                    "about",
                    "mentions",
                    "citation",
                    "author",
                    "publisher",
                    "superEvent",
                    "comment",
                ):
                    self._gather(part, depth - 1, "ItemList" in kinds and key == "itemListElement")


def _raw(thing: Thing, things: _Walk, page: Page) -> Raw:
    body = _text(thing.get("articleBody"))
    authors = (things.whole(part) for part in _list(thing.get("author")) or _list(thing.get("creator")))
    return Raw(
        title=_plainly(_text(thing.get("headline")) or _text(thing.get("name"))),
        url=clean.whole_url(_address(thing), page.base),
        id=_id(_text(thing.get("@id"))),
        summary=_plainly(_text(thing.get("description")) or _text(thing.get("abstract"))),
        content=_plainly(body),
        authors=tuple(_plainly(_text(part) or _text(_in(part, "name"))) for part in authors),
        categories=tuple(_categories(thing)),
        language=_text(thing.get("inLanguage")) or _text(_in(thing.get("inLanguage"), "alternateName")),
        published=_text(thing.get("datePublished")) or _text(thing.get("dateCreated")),
        updated=_text(thing.get("dateModified")),
        image=_image(thing, things, page),
        event=_event(thing, things) if _kinds(thing) & EVENTS else None,
    )


def _address(thing: Thing) -> str:
    page = thing.get("mainEntityOfPage")
    told = (thing.get("url"), page, _in(page, "@id"), _in(page, "url"), _in(thing.get("item"), "@id"))
    id = _text(thing.get("@id"))
    return next((text for value in told if (text := _text(value))), id if id.startswith(("http", "/")) else "")


def _id(id: str) -> str:
    """An "@id" that is no more than a place in this script says nothing the next time."""
    return "" if id.startswith(("#", "_:")) else id


def _categories(thing: Thing) -> Iterator[str]:
    for part in (*_list(thing.get("articleSection")), *_list(thing.get("keywords"))):
        for word in _text(part or "").split(",") if isinstance(part, str) else [_text(_in(part, "name"))]:
            yield _plainly(word.strip())


def _image(thing: Thing, things: _Walk, page: Page) -> Image | None:
    for part in (*_list(thing.get("image")), *_list(thing.get("thumbnailUrl"))):
        told = things.whole(part)
        url = _text(told) or _text(_in(told, "url")) or _text(_in(told, "contentUrl"))
        sizes = {name: _text(_in(told, name)) for name in ("width", "height")}
        alt, credit = (_plainly(_text(_in(told, name))) for name in ("caption", "creditText"))
        if found := clean.image(page.base, url, alt=alt, credit=credit, **sizes):
            return found
    return None


def _event(thing: Thing, things: _Walk) -> Event | None:
    organiser = next((things.whole(part) for part in _list(thing.get("organizer"))), "")
    place, *address = _place(thing.get("location"), things)
    street = ", ".join(dict.fromkeys(part for part in address if part))
    event = clean.event(
        _text(thing.get("startDate")),
        _text(thing.get("endDate")),
        # A place without a name is where it is.
        place or street,
        _plainly(_text(organiser) or _text(_in(organiser, "name"))),
        street if place else "",
    )
    is_off = _text(thing.get("eventStatus")).rpartition("/")[2] in ("EventCancelled", "Cancelled", "cancelled")
    return replace(event, cancelled=is_off) if event else None


def _place(location: Any, things: _Walk) -> tuple[str, str, str]:
    """The name of an event's place, its street, and its town."""
    place = things.whole(next(iter(_list(location)), None))
    address = things.whole(_in(place, "address"))
    name = _text(place) or _text(_in(place, "name"))
    street = _text(address) or _text(_in(address, "streetAddress"))
    return _plainly(name), _plainly(street), _plainly(_text(_in(address, "addressLocality")))


def _plainly(text: str) -> str:
    """What is told as text, as HTML; many sites write HTML or its entities there all the same."""
    return text if re.search(r"<\w[^<>]*>|&#?\w{2,8};", text) else clean.as_html(text)


def _kinds(thing: Any) -> frozenset[str]:
    kinds = _list(_in(thing, "@type"))
    return frozenset(re.sub(r"^(?:https?://schema\.org/|schema:)", "", _text(kind)) for kind in kinds)


def _in(thing: Any, key: str) -> Any:
    """The value in a thing, or in the first of several."""
    first = thing[0] if isinstance(thing, list) and thing else thing
    return first.get(key) if isinstance(first, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """A text, a number, the first of several, or a value with its language or type."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
