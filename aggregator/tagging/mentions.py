"""Where a text names places, in which form, and between which words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from aggregator.places import Name, coded, municipalities_called, municipality_at
from aggregator.tagging import words as word
from aggregator.tagging.hashtags import tagged
from aggregator.tagging.lexicon import Entrance, Lexicon, by_tag, misspellings, shortened, unaccented
from aggregator.tagging.text import Text, ends_sentence

# How the name stands there; "other" is another name that holds a place's: a street, a newspaper, a domain.
Form = Literal[
    "name", "genitive", "compound", "inhabitant", "adjective", "hashtag", "address", "domain", "phone", "typo", "other"
]

_POSTAL = re.compile(r"([1-9][0-9]{2}) ?([0-9]{2})(?=\s+[A-ZÅÄÖ][A-ZÅÄÖa-zåäö])")
_NEXT_TOWN = re.compile(r"\s+[A-ZÅÄÖ][\w-]*")
_PHONE = re.compile(r"0\d{1,3}(?=\s?[-–/ ]\s?\d{2,3}[ \d]{3,})")
_DOMAIN = re.compile(r"(?:www\.|//|@|\b)([a-zåäö-]{4,})\.(?:se|nu)\b")
_TOWN_ADJECTIVE = re.compile(r"(?:iti)?sk(?:a|t)?\b")
_ADJECTIVE_END = re.compile(r"sk(?:a|t|e|as|es)?\b")
_PLURAL_END = re.compile(r"(?:s|n|ns|en|ens|e|er|r|rna|rnas|ar|arna|arnas|or|orna|a|erna|ernas|ars|ers|rs)?\b")
_UNKNOWN_PLACE = re.compile(r"\b(?:[Ii]|I|[Ff]rån|FRÅN|[Tt]ill|TILL|[Pp]å|PÅ|[Uu]tanför|UTANFÖR) ([A-ZÅÄÖ]\w{5,})\b")
_TAIL = re.compile(r"s?([a-zåäöé]+)")
_ADDRESS = re.compile(r"@|\.[a-z]")
_HYPHENATED = re.compile(r"[-–]([a-zåäö]{3,})")
# 'Sollefteå/Kramfors', but not an address of the web.
_BEFORE_SLASH = re.compile(r"(?:^|[\s(])(?:[A-ZÅÄÖ][\w-]*/)+\Z")

_RISKS = frozenset({"word", "person"})

# A name that a text has so many times already tells nothing new.
OFTEN = 4


class Mention(NamedTuple):
    """A name as it stands in the text, the places it may mean, and the words around it."""

    names: tuple[Name, ...]
    start: int
    end: int
    form: Form
    words: str
    risky: bool = False  # whether the name alone is no reason to think of the place
    before: str = ""
    gap: str = ""
    after: str = ""
    gap_after: str = ""
    tail: str = ""

    @property
    def name(self) -> Name:
        """The likeliest of the places' names, before anything else is known."""
        return self.names[0]

    @property
    def opens(self) -> bool:
        """Whether it is the first word of a sentence, where every word has a capital."""
        return not self.before or (self.gap != " " and ends_sentence(self.gap))

    @property
    def shouted(self) -> bool:
        """Whether it stands among words in capitals, where a capital says nothing."""
        return self.words.isupper() and (self.before.isupper() or self.after.isupper())

    @property
    def follows_preposition(self) -> bool:
        if self.opens or self.gap.strip():
            return False
        return self.before.lower() in (word.WHERE_NOT_WHO if self.names_person else word.WHERE)

    @property
    def names_person(self) -> bool:
        """Whether people too are spoken of so: 'till Åsa'. After 'till' a municipality is likelier than a Nora."""
        return "person" in self.name.risks and (
            self.name.kind != "municipality" or self.before.lower() in {"på", "vid", "över"}
        )


