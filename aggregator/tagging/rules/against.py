"""What speaks against a place: another name that holds it, a person, a place abroad, a word told in passing."""

import re
from collections.abc import Iterator

from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.rules.reading import Evidence, Reading, called_municipality


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
    if after in word.CLUBS and mention.after[:1].isupper():
        return "a club"
    if mention.before.isupper() and mention.before.lower() in word.CLUBS and mention.gap == " " and not mention.shouted:
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
        elif "abroad" in mention.name.risks and _plays_abroad(mention, reading):
            yield Evidence(mention, "abroad", -1.0, "a place abroad")


def _in_a_country(mention: Mention, reading: Reading) -> bool:
    """'Boden i Tyskland', 'Mora, New Mexico', 'Karlstad (USA)'."""
    following = re.match(
        r"(?: i|,| \()? ?(?:norra |södra |västra |östra )?(?:new |delstaten )?([a-zåäö]+)",
        reading.text.low[mention.end : mention.end + 40],
    )
    return bool(following and not word.COUNTRIES.isdisjoint({following[1], following[1].removesuffix("s")}))


def _plays_abroad(mention: Mention, reading: Reading) -> bool:
    """The text is set in another country, and nothing Swedish is in it; for a village, a country named is enough."""
    low = reading.text.low[:600]
    if mention.name.kind != "municipality":
        return not word.COUNTRIES.isdisjoint(re.findall(r"[a-zåäö]{3,}", low))
    at_home = reading.homes or "kommun" in low or "sve" in low or reading.certain - {mention.name.place.code}
    return not at_home and any(match[1] in word.COUNTRIES for match in _IN_COUNTRY.finditer(low))


_IN_COUNTRY = re.compile(r"\b(?:i|på|ur) (?:norra |södra |västra |östra |delstaten )?([a-zåäö]{3,})")


def spoken_of_as_a_word(reading: Reading) -> Iterator[Evidence]:
    """'Hur fick Solna sitt namn?' is about the name."""
    low = reading.text.low
    if any(hint in low for hint in word.METALANGUAGE_HINTS) and word.METALANGUAGE.search(low):
        for mention in reading.mentions:
            if mention.form in {"name", "genitive"} and not called_municipality(mention):
                yield Evidence(mention, "word", -1.5, "the name as a word")


# So many characters after the title, a place that was not named before is hardly what the news is about.
LATE = 700


def in_passing(reading: Reading) -> Iterator[Evidence]:
    """Where someone comes from, what something is compared with, who paid: not where the news is."""
    for mention in reading.mentions:
        if mention.form not in {"name", "genitive", "compound"}:
            continue
        if why := _passes(mention, reading):
            yield Evidence(mention, "passing", -0.6, why)
        elif why := _is_aside(mention, reading):
            yield Evidence(mention, "aside", -0.6, why)
        elif mention.before == "i" and reading.leads(mention).endswith(("rätten i ", "domstolen i ")):
            yield Evidence(mention, "court", -2.0, "the seat of a court")


def _passes(mention: Mention, reading: Reading) -> str:
    if mention.form == "compound":
        return "where someone comes from" if mention.tail.startswith(word.ORIGIN_TAILS) else ""
    if mention.opens:
        return ""
    lead = reading.leads(mention)
    earlier, before = ("", "", *lead.replace(",", " ").split())[-2:]
    if before == "från":
        return "" if _ROUTE.match(reading.text.whole, mention.end) else _comes_from(lead)
    if (before in word.COMPARED and earlier not in word.EXAMPLES_OF) or (before, earlier) in word.EXAMPLES:
        return "a comparison"
    if before in word.LEFT:
        return "left behind"
    origin = earlier in word.ORIGINS or earlier.endswith(word.ORIGIN_ENDS) or word.GREW_UP.search(lead)
    if before in word.AT and origin:
        return "where someone comes from"
    return "where someone comes from" if _apposition(mention, reading) else ""


def _is_aside(mention: Mention, reading: Reading) -> str:
    """What may well be where the news is, if nothing else is: 'hos en bonde i Heby'."""
    if _comes_late(mention, reading):
        return "named once, late, and the title names another"
    if mention.before in word.AT and word.SOMEONE.search(reading.leads(mention)):
        return "where someone is who takes part"
    if mention.before in word.AT and word.BEFORE_THAT.fullmatch(reading.leads(mention)):
        return "what was before"
    return "where an organisation has a branch" if _is_branch(mention) else ""


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


_ROUTE = re.compile(r" (?:till|mot) [A-ZÅÄÖ]")


def _comes_from(lead: str) -> str:
    """'Per från Umeå', 'golv från Tranås', 'bidrag från Region Skåne', but not 'tåget från Umeå'."""
    if word.GRANTS.search(lead):
        return "who paid"
    words = lead.split()
    travels = len(words) > 1 and words[-2].strip(",") in word.TRAVELS
    return "" if travels else "where someone or something comes from"


_APPOSITION = re.compile(
    r"[A-ZÅÄÖ][\w-]+ (?:[A-ZÅÄÖ][\w.-]* )?[A-ZÅÄÖ][\w-]+(?: \([^)]*\))?(?:, (?:[\wåäö-]+ ){0,5}| \()$"
)


def _apposition(mention: Mention, reading: Reading) -> bool:
    """'Lisa Ek, konsult i Stockholm,': who a person is, between commas."""
    lead = reading.text.whole[max(0, mention.start - 70) : mention.start].rpartition("\n")[2]
    match = _APPOSITION.search(lead) if ", " in lead or lead.endswith("(") else None
    return bool(match and not word.first_names().isdisjoint(match[0].split()[:2]))
