"""What speaks against a place: another name that holds it, a person, a place abroad."""

import re
from collections.abc import Iterator

from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.rules.reading import Evidence, Reading, called_municipality, meets_at_school
from aggregator.tagging.text import Text


def wants_company(reading: Reading) -> Iterator[Evidence]:
    """Operators know which names mislead, and what stands near when they do not."""
    wanted = dict(reading.near)
    for mention in reading.mentions:
        near = wanted.get(mention.name.place.code)
        if near and mention.form in {"name", "genitive"} and not any(x.lower() in reading.text.low for x in near):
            yield Evidence(mention, "require_near", -2.0, f"none of {', '.join(near)} stands near")


def person(reading: Reading) -> Iterator[Evidence]:
    """A first name or a title before, a verb of saying beside; and then the bare surname elsewhere too."""
    surnames = {_bare(mention) for row in reading.lists if _are_persons(row, reading) for mention in row}
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"} and not called_municipality(mention) and _is_person(mention):
            surnames.add(_bare(mention))
    for mention in reading.mentions:
        if mention.form in {"name", "genitive"} and _bare(mention) in surnames and not called_municipality(mention):
            yield Evidence(mention, "person", -2.0, "a person's name")


def _are_persons(row: tuple[Mention, ...], reading: Reading) -> bool:
    """'Tvillingarna Ale och Mark', 'Nora och Ale Holm': names in a row that are all first names too."""
    if not all(word.may_be_first_name(mention.name.text) for mention in row):
        return False
    kin = row[0].gap == " " and row[0].before.lower() in word.TITLES
    return kin or (" och " in reading.between(row[-2], row[-1]) and _has_surname(row[-1]))


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
        elif mention.form in {"name", "genitive", "compound"} and (what := _swallowed(mention, reading)):
            yield Evidence(mention, "other name", -2.0, what)


def in_a_title(reading: Reading) -> Iterator[Evidence]:
    """'Boken ”Mord i Ystad”', 'romanen Sommar i Mora': what a work is called, not where the news is."""
    titles = list(_quoted_titles(reading.text)) if any(mark in reading.text.whole for mark in word.QUOTES) else []
    for mention in reading.mentions:
        if any(start <= mention.start < end for start, end in titles) or _ends_title(mention, reading):
            yield Evidence(mention, "work", -2.0, "the title of a work")


def _quoted_titles(text: Text) -> Iterator[tuple[int, int]]:
    for match in word.QUOTED.finditer(text.whole):
        if text.before(match.start())[0].lower() in word.WORKS:
            yield match.span(1)


def _ends_title(mention: Mention, reading: Reading) -> bool:
    if word.WORKS.isdisjoint(reading.leads(mention).split()[-6:]):
        return False
    title = word.UNQUOTED.search(reading.text.whole, max(0, mention.start - 60), mention.start)
    return bool(title and title[1].lower() in word.WORKS)


def _swallowed(mention: Mention, reading: Reading) -> str:
    beside = mention.after.partition("-")[0]
    after = beside.lower() if mention.gap_after in {" ", "-", "\u00a0"} else ""
    if after in word.SCHOOLS or (
        after == "tekniska" and "universitet" in reading.text.low[mention.end : mention.end + 30]
    ):
        return "a university"
    if mention.before.lower() in {"högskolan", "universitetet", "lärarhögskolan"}:
        return "a university"
    if mention.before == "i" and reading.leads(mention).endswith(("högskolan i ", "universitetet i ")):
        return "" if meets_at_school(mention, reading) else "a university"
    if after in word.PAPERS and beside[:1].isupper():
        return "a newspaper"
    if after in word.CLUBS and beside[:1].isupper():
        return "a club"
    if mention.before.isupper() and mention.before.lower() in word.CLUBS and mention.gap == " " and not mention.shouted:
        return "a club"
    if (
        mention.before.lower() in word.SHIPS
        and mention.gap == " "
        and not _ROUTE.match(reading.text.whole, mention.end)
    ):
        return "a ship"
    if after in word.BRANDS and not mention.follows_preposition:
        return "a brand"
    if after in word.STREETS:
        return "a street"
    if after in word.RIVERS and mention.name.kind == "form":
        return "a river or what is called by it"
    return "a match" if _SCORE.match(reading.text.whole, mention.end) or _played(mention, reading) else ""


_ROUTE = re.compile(r"[–-]| till | mot ")
_SCORE = re.compile(r"[–-][A-ZÅÄÖ]\w+.{0,25}?\b\d{1,2}[–-]\d{1,2}\b")


