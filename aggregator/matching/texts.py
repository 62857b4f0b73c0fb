"""How much two texts have in common, and what in them says that they are not of the same.

What repeats itself (the monthly café, one press release for each town) is told in the same words but for a date, a
number or a name. So texts are laid beside each other, and where one has a fact in the place of another fact, they are
of two things, however alike they are. What one of them only adds, a comment or a contact, says nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice, pairwise, takewhile
from typing import Literal, NamedTuple, TypeVar
from zlib import crc32

from aggregator.model import Entry

SHINGLE = 3
# Fewer words than these say too little: half of all actors wish a merry Christmas.
ENOUGH_WORDS = 18
# What is read of a text; a whole book would take seconds.
WORDS_READ = 600
ALIKE = 0.55
IN_COMMON = 10

# A fact replaces another if so many words before and behind are the same, and it is no longer than this.
BESIDE = 2
REPLACED = 5

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?…:•–\n\"”»]")

MONTHS = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
_MONTH = re.compile(
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}})(?::?e)?\s+({_MONTH.pattern})\b", re.IGNORECASE)
_DAY_SLASH_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_ISO = re.compile(r"\b\d{4}-(\d{2})-(\d{2})\b")
_HOUR = re.compile(r"\b(?:kl\.?|klockan)\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)

# One writes them, and another does not.
_LEFT_OUT = frozenset(("kl", "klockan", "den"))

_UNITS = "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo"
_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_COUNTED = {word: f"{number}" for number, word in enumerate(_UNITS.split(), 2)}
_COUNTED |= {word: f"{number}0" for number, word in enumerate(_TENS.split(), 2)}
_ORDERED = frozenset(
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde "
    "halv halvt hel helt".split()
)
_WEEKDAY = re.compile(r"(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en|s|ar)?")

Fact = Literal["", "number", "day", "name"]
KINDS: tuple[Fact, ...] = ("number", "day", "name")
# Of so many names, two texts about one thing have some in common.
SEVERAL = 2

Day = tuple[int, int]
T = TypeVar("T")


class Token(NamedTuple):
    """A word in lower case; whether a sentence starts with it, and of what kind of fact it is, if it is one."""

    word: str
    starts: bool
    fact: Fact = ""


@dataclass(frozen=True)
class Text:
    """What is told, as words that can be compared."""

    whole: str

    @cached_property
    def _readable(self) -> str:
        return _GROUPED.sub("", _ADDRESS.sub(" ", self.whole))

    @cached_property
    def tokens(self) -> tuple["Token", ...]:
        return tuple(islice(_tokens(self._readable), WORDS_READ))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Those of `tokens`, which cost much more: most texts are never asked for their facts."""
        return tuple(islice(_words(self._readable), WORDS_READ))

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Every few words in a row, as numbers that are the same on every machine."""
        return frozenset(shingles_of(self.words))

    @cached_property
    def days(self) -> frozenset[Day]:
        """The days that it names: (month, day)."""
        told = [(_number_of(month), int(day)) for day, month in _DAY_AND_MONTH.findall(self.whole)]
        told += [(int(month), int(day)) for day, month in _DAY_SLASH_MONTH.findall(self.whole)]
        told += [(int(month), int(day)) for month, day in _ISO.findall(self.whole)]
        return frozenset((month, day) for month, day in told if 1 <= month <= 12 and 1 <= day <= 31)

    @cached_property
    def hours(self) -> frozenset[tuple[int, int]]:
        """The times of day that it names after "kl"."""
        return frozenset((int(hour), int(minute or 0)) for hour, minute in _HOUR.findall(self.whole))


def text_of(entry: Entry) -> Text:
    """Title and body; only once where the title is how the body begins, as that of a post is."""
    title, body = entry.title.rstrip(" .…"), entry.body
    return Text(body if " ".join(body.split()).startswith(" ".join(title.split())) else f"{entry.title}\n{body}")


def shingles_of(words: Sequence[str]) -> list[int]:
    return [crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)]


def alike(one: Text, other: Text) -> float:
    """How much of the shorter text is in the longer one, from 0 to 1; 0 where there is too little to tell."""
    if min(len(one.words), len(other.words)) < ENOUGH_WORDS:
        return 0.0
    common = len(one.shingles & other.shingles)
    return common / min(len(one.shingles), len(other.shingles)) if common >= IN_COMMON else 0.0


def contradict(one: Text, other: Text) -> bool:
    """Whether they are of different days, share no name or no number at all, or one has a fact where the other has
    another."""
    return (
        days_differ(one, other)
        or any(_share_none(_facts(one.tokens, kind), _facts(other.tokens, kind)) for kind in KINDS)
        or any(
            _disjoint(_facts(left, kind), _facts(right, kind))
            for left, right in _replaced(one, other)
            for kind in KINDS
        )
    )


def _share_none(one: Set[str], other: Set[str]) -> bool:
    return min(len(one), len(other)) >= SEVERAL and one.isdisjoint(other)


def days_differ(one: Text, other: Text) -> bool:
    return _disjoint(one.days, other.days)


def _disjoint(one: Set[T], other: Set[T]) -> bool:
    return bool(one and other and one.isdisjoint(other))


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        plain = _plain(word)
        if plain in _LEFT_OUT:
            continue
        yield plain[:3] if _is_day(plain) else plain


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        word = match[0]
        starts = end == 0 or bool(_SENTENCE.search(text[end : match.start()]))
        end = match.end()
        plain = _plain(word)
        if plain in _LEFT_OUT:
            continue
        if plain[0].isdigit() or plain in _ORDERED:
            yield Token(plain, starts, "number")
        elif _is_day(plain):
            yield Token(plain[:3], starts, "day")
        else:
            yield Token(plain, starts, "name" if word[0].isupper() and not word.isupper() and not starts else "")


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """WORD as it is compared: a number in figures, 18:00 as 18."""
    plain = word.lower().replace(":", ".").removesuffix(".00")
    return _COUNTED.get(plain, plain)


@lru_cache(maxsize=20_000)
def _is_day(word: str) -> bool:
    return bool(_MONTH.fullmatch(word) or _WEEKDAY.fullmatch(word))


def _facts(tokens: Iterable[Token], kind: Fact) -> frozenset[str]:
    """The facts of that kind among TOKENS, a name with and without its genitive being one."""
    words = (token.word for token in tokens if token.fact == kind)
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in words)


def _replaced(one: Text, other: Text) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """The few words of ONE that stand where OTHER has others: between the same words, or after them in a sentence."""
    found = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    for before, behind in pairwise(block for block in found if block.size >= BESIDE or not block.size):
        left = one.tokens[before.a + before.size : behind.a]
        right = other.tokens[before.b + before.size : behind.b]
        if not behind.size or max(len(left), len(right)) > REPLACED:
            left, right = _sentence(left), _sentence(right)
        yield left[:REPLACED], right[:REPLACED]


def _sentence(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The beginning of TOKENS, as far as the sentence goes that they go on."""
    return tuple(takewhile(lambda token: not token.starts, tokens))


def _number_of(month: str) -> int:
    return MONTHS.index(month[:3].lower()) + 1
