"""What rules are asked about, and what they answer."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Protocol

from aggregator.model import Actor, Part
from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.text import Text


@dataclass(frozen=True)
class Reading:
    """What the rules are asked about: the text, the places that it may name, and who wrote it."""

    text: Text
    mentions: tuple[Mention, ...]
    actor: Actor
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[Part, ...] = ()

    @cached_property
    def homes(self) -> frozenset[str]:
        return frozenset(area.code for area in self.actor.areas)

    @cached_property
    def certain(self) -> frozenset[str]:
        """The municipalities that the text names without doubt, which help to choose between namesakes."""
        return frozenset(
            mention.name.place.code
            for mention in self.mentions
            if mention.form == "address" or called_municipality(mention) or (not mention.risky and _one_place(mention))
        )

    @cached_property
    def title_is_certain(self) -> bool:
        """Whether the title names a municipality without doubt."""
        titles = (mention for mention in self.mentions if mention.start < self.text.title_end)
        return any(mention.name.place.code in self.certain for mention in titles)

    @cached_property
    def counties(self) -> frozenset[str]:
        """The counties of those, and counties and landskap that are named."""
        named = {name.place.code for mention in self.mentions if is_of_county(mention) for name in mention.names}
        return frozenset({code[:2] for code in self.certain | named})

    @cached_property
    def in_their_county(self) -> frozenset[int]:
        """Where names stand that the text places in their own county: 'Berg i Jämtland', 'Boda, Dalarna'."""
        return frozenset(
            left.start
            for left, right in pairwise(self.mentions)
            if is_of_county(right)
            and self.between(left, right) in {" i ", ", ", " ("}
            and not {name.place.code[:2] for name in left.names}.isdisjoint(name.place.code for name in right.names)
        )

    @cached_property
    def landmarks(self) -> tuple[tuple[Mention, Mention], ...]:
        """Villages with the town that tells where they lie: 'Ås utanför Östersund'."""
        return tuple(
            (left, right)
            for left, right in pairwise(self.mentions)
            if left.name.kind in {"locality", "quarter"}
            and left.form == right.form == "name"
            and word.LANDMARK.fullmatch(self.between(left, right))
        )

    @cached_property
    def told(self) -> dict[str, Mention]:
        """By the names of such villages, the towns that tell which of the namesakes it is, wherever it is named."""
        towns = {left.name.text: right for left, right in self.landmarks}
        return {village: town for village, town in towns.items() if town.name.kind == "municipality"}

    @cached_property
    def speaks_of_counties(self) -> bool:
        return any(title in self.text.low for title in ("län", "regionen", "landshövding"))

    @cached_property
    def times(self) -> Counter[str]:
        """How often each place is mentioned."""
        return Counter(mention.name.place.code for mention in self.mentions)

    @cached_property
    def lists(self) -> tuple[tuple[Mention, ...], ...]:
        """Names that stand in a row: 'Leksand, Rättvik, Mora och Orsa'."""
        rows: list[list[Mention]] = []
        for mention in self.mentions:
            if mention.form not in {"name", "genitive"}:
                continue
            if rows and _LIST.fullmatch(self.text.low, rows[-1][-1].end, mention.start):
                rows[-1].append(mention)
            else:
                rows.append([mention])
        return tuple(tuple(row) for row in rows if len(row) > 1)

    def between(self, left: Mention, right: Mention) -> str:
        return self.text.low[left.end : right.start]

    @cached_property
    def _leads(self) -> dict[int, str]:
        return {mention.start: self.text.lead(mention.start) for mention in self.mentions}

    def leads(self, mention: Mention) -> str:
        """What the sentence says before MENTION, in lower case."""
        return self._leads[mention.start]


class Evidence(NamedTuple):
    """What a rule says of a mention: so much for it, or so much against it and why."""

    mention: Mention
    rule: str
    points: float
    against: str = ""


class Rule(Protocol):
    def __call__(self, reading: Reading) -> Iterator[Evidence]: ...


_LIST = re.compile(r", | och |[–/-]| – | / | samt | eller |, och | & | \+ |,?\n(?:[-•*–] ?)?")


def is_of_county(mention: Mention) -> bool:
    return mention.name.kind in {"county", "region", "district"}


def called_municipality(mention: Mention) -> bool:
    """'Marks kommun', 'Solna stad', 'Mönsterås och Högsby kommuner'."""
    if mention.gap_after != " " or mention.after.lower() not in _MUNICIPAL:
        return False
    return mention.form in {"name", "genitive"} and mention.name.kind in {"municipality", "form"}


def meets_at_school(mention: Mention, reading: Reading) -> bool:
    """'Vi ses på högskolan i Skövde', '… klockan 13', '…, sal G110': the school is the house where people meet."""
    lead = reading.leads(mention)
    if not word.AT_SCHOOL.search(lead) or word.LEARNS.search(lead):
        return False
    return bool(word.MEETS.search(lead) or word.HOUR_OR_ROOM.match(reading.text.low, mention.end))


_MUNICIPAL = frozenset({"kommun", "kommuns", "kommunen", "kommuner", "kommunens", "stad", "stads"})


def _one_place(mention: Mention) -> bool:
    return mention.form in {"name", "genitive", "inhabitant", "hashtag"} and len(mention.names) == 1