def mentions(text: Text, lexicon: Lexicon, aliases: tuple[tuple[str, str], ...] = ()) -> tuple[Mention, ...]:
    """Every place that TEXT may name, in order; where two overlap, the longest counts."""
    found = [
        *_named(text, lexicon),
        *_hashtags(text, aliases),
        *_addresses(text),
        *_phones(text),
        *_domains(text, aliases),
    ]
    places = tuple(mention for mention in _longest(found) if mention.names)
    return places if any(map(_speaks, places)) else (*places, *_misspelt(text, lexicon))


def _speaks(mention: Mention) -> bool:
    """Whether it may well be the place of the news, so that there is no need to look for misspelt ones."""
    return mention.form not in {"other", "phone", "domain"} and not (mention.risky and mention.opens)


def _longest(found: Iterable[Mention]) -> Iterator[Mention]:
    end = 0
    for mention in sorted(
        found, key=lambda mention: (mention.start, -mention.end, mention.form in {"compound", "inhabitant"})
    ):
        if mention.start >= end:
            yield mention
            end = mention.end


def _named(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    low, whole = text.low, text.whole
    times: Counter[int] = Counter()
    for at, start, end in lexicon.automaton.find_matches_as_indexes(low, overlapping=True):
        if start and (whole[start - 1].isalnum() or not _begins_word(whole, start)):
            continue
        if times[at] == OFTEN:
            continue
        entrance = lexicon.entrances[at]
        capital = whole[start].isupper()
        if not capital and (entrance.is_folded or not _may_be_small(entrance, text, start)):
            continue
        mention = _mention(text, entrance, start, end, capital)
        if mention and not _is_just_a_word(mention):
            times[at] += 1
            yield mention


def _begins_word(whole: str, start: int) -> bool:
    if whole[start - 1] == "/":
        return bool(_BEFORE_SLASH.search(whole, max(0, start - 60), start))
    return whole[start - 1] not in "#@._&"


def _is_just_a_word(mention: Mention) -> bool:
    """'Vi', 'Vad', 'Bara' as the first word of a sentence: nobody thinks of the villages, and no text lacks them."""
    if not mention.names or mention.form != "name" or mention.gap_after != " " or mention.after in word.LYING:
        return False
    return mention.name.kind == "locality" and "word" in mention.name.risks and mention.opens


def _may_be_small(entrance: Entrance, text: Text, start: int) -> bool:
    """Inhabitants and adjectives are written small; the towns too, by those who write everything small."""
    if not entrance.names:
        return False
    kind = entrance.names[0].kind
    if kind in {"inhabitant", "adjective"} or (kind == "district" and len(entrance.names[0].text) >= 8):
        return True
    shortest = {"municipality": 3, "locality": 4}.get(kind, 99)
    return not entrance.names[0].risks and len(entrance.names[0].text) >= shortest


def _mention(text: Text, entrance: Entrance, start: int, end: int, capital: bool) -> Mention | None:
    low = text.low
    if not entrance.names:
        return _standing(text, entrance, start, _word_end(low, end), "other")
    kind = entrance.names[0].kind
    if kind == "adjective":
        ending = _ADJECTIVE_END.match(low, end)
        return _standing(text, entrance, start, ending.end(), "adjective") if ending else None
    if kind == "inhabitant":
        ending = _PLURAL_END.match(low, end) or _ADJECTIVE_END.match(low, end)
        return _standing(text, entrance, start, ending.end(), "inhabitant") if ending else None
    following = low[end : end + 1]
    if kind != "stem" and not following.isalnum():
        return _whole_word(text, entrance, start, end, capital)
    if kind != "stem" and following == "s" and not low[end + 1 : end + 2].isalnum():
        return (
            _standing(text, entrance, start, end + 1, "genitive") if capital else _small(text, entrance, start, end + 1)
        )
    if following.isdigit() or following == "_":
        return None
    return _longer_word(text, entrance, start, end, capital)


def _whole_word(text: Text, entrance: Entrance, start: int, end: int, capital: bool) -> Mention | None:
    if _ADDRESS.match(text.whole, end):
        return None
    if not capital:
        return _small(text, entrance, start, end)
    if hyphenated := _HYPHENATED.match(text.whole, end):
        tail = hyphenated[1]
        is_other = tail.startswith(word.PROPER_TAILS) or tail in word.BRANDS
        form: Form = "other" if is_other else "compound"
        return _standing(text, entrance, start, hyphenated.end(), form, tail)
    return _standing(text, entrance, start, end, "name")


def _small(text: Text, entrance: Entrance, start: int, end: int) -> Mention | None:
    """A town in small letters: only where all is written so, or after 'i' with a name of its own."""
    kind = entrance.names[0].kind
    if kind == "district":
        return _standing(text, entrance, start, end, "name")
    mention = _standing(text, entrance, start, end, "name")
    unshifted = text.low == text.whole or (kind == "municipality" and len(entrance.names[0].text) >= 6)
    return (
        mention
        if unshifted and mention.before.lower() in {"i", "utanför", "från", "till"} and mention.gap == " "
        else None
    )


def _longer_word(text: Text, entrance: Entrance, start: int, end: int, capital: bool) -> Mention | None:
    """A word that begins with the name: an inhabitant, a compound, a street, or another word altogether."""
    low, name = text.low, entrance.names[0]
    if who := _inhabitant(name, low, end, capital):
        return _standing(text, entrance, start, who, "inhabitant")
    if (adjective := _TOWN_ADJECTIVE.match(low, end)) and name.kind == "municipality" and len(name.text) >= 6:
        return _standing(text, entrance, start, adjective.end(), "adjective") if not name.risks else None
    tail = _TAIL.match(low, end)
    if not tail or not capital or entrance.is_folded:
        return None
    if tail[1].startswith(word.PROPER_TAILS) or tail[0].startswith(word.PROPER_TAILS):
        return _standing(text, entrance, start, tail.end(), "other", tail[1])
    return _standing(text, entrance, start, tail.end(), "compound", tail[1]) if _compounds(name, tail) else None


def _inhabitant(name: Name, low: str, end: int, capital: bool) -> int:
    """Where the ending of those who live there ends, or 0: 'Mariestadsbor', but not 'vikare'."""
    if name.kind not in {"municipality", "form"} and (name.kind != "locality" or name.population < 1000 or name.risks):
        return 0
    who = word.INHABITANT.match(low, end)
    if not who or not (capital or len(who[0]) > 3 or not name.risks):
        return 0
    doubtful = who[0].startswith(("ar", "sar")) and (name.risks - {"abroad"} or len(name.text) < 5)
    return 0 if doubtful else who.end()


def _compounds(name: Name, tail: re.Match[str]) -> bool:
    """Whether NAME and TAIL make a word that speaks of the place: 'Kalmarforskare', but not 'Kalmarsund'."""
    if name.kind in {"quarter", "region", "county"} or "person" in name.risks:
        return False
    known = tail[1].startswith(word.TAILS) or tail[0].startswith(word.TAILS)
    if "word" in name.risks:
        return known and name.kind == "municipality" and len(name.text) >= 5 and len(tail[1]) >= 6
    if name.kind in {"district", "stem"}:
        return known or len(tail[1]) >= 5
    if name.kind == "locality" and (name.population < 1500 or len(name.text) < 6):
        return False
    if known and not (name.risks and len(tail[1]) < 4):
        return len(tail[1]) >= 3
    return len(name.text) >= 6 and len(tail[1]) >= 5 and not name.risks and not _of_another_name(tail)


def _of_another_name(tail: re.Match[str]) -> bool:
    """'-sund', and what begins with it: 'Kalmarsund', 'Kalmarsundsregionen'."""
    return tail[1].endswith(word.OTHER_NAMES) or any(map(_OTHER_NAMES_OF.match, (tail[0], tail[1])))


_OTHER_NAMES_OF = re.compile(rf"(?:{'|'.join(end for end in word.OTHER_NAMES if len(end) >= 4)})s\w\w")


def _standing(text: Text, entrance: Entrance, start: int, end: int, form: Form, tail: str = "") -> Mention:
    before, gap = text.before(start)
    after, gap_after = text.after(end)
    short = entrance.is_folded and end - start <= 4  # 'Are', 'Ange' are words in any language
    risky = short or _is_risky(entrance.names)
    words = text.whole[start:end]
    return Mention(entrance.names, start, end, form, words, risky, before, gap, after, gap_after, tail)


def _is_risky(names: tuple[Name, ...]) -> bool:
    return bool(names) and not names[0].risks.isdisjoint(_RISKS)


def _word_end(low: str, end: int) -> int:
    while low[end : end + 1].isalpha():
        end += 1
    return end


def _once(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The first of those that say the same."""
    said: set[str] = set()
    for match in matches:
        if match[0] not in said:
            said.add(match[0])
            yield match


def _hashtags(text: Text, aliases: tuple[tuple[str, str], ...]) -> Iterator[Mention]:
    for names, start, end in tagged(text, aliases):
        yield Mention(names, start, end, "hashtag", text.whole[start:end], _is_risky(names))


def _addresses(text: Text) -> Iterator[Mention]:
    for match in _once(_POSTAL.finditer(text.whole)):
        place = municipality_at(match[1] + match[2])
        if place and _begins_number(text.whole, match.start()):
            town = _NEXT_TOWN.match(text.whole, match.end())
            end = town.end() if town else match.end()
            yield Mention(
                (Name(place.name, "municipality", place),),
                match.start(),
                end,
                "address",
                text.whole[match.start() : end],
            )


def _begins_number(whole: str, start: int) -> bool:
    return start == 0 or not (whole[start - 1].isalnum() or whole[start - 1] in "-+")


def _phones(text: Text) -> Iterator[Mention]:
    for match in _PHONE.finditer(text.whole):
        if _begins_number(text.whole, match.start()) and (places := municipalities_called(match[0])):
            named = tuple(Name(place.name, "municipality", place) for place in places)
            yield Mention(named, match.start(), match.end(), "phone", match[0])


def _domains(text: Text, aliases: tuple[tuple[str, str], ...]) -> Iterator[Mention]:
    if ".se" in text.low or ".nu" in text.low:
        tags = by_tag(aliases)
        for match in _DOMAIN.finditer(text.low):
            if (found := tags.get(match[1].replace("-", ""))) and found[0].kind == "municipality":
                yield Mention(found, match.start(), match.end(), "domain", text.whole[match.start() : match.end()])


def _misspelt(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """'i Götebrog': an unknown word with a capital where a place would stand, one slip away from one municipality."""
    for match in _UNKNOWN_PLACE.finditer(text.whole):
        written = match[1].lower()
        if written in lexicon.by_string or match[1] in word.first_names():
            continue
        for stem in (written, written.removesuffix("s")):
            if len(near := _one_slip_away(stem)) == 1 and len(stem) >= 6:
                place = coded(*near)
                named = (Name(place.name, "municipality", place),)
                yield Mention(named, match.start(1), match.end(1), "typo", match[1])
                break


def _one_slip_away(written: str) -> set[str]:
    """The codes of municipalities from which WRITTEN lacks, adds or changes a letter, or swaps two; dots apart."""
    known = misspellings()
    plain = unaccented(written)
    codes = {code for left in shortened(plain) for code in known.get(left, ())}
    return {code for code in codes if _is_one_slip(plain, unaccented(coded(code).name.lower()))}


def _is_one_slip(written: str, name: str) -> bool:
    at = next(
        (at for at, (x, y) in enumerate(zip(written, name, strict=False)) if x != y), min(len(written), len(name))
    )
    rest, other = written[at:], name[at:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == other
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped
