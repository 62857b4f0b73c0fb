"""What is told in passing: where someone comes from, where something was made, what it is compared with."""

import re
from collections.abc import Iterator

from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.rules.reading import Evidence, Reading, called_municipality, meets_at_school

# So many characters after the title, a place that was not named before is hardly what the news is about.
LATE = 700


# From so many names on, a list of those who come from somewhere is what the news is about, if it names no other place.
MANY = 3
_FORMS = frozenset({"name", "genitive", "compound"})


def in_passing(reading: Reading) -> Iterator[Evidence]:
    """Where someone comes from, what something is compared with, who paid: not where the news is."""
    rows = {row[0].start: row for row in reading.lists if _shares(row, reading)}
    for mention in reading.mentions:
        if mention.form not in _FORMS:
            continue
        row = rows.get(mention.start, (mention,))
        if why := _passes(mention, reading):
            rule = "aside" if len(row) >= MANY and mention.before == "från" else "passing"
            yield from (Evidence(each, rule, -0.6, why) for each in row)
        elif why := _is_aside(mention, reading):
            yield from (Evidence(each, "aside", -0.6, why) for each in row)
        elif mention.before == "i" and reading.leads(mention).endswith(("rätten i ", "domstolen i ")):
            yield Evidence(mention, "court", -2.0, "the seat of a court")


def near_a_landmark(reading: Reading) -> Iterator[Evidence]:
    """'Ås utanför Östersund': the town only tells where the village is, even if it lies in another municipality."""
    for left, right in reading.landmarks:
        yield Evidence(left, "landmark", 0.4)
        yield Evidence(right, "aside", -0.6, "tells where another place lies")


def _shares(row: tuple[Mention, ...], reading: Reading) -> bool:
    """Whether what is true of the first is true of all: 'från Kumla, Hallsberg och Laxå'."""
    return reading.between(row[-2], row[-1]) in {" och ", " samt ", ", och ", " & ", " eller "}


def _passes(mention: Mention, reading: Reading) -> str:
    if mention.form == "compound":
        return "where someone comes from" if mention.tail.startswith(word.ORIGIN_TAILS) else ""
    if mention.opens:
        return ""
    lead = reading.leads(mention)
    earlier, before = _last_two(lead)
    if before == "från":
        return "" if _ROUTE.match(reading.text.whole, mention.end) else _comes_from(lead)
    if (before in word.COMPARED and earlier not in word.EXAMPLES_OF) or (before, earlier) in word.EXAMPLES:
        return "a comparison"
    if " än " in lead and word.THAN.search(lead):
        return "a comparison"
    if before in word.LEFT:
        return "left behind"
    origin = (
        earlier in word.ORIGINS or earlier.endswith(word.ORIGIN_ENDS) or (" upp " in lead and word.GREW_UP.search(lead))
    )
    if before in word.AT and (word.SUPPLIER.search(lead) or _was_made(lead, mention, reading)):
        return "where something was made"
    if before == "till" and _moves(lead):
        return "where someone moves"
    if before in word.AT and origin and not meets_at_school(mention, reading):
        return "where someone comes from"
    return "where someone comes from" if _apposition(mention, reading) else ""


def _last_two(lead: str) -> tuple[str, str]:
    _, earlier, before = ("", "", "", *lead.rsplit(None, 2))[-3:]
    return earlier.strip(","), before.strip(",")


def _is_aside(mention: Mention, reading: Reading) -> str:
    """What may well be where the news is, if nothing else is: 'hos en bonde i Heby'."""
    if _comes_late(mention, reading):
        return "named once, late, and the title names another"
    lead = reading.leads(mention)
    if mention.before in word.AT and word.SOMEONE.search(lead):
        return "where someone is who takes part"
    if "efter " in lead and word.BEFORE_THAT.fullmatch(lead):
        return "what was before"
    return "where an organisation has a branch" if _is_branch(mention) else ""


def _moves(lead: str) -> bool:
    """'Flyttar Bengt till X', 'hon flyttade till X': a person, not a library."""
    moved = word.MOVES.search(lead)
    return bool(moved and not {"Han", "Hon", *word.first_names()}.isdisjoint(map(str.capitalize, moved[0].split())))


def _was_made(lead: str, mention: Mention, reading: Reading) -> bool:
    """'Bänkarna tillverkades i X'; of what may also be a house, only if it is said where it is now."""
    deed = _last_two(word.SECOND_HAND.sub("", lead))[0]
    return deed in word.MADE or (deed in word.BUILT and bool(_IS_NOW.match(reading.text.low, mention.end)))


def _comes_late(mention: Mention, reading: Reading) -> bool:
    """What a long text is about stands in its title, and is said again."""
    if mention.start < reading.text.title_end + LATE or called_municipality(mention):
        return False
    return reading.times[mention.name.place.code] == 1 and reading.title_is_certain


def _is_branch(mention: Mention) -> bool:
    """'SSAB Oxelösund', 'Naturskyddsföreningen Lund'."""
    capitals = len(mention.before) > 2 and mention.before.isupper() and not mention.words.isupper()
    union = mention.before[:1].isupper() and mention.before.endswith(
        ("föreningen", "förbundet", "främjandet", "klubben")
    )
    return mention.gap == " " and (capitals or union or mention.before in word.INNS)


_IS_NOW = re.compile(r",? (?:och|men|innan|och sedan|för att)\b[^.!?\n]*\b(?:nu|sedan|trafikerar|går|kör|står)\b")
_ROUTE = re.compile(r" (?:till|mot) [A-ZÅÄÖ]")


def _comes_from(lead: str) -> str:
    """'Per från Umeå', 'golv från Tranås', 'bidrag från Region Skåne', but not 'tåget från Umeå'."""
    if word.GRANTS.search(lead):
        return "who paid"
    words = lead.split()
    travels = any(each.strip(",") in word.TRAVELS for each in words[-3:-1])
    return "" if travels else "where someone or something comes from"


_APPOSITION = re.compile(
    r"[A-ZÅÄÖ][\w-]+ (?:[A-ZÅÄÖ][\w.-]* )?[A-ZÅÄÖ][\w-]+(?: \([^)]*\))?(?:, (?:[\wåäö-]+ ){0,5}| \()$"
)


def _apposition(mention: Mention, reading: Reading) -> bool:
    """'Lisa Ek, konsult i Stockholm,': who a person is, between commas."""
    lead = reading.text.whole[max(0, mention.start - 70) : mention.start].rpartition("\n")[2]
    if word.first_names().isdisjoint(lead.split()):
        return False
    match = _APPOSITION.search(lead) if ", " in lead or lead.endswith("(") else None
    return bool(match and not word.first_names().isdisjoint(match[0].split()[:2]))
