"""What news is about, in the words of the transition (omställning): energy, transport, food, and so on.

Swedish makes compounds, so that stems are looked for: at the beginning of a word ('cykel'), as a whole word ('=bin'),
or anywhere in one ('*solcell'). They are in `themes.txt`. A theme is published as a category; it hides nothing unless
feeds.toml says so.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from aggregator.model import THEMES, Actor, Entry
from aggregator.tagging.lists import words
from aggregator.tagging.text import Text, text_to_tag

# So many points of hints, of which the title's count twice, make a theme.
SEVERAL_HINTS = 3
# A theme with so many times fewer points than the strongest is an aside.
ASIDE = 4


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[tuple[str, str, int], ...]]:
    """The automaton over all stems, and for each of them where it must stand, its theme and its weight."""
    listed: list[tuple[str, str, int]] = [(stem, theme, 2) for theme in THEMES for stem in words("themes.txt", theme)]
    listed += [(stem, theme, 1) for theme in THEMES for stem in words("themes.txt", f"{theme} hints")]
    # A trap of several words must stand as it is; one of a single word may have any ending.
    listed += [(f"={trap}" if "-" in trap else f"*{trap}", "", 0) for trap in words("themes.txt", "traps")]
    meanings = tuple((stem[0] if stem[0] in "=*" else "^", theme, weight) for stem, theme, weight in listed)
    return AhoCorasick([stem.lstrip("=*").replace("-", " ") for stem, _, _ in listed]), meanings


def themes_of(entry: Entry, actor: Actor) -> tuple[str, ...]:
    """The themes of ENTRY, the strongest first. Those in its actor's name need no more than a hint."""
    prior = {theme for theme, weight, _ in _hits(actor.name.lower()) if weight > 1}
    return tuple(_told(text_to_tag(entry), prior))


def _told(text: Text, prior: Collection[str]) -> list[str]:
    hits = list(_hits(text.low))
    points: Counter[str] = Counter()
    for theme, weight, start in hits:
        points[theme] += weight * (2 if start < text.title_end else 1)
    plain = {theme for theme, weight, _ in hits if weight > 1}
    most = max(points.values(), default=0)
    enough = {
        theme
        for theme in points
        if theme in prior or (points[theme] * ASIDE >= most and (theme in plain or points[theme] >= SEVERAL_HINTS))
    }
    return sorted(enough, key=lambda theme: (-points[theme], theme))


def _hits(low: str) -> Iterator[tuple[str, int, int]]:
    """Theme, weight and place of every stem in LOW that no trap holds; each word counts once for a theme."""
    automaton, meanings = _lexicon()
    found = [(meanings[at], start, end) for at, start, end in automaton.find_matches_as_indexes(low, overlapping=True)]
    standing = [(meaning, start, end) for meaning, start, end in found if _stands(low, meaning[0], start, end)]
    trapped = {at for (_, theme, _), start, end in standing if not theme for at in range(start, end)}
    for (_, theme, weight), start, _ in standing:
        if theme and start not in trapped:
            yield theme, weight, start


def _stands(low: str, place: str, start: int, end: int) -> bool:
    begins = start == 0 or not low[start - 1].isalpha()
    return place == "*" or (begins and (place == "^" or not low[end : end + 1].isalpha()))
