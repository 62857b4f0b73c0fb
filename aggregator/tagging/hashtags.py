"""Places in hashtags and handles, which are words run together: '#HållbartEskilstuna', '@omstallningkalmar'."""

import re
from collections.abc import Iterator, Mapping

from aggregator.places import Name
from aggregator.tagging import words as word
from aggregator.tagging.lexicon import by_tag
from aggregator.tagging.text import Text

# Not the second half of an address of mail.
_TAG = re.compile(r"(?<![\w.@#&/])([#@])(\w{3,})")
_PART = re.compile(r"[A-ZÅÄÖ]+(?![a-zåäöéü])|[A-ZÅÄÖ]?[a-zåäöéü]+")
# A name of so many parts is the longest there is: 'VästraGötaland'.
PARTS = 3
# A name runs together with any word only if it is so long; and the word is at least a word.
LONG, REST = 5, 3


def tagged(text: Text, aliases: tuple[tuple[str, str], ...]) -> Iterator[tuple[tuple[Name, ...], int, int]]:
    """The places of every hashtag and handle in TEXT, each with where its name begins and ends."""
    if "#" not in text.whole and "@" not in text.whole:
        return
    tags, said = by_tag(aliases), set()
    for match in _TAG.finditer(text.whole):
        if match[0] in said:
            continue
        said.add(match[0])
        for names, start, end in _named(match[2], tags):
            if match[1] == "#" or not names[0].risks:
                whole = end - start == len(match[2])
                yield names, match.start() if whole else match.start(2) + start, match.start(2) + end


def _named(tag: str, tags: Mapping[str, tuple[Name, ...]]) -> Iterator[tuple[tuple[Name, ...], int, int]]:
    low = tag.lower()
    if names := tags.get(low):
        yield names, 0, len(tag)
        return
    if (beside := word.TAG_WORDS.fullmatch(low)) and (names := tags.get(beside[1])):
        yield names, *beside.span(1)
        return
    parts = [match.span() for match in _PART.finditer(tag)]
    at = 0
    while at < len(parts):
        start = parts[at][0]
        size = next((size for size in range(PARTS, 0, -1) if _whole(low, parts[at : at + size], tags)), 0)
        if size:
            end = parts[min(at + size, len(parts)) - 1][1]
            yield tags[low[start:end]], start, end
        elif found := _run_together(low[start : parts[at][1]], tags):
            names, begins, ends = found
            yield names, start + begins, start + ends
        at += max(1, size)


def _whole(low: str, parts: list[tuple[int, int]], tags: Mapping[str, tuple[Name, ...]]) -> bool:
    part = low[parts[0][0] : parts[-1][1]]
    return part in tags and part not in word.EVERYDAY_TAGS


def _run_together(part: str, tags: Mapping[str, tuple[Name, ...]]) -> tuple[tuple[Name, ...], int, int] | None:
    """A name that another word is written before or after: 'klimatveckavästerås'."""
    for size in range(len(part) - REST, LONG - 1, -1):
        for start in (len(part) - size, 0):
            names = tags.get(part[start : start + size])
            if names and _is_plain(names[0]) and (start or not part.endswith(word.OTHER_NAMES)):
                return names, start, start + size
    return None


def _is_plain(name: Name) -> bool:
    """Whether its letters hardly end another word: 'vårblomma' is no Lomma."""
    return name.kind in {"municipality", "county"} and not name.risks and name.text not in word.ENDS_OF_WORDS
