"""What speaks for a place."""

from collections.abc import Iterator
from itertools import pairwise

from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.rules.reading import Evidence, Reading, called_municipality


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
            yield Evidence(mention, "hashtag", _tag_points(mention))
        elif mention.form in _HARD:
            yield Evidence(mention, mention.form, _HARD[mention.form])


def _tag_points(mention: Mention) -> float:
    if mention.words.startswith("#") and mention.words[1:].lower() in word.EVERYDAY_TAGS:
        return 0.4
    return 0.3 if mention.risky and mention.name.kind != "municipality" else 0.8


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


def in_sweden(reading: Reading) -> Iterator[Evidence]:
    """'Repair café in Lund, Sweden', 'Berg i Jämtland'."""
    for mention in reading.mentions:
        if mention.form != "name":
            continue
        if mention.start in reading.in_their_county or word.IN_SWEDEN.match(reading.text.whole, mention.end):
            yield Evidence(mention, "country", 0.5)


def deeds_of_a_town(reading: Reading) -> Iterator[Evidence]:
    """'Mora inviger', 'Trosa satsar': headlines let towns act."""
    for mention in reading.mentions:
        if mention.form != "name" or not mention.opens or mention.name.kind != "municipality":
            continue
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
    """'Leksand, Rättvik, Mora och Orsa': a name among certain names is one too, if they are not all first names."""
    for row in reading.lists:
        if any(map(called_municipality, row)) or not all(map(_may_be_person, row)) or _are_called_places(row[0]):
            yield from _in_company(row)


def _in_company(row: tuple[Mention, ...]) -> Iterator[Evidence]:
    for left, right in pairwise(row):
        if right.risky and not left.risky:
            yield Evidence(right, "enumeration", 0.5)
        elif left.risky and not right.risky:
            yield Evidence(left, "enumeration", 0.5)
        elif left.follows_preposition:
            yield Evidence(right, "enumeration", 0.4)
        elif left.risky and right.risky and left.name.kind == right.name.kind == "municipality":
            yield Evidence(left, "enumeration", 0.35 if len(row) > 2 and left is row[0] else 0.2)
            yield Evidence(right, "enumeration", 0.35)


def _may_be_person(mention: Mention) -> bool:
    return "person" in mention.name.risks or word.may_be_first_name(mention.name.text)


def _are_called_places(first: Mention) -> bool:
    """'i Nora och Eda', 'kommunerna Nora och Eda'."""
    return first.follows_preposition or (first.gap == " " and first.before.lower() in word.PARTS)


def at_the_venue(reading: Reading) -> Iterator[Evidence]:
    """'Plats: Folkets hus, Nora': whoever speaks there, and wherever from."""
    for mention in reading.mentions:
        lead = reading.leads(mention)
        if mention.form == "name" and ":" in lead and word.VENUE.search(lead):
            yield Evidence(mention, "venue", 0.5)


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
