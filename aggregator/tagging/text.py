"""An entry's words, and what stands around each of them."""

import re
from dataclasses import dataclass
from functools import cached_property

from aggregator.model import Entry

# What a place tagger reads at most: what news is about is said in the beginning, and a book must not stop the house.
LONGEST = 20_000

_LAST_WORD = re.compile(r"\w[\w.'’-]*\Z")
_NEXT_WORD = re.compile(r"\w[\w'’-]*")
_NOT_IN_WORDS = " \t\n\r\"'”“»«’‘()[]–—-,;:.!?…/•*|>\u00a0"
_ENDS_SENTENCE = frozenset(".!?:\n•”“»*|…")


@dataclass(frozen=True)
class Text:
    """The title, a line break, the body; and after another line break where the event is, if it is one."""

    whole: str
    title_end: int
    body_end: int

    @cached_property
    def low(self) -> str:
        """The same in lower case, letter by letter, so that what is found in it stands at the same place."""
        low = self.whole.lower()
        return low if len(low) == len(self.whole) else "".join(map(_lower, self.whole))

    def before(self, start: int) -> tuple[str, str]:
        """The word before START, and what stands between."""
        left = self.whole[max(0, start - 48) : start]
        words = left.rstrip(_NOT_IN_WORDS)
        last = _LAST_WORD.search(words, max(0, words.rfind(" ")))
        return (last[0] if last else ""), left[len(words) :]

    def after(self, end: int) -> tuple[str, str]:
        """The word after END, and what stands between."""
        right = self.whole[end : end + 40]
        following = _NEXT_WORD.search(right)
        return (following[0], right[: following.start()]) if following else ("", right)

    def lead(self, start: int, reach: int = 70) -> str:
        """What the sentence says before START, in lower case."""
        left = self.low[max(0, start - reach) : start]
        return left[max(left.rfind("\n"), left.rfind(". "), left.rfind("! "), left.rfind("? ")) + 1 :]


def text_to_tag(entry: Entry) -> Text:
    title, body = entry.title, entry.body[:LONGEST]
    place = entry.event.place if entry.event else ""
    whole = f"{title}\n{body}"
    return Text(f"{whole}\n{place}" if place else whole, len(title), len(whole))


def ends_sentence(between: str) -> bool:
    """Whether what stands between two words ends a sentence."""
    return not _ENDS_SENTENCE.isdisjoint(between) or " – " in between or " - " in between


def _lower(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter
