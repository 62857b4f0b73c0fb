"""What speaks for a place and what speaks against it.

A rule looks at what a text mentions and gives evidence; it decides nothing. `weigh` decides once, in one place, so that
'why is this in my newsfeed?' has one answer. A new rule is a function here, and its name in RULES.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from aggregator.model import Actor
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
    def counties(self) -> frozenset[str]:
        return frozenset(code[:2] for code in self.certain)

    def leads(self, mention: Mention) -> str:
        return self.text.lead(mention.start)


class Evidence(NamedTuple):
    """What a rule says of a mention: so much for it, or so much against it and why."""

    mention: Mention
    rule: str
    points: float
    against: str = ""


class Rule(Protocol):
    def __call__(self, reading: Reading) -> Iterator[Evidence]: ...


def called_municipality(mention: Mention) -> bool:
    """'Marks kommun', 'Solna stad', 'Mönsterås och Högsby kommuner'."""
    is_name = mention.form in {"name", "genitive"} and mention.name.kind in {"municipality", "form"}
    return is_name and mention.gap_after == " " and mention.after.lower() in _MUNICIPAL


_MUNICIPAL = frozenset({"kommun", "kommuns", "kommunen", "kommuner", "kommunens", "stad", "stads"})


def _one_place(mention: Mention) -> bool:
    return mention.form in {"name", "genitive", "inhabitant", "hashtag"} and len(mention.names) == 1


def named(reading: Reading) -> Iterator[Evidence]:
    """A name with a capital; one that is also a word or a person says little by itself."""
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"}:
            surname = "surname" in mention.name.risks and mention.name.kind == "locality" and mention.opens
            yield Evidence(mention, "name", 0.2 if mention.risky else 0.35 if surname else 0.7)


def hard_evidence(reading: Reading) -> Iterator[Evidence]:
    """What is written so that it can mean nothing else: a municipality by its title, an address, a hashtag."""
    for mention in reading.mentions:
        if called_municipality(mention):
            yield Evidence(mention, "kommun", 1.0)
        elif mention.form == "hashtag":
            yield Evidence(mention, "hashtag", 0.3 if mention.risky and mention.name.kind != "municipality" else 0.8)
        elif mention.form in _HARD:
            yield Evidence(mention, mention.form, _HARD[mention.form])


_HARD = {
    "address": 1.0,
    "inhabitant": 0.75,
    "adjective": 0.7,
    "compound": 0.65,
    "typo": 0.6,
    "domain": 0.4,
    "phone": 0.3,
}


def after_preposition(reading: Reading) -> Iterator[Evidence]:
    """'i Vara', 'utanför Ed': with a capital in the middle of a sentence, a word is a place."""
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"} and mention.follows_preposition:
            yield Evidence(mention, "preposition", 0.4)


def deeds_of_a_town(reading: Reading) -> Iterator[Evidence]:
    """'Mora inviger', 'Trosa satsar': headlines let towns act."""
    for mention in reading.mentions:
        if mention.form == "name" and mention.opens and mention.name.kind == "municipality":
            if _acts(mention) or (mention.gap_after.startswith((": ", " – ")) and not mention.shouted):
                yield Evidence(mention, "headline", 0.35)


def _acts(mention: Mention) -> bool:
    deed = mention.after.lower() if mention.gap_after == " " else ""
    anyones = mention.shouted or _is_definite(mention) or mention.name.text in {"Mark", "Berg"}
    return deed in word.DEEDS and not (anyones and deed in word.ANYONES_DEEDS)


def capital_in_midst(reading: Reading) -> Iterator[Evidence]:
    """A capital in the middle of a sentence is a name: 'hela Vara', 'snart öppnar Trosas park'."""
    for mention in reading.mentions:
        if (
            not mention.risky
            or mention.form not in {"name", "genitive"}
            or mention.shouted
            or mention.follows_preposition
        ):
            continue
        if mention.gap == " " and mention.before.lower() in word.PARTS:
            yield Evidence(mention, "part of a place", 0.4)
        elif mention.name.kind == "municipality" and mention.form == "genitive":
            yield Evidence(mention, "genitive", 0.15 if mention.opens and _is_definite(mention) else 0.3)
        elif not mention.opens and mention.gap == " " and mention.name.risks.isdisjoint({"person", "surname"}):
            yield Evidence(mention, "capital", 0.3)


def _is_definite(mention: Mention) -> bool:
    """'Klippans topp', 'Bodens dörr': the word itself, with its article."""
    return mention.name.text.endswith(("en", "an")) or "person" in mention.name.risks


def in_enumeration(reading: Reading) -> Iterator[Evidence]:
    """'Leksand, Rättvik, Mora och Orsa': a name among certain names is one too."""
    for left, right in zip(reading.mentions, reading.mentions[1:], strict=False):
        if left.form == right.form == "name" and _LIST.fullmatch(reading.text.low[left.end : right.start]):
            if right.risky and not left.risky:
                yield Evidence(right, "enumeration", 0.5)
            elif left.risky and not right.risky:
                yield Evidence(left, "enumeration", 0.5)
            elif left.follows_preposition:
                yield Evidence(right, "enumeration", 0.4)
            elif left.risky and right.risky and left.name.kind == right.name.kind == "municipality":
                yield Evidence(left, "enumeration", 0.2)
                yield Evidence(right, "enumeration", 0.35)


_LIST = re.compile(r", | och |[–/-]| – | samt | eller |, och | & ")


def supported(reading: Reading) -> Iterator[Evidence]:
    """The text is certain of the same municipality or its county elsewhere, or the actor is at home there."""
    homes = {code[:2] for code in reading.homes}
    for mention in reading.mentions:
        if mention.risky and mention.form in {"name", "genitive", "hashtag"}:
            codes = {name.place.code for name in mention.names}
            if not codes.isdisjoint(reading.homes | reading.certain):
                yield Evidence(mention, "support", 0.25)
            elif not {code[:2] for code in codes}.isdisjoint(reading.counties | homes):
                yield Evidence(mention, "support", 0.1)


def in_title(reading: Reading) -> Iterator[Evidence]:
    """The title is what the news is about, and an event is where it takes place."""
    for mention in reading.mentions:
        if mention.start < reading.text.title_end:
            yield Evidence(mention, "title", 0.1)
        elif mention.start > reading.text.body_end:
            yield Evidence(mention, "event", 0.5)


def wants_company(reading: Reading) -> Iterator[Evidence]:
    """Operators know which names mislead, and what stands near when they do not."""
    wanted = dict(reading.near)
    for mention in reading.mentions:
        near = wanted.get(mention.name.place.code)
        if near and mention.form in {"name", "genitive"} and not any(x.lower() in reading.text.low for x in near):
            yield Evidence(mention, "require_near", -2.0, f"none of {', '.join(near)} stands near")


def person(reading: Reading) -> Iterator[Evidence]:
    """A first name or a title before, a verb of saying beside; and then the bare surname elsewhere too."""
    surnames = set()
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"} and not called_municipality(mention) and _is_person(mention):
            surnames.add(_bare(mention))
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"} and _bare(mention) in surnames and not called_municipality(mention):
            yield Evidence(mention, "person", -2.0, "a person's name")


def _bare(mention: Mention) -> str:
    return mention.name.text.lower()


def _is_person(mention: Mention) -> bool:
    if mention.gap == " " and mention.before and _is_first_name(mention.before) and not mention.opens:
        return True
    weak = mention.risky or "surname" in mention.name.risks
    if mention.gap == " " and (mention.risky or "surname" in mention.name.risks or mention.name.kind == "locality"):
        before = mention.before.lower()
        if before in word.TITLES or before.endswith(word.TITLE_ENDS):
            return True
    if weak and mention.gap == " " and mention.before.lower() in word.SAYS:
        return True
    if weak and mention.gap_after == " " and mention.after in word.SAYS and not mention.follows_preposition:
        return True
    return _is_first_name(mention.name.text) and _has_surname(mention)


def _has_surname(mention: Mention) -> bool:
    """'Nora Lind': the name is the first, and a surname follows."""
    return mention.gap_after == " " and mention.after[:1].isupper() and not mention.shouted and mention.form == "name"


def _is_first_name(name: str) -> bool:
    return name in word.first_names() or (name.isupper() and name.capitalize() in word.first_names())


def part_of_another_name(reading: Reading) -> Iterator[Evidence]:
    """Newspapers, schools, clubs, brands and streets bear the names of places without being there."""
    for mention in reading.mentions:
        if mention.form == "other":
            yield Evidence(mention, "other name", -3.0, "part of another name")
        elif mention.form in {"name", "genitive"} and (what := _swallowed(mention, reading)):
            yield Evidence(mention, "other name", -2.0, what)


def _swallowed(mention: Mention, reading: Reading) -> str:
    after = mention.after.lower() if mention.gap_after in {" ", "-", "\u00a0"} else ""
    if after in word.SCHOOLS or (
        after == "tekniska" and "universitet" in reading.text.low[mention.end : mention.end + 30]
    ):
        return "a university"
    if mention.before.lower() in {"högskolan", "universitetet", "lärarhögskolan"} or (
        mention.before == "i" and reading.leads(mention).endswith(("högskolan i ", "universitetet i "))
    ):
        return "a university"
    if after in word.PAPERS and mention.after[:1].isupper():
        return "a newspaper"
    if after in word.CLUBS and (mention.after.isupper() or mention.after[:1].isupper()):
        return "a club"
    if after in word.BRANDS and not mention.follows_preposition:
        return "a brand"
    if after in word.STREETS:
        return "a street"
    return "a match" if _SCORE.match(reading.text.whole, mention.end) or _played(mention, reading) else ""


_SCORE = re.compile(r"[–-][A-ZÅÄÖ]\w+.{0,25}?\b\d{1,2}[–-]\d{1,2}\b")


def _played(mention: Mention, reading: Reading) -> bool:
    gap = mention.gap.strip()
    return gap in {"–", "-"} and bool(
        re.match(r".{0,25}?\b\d{1,2}[–-]\d{1,2}\b", reading.text.whole[mention.end : mention.end + 40])
    )


def abroad(reading: Reading) -> Iterator[Evidence]:
    """A country or its adjective beside the name, or anywhere when the name is known to exist abroad too."""
    for mention in reading.mentions:
        if mention.form not in {"name", "genitive", "compound", "hashtag"} or called_municipality(mention):
            continue
        beside = mention.gap == " " and mention.before.lower().removesuffix("a") in word.FOREIGN
        if beside or (mention.name.kind != "district" and _in_a_country(mention, reading)):
            yield Evidence(mention, "abroad", -2.0, "a place abroad")
        elif "abroad" in mention.name.risks and _speaks_of_abroad(reading):
            yield Evidence(mention, "abroad", -1.0, "a place abroad")


def _in_a_country(mention: Mention, reading: Reading) -> bool:
    """'Boden i Tyskland', 'Mora, New Mexico', 'Karlstad (USA)'."""
    following = re.match(
        r"(?: i|,| \()? ?(?:norra |södra |västra |östra )?(?:new |delstaten )?([a-zåäö]+)",
        reading.text.low[mention.end : mention.end + 40],
    )
    return bool(following and not word.COUNTRIES.isdisjoint({following[1], following[1].removesuffix("s")}))


def _speaks_of_abroad(reading: Reading) -> bool:
    return not word.COUNTRIES.isdisjoint(re.findall(r"[a-zåäö]{3,}", reading.text.low[:600]))


def spoken_of_as_a_word(reading: Reading) -> Iterator[Evidence]:
    """'Hur fick Solna sitt namn?' is about the name."""
    low = reading.text.low
    if any(hint in low for hint in word.METALANGUAGE_HINTS) and word.METALANGUAGE.search(low):
        for mention in reading.mentions:
            if mention.form in {"name", "genitive"} and not called_municipality(mention):
                yield Evidence(mention, "word", -1.5, "the name as a word")


def in_passing(reading: Reading) -> Iterator[Evidence]:
    """Where someone comes from, what something is compared with, who paid: not where the news is."""
    for mention in reading.mentions:
        if mention.form in {"name", "genitive", "compound"} and (why := _passes(mention, reading)):
            yield Evidence(mention, "passing", -0.6, why)


def _passes(mention: Mention, reading: Reading) -> str:
    if mention.form == "compound":
        return "where someone comes from" if mention.tail.startswith(word.ORIGIN_TAILS) else ""
    if mention.opens:
        return ""
    lead = reading.leads(mention)
    earlier, before = ("", "", *lead.replace(",", " ").split())[-2:]
    if before == "från":
        return "" if _ROUTE.match(reading.text.whole, mention.end) else _comes_from(lead)
    if before in word.COMPARED or (before, earlier) in word.EXAMPLES:
        return "a comparison"
    if before in word.LEFT:
        return "left behind"
    if before in word.AT and (
        earlier in word.ORIGINS or earlier.endswith(word.ORIGIN_ENDS) or word.SOMEONE.search(lead)
    ):
        return "where someone comes from"
    return "where someone comes from" if _apposition(mention, reading) else ""


_ROUTE = re.compile(r" (?:till|mot) [A-ZÅÄÖ]")


def _comes_from(lead: str) -> str:
    """'Per från Umeå', 'golv från Tranås', 'bidrag från Region Skåne', but not 'tåget från Umeå'."""
    if word.GRANTS.search(lead):
        return "who paid"
    words = lead.split()
    travels = len(words) > 1 and words[-2].strip(",") in word.TRAVELS
    return "" if travels else "where someone or something comes from"


_APPOSITION = re.compile(r"([A-ZÅÄÖ][\w-]+) (?:[A-ZÅÄÖ][\w.-]* )?[A-ZÅÄÖ][\w-]+(?: \([^)]*\))?, (?:[\wåäö-]+ ){0,5}$")


def _apposition(mention: Mention, reading: Reading) -> bool:
    """'Lisa Ek, konsult i Stockholm,': who a person is, between commas."""
    lead = reading.text.whole[max(0, mention.start - 70) : mention.start].rpartition("\n")[2]
    match = _APPOSITION.search(lead) if ", " in lead else None
    return bool(match and match[1] in word.first_names())


# Every rule is asked, in this order; the first that speaks strongest for a place is the one that 'explain' names.
RULES: tuple[Rule, ...] = (
    hard_evidence,
    after_preposition,
    named,
    deeds_of_a_town,
    capital_in_midst,
    in_enumeration,
    supported,
    in_title,
    wants_company,
    person,
    part_of_another_name,
    abroad,
    spoken_of_as_a_word,
    in_passing,
)
