"""What counts: which news of a source that publishes everything is for us, by its words and its themes."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

Theme = Literal["energi", "transport", "mat", "återbruk", "bygg", "natur", "ekonomi", "engagemang"]
THEMES: tuple[Theme, ...] = get_args(Theme)


def said(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """The first of WORDS in TEXT, as whole words and in any case; 'cykel*' is any word that begins so."""
    return _pattern(words).search(text) if words else None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (r"\w*".join(map(re.escape, word.split("*"))) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What news must say to count: one of `words` or a theme among `themes`, and none of the words of `without`.

    Where neither words nor themes are asked for, everything counts that has none of the words of `without`.
    """

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()

    def objection(self, text: str, themes: tuple[str, ...]) -> str:
        """Why news of this TEXT with these THEMES does not count; empty if it does."""
        if unwanted := said(self.without, text):
            return f'it says "{unwanted[0]}", which is among the words of without'
        if not (self.words or self.themes) or said(self.words, text) or not set(self.themes).isdisjoint(themes):
            return ""
        wanted = [*(f'"{word}"' for word in self.words), *(f"the theme {theme}" for theme in self.themes)]
        return f"it has none of {', '.join(wanted)}"