def _played(mention: Mention, reading: Reading) -> bool:
    gap = mention.gap.strip()
    return gap in {"–", "-"} and bool(
        re.match(r".{0,25}?\b\d{1,2}[–-]\d{1,2}\b", reading.text.whole[mention.end : mention.end + 40])
    )


def abroad(reading: Reading) -> Iterator[Evidence]:
    """A country or its adjective beside the name, once for all; or anywhere, if the name is known to exist abroad."""
    foreign = [mention for mention in reading.mentions if _is_foreign(mention, reading)]
    names = {_bare(mention) for mention in foreign}
    for mention in reading.mentions:
        if mention.form not in _NAMED or mention.name.kind == "county":
            continue
        if names and _bare(mention) in names and (mention in foreign or not _is_at_home(mention, reading)):
            yield Evidence(mention, "abroad", -2.0, "a place abroad")
        elif "abroad" in mention.name.risks and not called_municipality(mention) and _plays_abroad(mention, reading):
            yield Evidence(mention, "abroad", -1.0, "a place abroad")


_NAMED = frozenset({"name", "genitive", "compound", "hashtag"})


def _is_foreign(mention: Mention, reading: Reading) -> bool:
    if mention.form not in _NAMED or called_municipality(mention):
        return False
    before = mention.before.lower() if mention.gap == " " else ""
    if before in word.PARTS:
        before = " ".join(reading.leads(mention).split()[-2:-1])
    if before.removesuffix("a") in word.FOREIGN:
        return True
    return mention.name.kind != "district" and _in_a_country(mention, reading)


def _is_at_home(mention: Mention, reading: Reading) -> bool:
    """Whether a namesake of a place abroad is the Swedish one all the same: 'Mora i Minnesota och Mora i Dalarna'."""
    at_home = mention.start in reading.in_their_county or mention.name.place.code in reading.homes
    return at_home or called_municipality(mention)


def _in_a_country(mention: Mention, reading: Reading) -> bool:
    """'Boden i Tyskland', 'Mora, New Mexico', 'Karlstad (USA)'."""
    following = _FOLLOWING.match(reading.text.low, mention.end)
    if following and following[1].removesuffix("a") in word.FOREIGN:
        return True
    return bool(following and not word.COUNTRIES.isdisjoint({following[1], following[1].removesuffix("s")}))


_FOLLOWING = re.compile(r"(?: i|,| \()? ?(?:norra |södra |västra |östra )?(?:new |delstaten )?([a-zåäö]+)")


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


def opens_as_a_word(reading: Reading) -> Iterator[Evidence]:
    """'Nacka inte hönsen', 'Grums i kaffet': no town acts so, if nothing else speaks of it."""
    for mention in reading.mentions:
        if mention.form != "name" or not mention.opens or mention.name.text not in word.OPENING_WORDS:
            continue
        code = mention.name.place.code
        if (
            reading.times[code] == 1
            and code not in reading.homes
            and word.AS_A_WORD.match(reading.text.low, mention.end)
        ):
            yield Evidence(mention, "word", -1.5, "a word that opens a sentence")


def nickname_from_abroad(reading: Reading) -> Iterator[Evidence]:
    """'Peking' is Norrköping only where something else is of its county."""
    here = reading.counties | {code[:2] for code in reading.homes}
    for mention in reading.mentions:
        if mention.name.kind == "form" and "abroad" in mention.name.risks and mention.name.place.code[:2] not in here:
            yield Evidence(mention, "abroad", -2.0, "a place abroad, and nothing here speaks for its namesake")


def common_ground(reading: Reading) -> Iterator[Evidence]:
    """A village with the name of a thing does not count beside a town in another county, nor a park's name alone."""
    homes = {code[:2] for code in reading.homes}
    for mention in reading.mentions:
        if mention.form not in {"name", "genitive"} or mention.name.kind not in {"locality", "quarter"}:
            continue
        if "word" not in mention.name.risks:
            continue
        counties = {name.place.code[:2] for name in mention.names}
        if counties.isdisjoint(reading.counties | homes) and (reading.counties or _GROUND.search(mention.name.text)):
            yield Evidence(mention, "strange", -0.3, "also a word, and nothing else is said of its county")


_GROUND = re.compile(r"(?:backen|gården|hagen|kullen|parken|skogen|stranden|torget|udden|ängen)\Z")
