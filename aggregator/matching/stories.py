"""Who tells the same story? Items of other sources are compared with a new one, and it joins the story of one, or none.

Two stories made one is worse than one story told twice: nobody finds what was hidden in another's story. So whatever
speaks against it decides. Items of one source are never one story: identity is what tells them apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from heapq import nlargest, nsmallest
from typing import Literal

from aggregator.matching import happenings, links, texts
from aggregator.matching.identity import alias_of
from aggregator.model import Item, Sharer

# Texts that are as alike are told again after a longer while, of something new.
TEXTS_WITHIN = timedelta(days=5)
# So long a share is of the news; later, that somebody shares it is the news.
LINKS_WITHIN = timedelta(days=60)

# A sketch: the smallest shingles of a text and of its beginning, which is all that a shortened one has.
SKETCHED = 8
BEGINNING = 60
NAMES_TRACED = 8
# Of those that share nothing but a phrase or two, so many are read: a text that is told again shares nearly all.
READ_FOR_TEXT = 12

_OF_TEXT = "text:"

By = Literal["link", "event", "text"]
_RANK: dict[By, int] = {"link": 0, "event": 1, "text": 2}


@dataclass(frozen=True, slots=True)
class Bond:
    """Why two items tell the same story: by the link that is in both, as one event, or by their texts.

    `score` is the share of the shorter text that is in the longer one.
    """

    by: By
    score: float = 1.0


@dataclass(frozen=True)
class Telling:
    """An item with what it is compared by, worked out once."""

    item: Item

    def within(self, story: str) -> "Telling":
        """The same, in the story with that name."""
        return Telling(replace(self.item, story=story))

    @cached_property
    def text(self) -> texts.Text:
        return texts.text_of(self.item.entry)

    @cached_property
    def page(self) -> str:
        return links.told_at(self.item.entry)

    @cached_property
    def links(self) -> frozenset[str]:
        return links.links_of(self.item.entry)

    @cached_property
    def traces(self) -> frozenset[str]:
        """By what it can be found: whoever tells the same story has at least one of them too, nearly always."""
        entry = self.item.entry
        told = {alias_of("link", link) for link in self.links}
        if len(self.text.words) >= texts.ENOUGH_WORDS:
            shingles = self.text.shingles
            beginning = set(texts.shingles_of(self.text.words[:BEGINNING]))
            told |= {
                f"{_OF_TEXT}{number:08x}" for some in (shingles, beginning) for number in nsmallest(SKETCHED, some)
            }
        names = sorted(happenings.names_in(happenings.title_of(entry)))[:NAMES_TRACED]
        told |= {f"day:{day}:{name}" for day in happenings.days_of(entry, self.item.date) for name in names}
        return frozenset(told)


def worth_reading(source: str, traces: Iterable[str], sharing: Mapping[str, Iterable[Sharer]]) -> frozenset[str]:
    """Which of those that share TRACES with an item of SOURCE should be compared with it, by their public ids.

    Whoever shares a link or a day and a name; and of those that share phrases, the ones that share most.
    """
    found: set[str] = set()
    phrases: Counter[Sharer] = Counter()
    for trace in traces:
        others = sharing.get(trace, ())
        if trace.startswith(_OF_TEXT):
            phrases.update(sharer for sharer in others if sharer.source != source)
        else:
            # Those of the same source too: what it links to again and again means nothing.
            found.update(sharer.public_id for sharer in others)
    most = nlargest(READ_FOR_TEXT, phrases.items(), key=lambda told: (told[1], told[0].entered, told[0].public_id))
    return frozenset(found | {sharer.public_id for sharer, _ in most})


def story_of(new: Telling, others: Iterable[Telling], meaningless: Collection[str] = ()) -> str:
    """The story that NEW joins, by the public id that names it, or "" if it tells one of its own.

    MEANINGLESS are links (in plain form) that say nothing, such as the homepages of actors.
    """
    candidates = [other for other in others if other.item.source != new.item.source]
    bound = [
        (_RANK[bond.by], -bond.score, other.item.entered, other.item.told_in)
        for other in candidates
        if (bond := bond_between(new, other, meaningless))
    ]
    return min(bound)[-1] if bound else ""


def bond_between(one: Telling, other: Telling, meaningless: Collection[str] = ()) -> Bond | None:
    """Why both tell the same story, if they do."""
    if one.item.source == other.item.source:
        return None
    first, second = one.item.entry.event, other.item.entry.event
    if first and second and happenings.times_differ(first, second):
        return None
    if _are_linked(one, other, meaningless) and not texts.days_differ(one.text, other.text):
        return Bond("link")
    if (first or second) and happenings.is_one(one.item, other.item):
        return Bond("event")
    if abs(one.item.date - other.item.date) > TEXTS_WITHIN:
        return None
    score = texts.alike(one.text, other.text)
    return Bond("text", score) if score >= texts.ALIKE and not texts.contradict(one.text, other.text) else None


def meaningless_links(tellings: Iterable[Telling]) -> frozenset[str]:
    """The links that any source gave to several of its items: its front page, its form to join.

    A source may share one article twice, before and after; but not more often, and not what nobody tells there.
    """
    told = list(tellings)
    pages = Counter((telling.item.source, telling.page) for telling in told if telling.page)
    shared = Counter((telling.item.source, link) for telling in told for link in telling.links - {telling.page})
    articles = {page for _, page in pages}
    repeated = {page for (_, page), times in pages.items() if times > 1}
    return frozenset(repeated | {link for (_, link), times in shared.items() if times > (2 if link in articles else 1)})


def _are_linked(one: Telling, other: Telling, meaningless: Collection[str]) -> bool:
    common = (one.links & other.links).difference(meaningless)
    apart = abs(one.item.date - other.item.date)
    # Where neither is what the link leads to, that is a page where this week's news may not be next week's.
    is_there = not common.isdisjoint({one.page, other.page})
    return bool(common) and apart <= (LINKS_WITHIN if is_there else TEXTS_WITHIN)
