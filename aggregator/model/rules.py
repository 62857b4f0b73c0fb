"""What operators know and the map cannot: other names, names that mislead, decisions on news of a kind."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from aggregator.model.actors import Actor
from aggregator.model.entry import Entry
from aggregator.places import Place

Theme = Literal["energi", "transport", "mat", "återbruk", "bygg", "natur", "ekonomi", "engagemang"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an operator decided of some news: of an actor, with certain words, or one item by its address.

    What is empty of `actor`, `words` and `item` asks for nothing. `places` is what the news is then about, whatever
    it says, and `theme` what its theme is.
    """

    actor: str = ""
    words: tuple[str, ...] = ()
    item: str = ""
    places: tuple[Place, ...] = ()
    theme: Theme | None = None

    def applies(self, entry: Entry, actor: Actor) -> bool:
        return (
            self.actor in ("", actor.id)
            and self.item in ("", entry.url)
            and (not self.words or self.says(f"{entry.title}\n{entry.body}"))
        )

    def says(self, text: str) -> bool:
        """Whether any of the words stands in TEXT."""
        return said(self.words, text) is not None


def said(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """The first of WORDS in TEXT, as whole words and in any case; 'cykel*' is any word that begins so."""
    return _pattern(words).search(text) if words else None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (r"\w*".join(map(re.escape, word.split("*"))) for word in words)
    return re.compile(rf"\b(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What feeds.toml says that tagging goes by.

    `aliases` are names with the codes of their places; `near` are codes with the words of which one must stand in the
    text for the place's name to count; `rules` are asked in order, and the first that applies decides.
    """

    aliases: tuple[tuple[str, str], ...] = ()
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rules: tuple[Rule, ...] = ()


NOTHING_KNOWN = Knowledge()
