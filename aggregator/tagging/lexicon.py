"""All names in one automaton, so that a text is read once however many places Sweden has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from aggregator.places import Name, coded, municipalities, names, newspapers

# People who write without å, ä and ö write so of well-known places; of villages the folded name is too often a word.
FOLDED_KINDS = frozenset({"municipality", "form", "district"})


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a string of letters in a text may be: names of places, or a newspaper, which is none."""

    names: tuple[Name, ...] = ()
    is_folded: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Every string to look for, and what each may be."""

    automaton: AhoCorasick
    entrances: tuple[Entrance, ...]
    by_string: Mapping[str, Entrance]


@cache
def lexicon(aliases: tuple[tuple[str, str], ...] = ()) -> Lexicon:
    """The gazetteer's names, with ALIASES that an operator added: pairs of a name and the code of its place."""
    written: dict[str, list[Name]] = {}
    for name in (*names(), *_aliases(aliases)):
        written.setdefault(name.text.lower(), []).append(name)
    by_string = {string: Entrance(tuple(sorted(found, key=_weight))) for string, found in written.items()}
    for string, found in written.items():
        plain = unaccented(string)
        known = by_string.get(plain, Entrance()).names
        if plain != string and _give_way(known) and any(name.kind in FOLDED_KINDS for name in found):
            by_string[plain] = Entrance((*by_string[string].names, *known), is_folded=True)
    by_string |= {paper.lower(): Entrance() for paper in newspapers()}
    return Lexicon(AhoCorasick(list(by_string)), tuple(by_string.values()), by_string)


@cache
def by_tag(aliases: tuple[tuple[str, str], ...] = ()) -> Mapping[str, tuple[Name, ...]]:
    """The names by how hashtags and page names write them: 'vastragotaland', 'ornskoldsvik'; true spelling first."""
    tags: dict[str, tuple[Name, ...]] = {}
    entrances = lexicon(aliases).by_string.items()
    for string, entrance in entrances:
        if entrance.names and entrance.names[0].kind not in {"stem", "adjective", "inhabitant"}:
            tags.setdefault(string.replace(" ", "").replace("-", ""), entrance.names)
    for string, entrance in entrances:
        if entrance.names and entrance.names[0].kind in FOLDED_KINDS | {"county"}:
            tags.setdefault(unaccented(string).replace(" ", "").replace("-", ""), entrance.names)
    return tags


def _give_way(names: Iterable[Name]) -> bool:
    """Whether these are but villages, for which a municipality without its accents may stand: Mala, or Malå."""
    return all(name.kind == "locality" and "word" in name.risks for name in names)


def unaccented(string: str) -> str:
    return string.translate(_UNACCENTED)


@cache
def misspellings() -> Mapping[str, frozenset[str]]:
    """Names of six letters or more, without accents, by what is left of them when one letter is missing."""
    left: dict[str, set[str]] = {}
    for place in municipalities():
        for spelling in shortened(unaccented(place.name.lower())):
            left.setdefault(spelling, set()).add(place.code)
    return {spelling: frozenset(codes) for spelling, codes in left.items()}


def shortened(word: str) -> set[str]:
    """WORD, and WORD with each of its letters left out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))} if len(word) >= 6 else set()


_UNACCENTED = str.maketrans("åäöéü", "aaoeu")


def _aliases(aliases: tuple[tuple[str, str], ...]) -> Iterator[Name]:
    for text, code in aliases:
        yield Name(text, "locality" if len(code) == 4 else "district", coded(code))


def _weight(name: Name) -> tuple[bool, int]:
    """Municipalities before towns, large towns before small ones."""
    return (name.kind != "municipality", -name.population)
