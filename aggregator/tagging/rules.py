"""How a piece of news finds its places.

A rule is a function of the text and the actor. The rules are asked in the order of RULES, and the first that answers
decides, so that 'why is this in my newsfeed?' has one answer.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from aggregator.model import Actor, Finding
from aggregator.places import NATION
from aggregator.tagging.names import names_in


class Rule(Protocol):
    def __call__(self, text: str, actor: Actor) -> Iterable[Finding]: ...


def named_in_text(text: str, actor: Actor) -> Iterator[Finding]:
    """What the text names; a national actor's news is the nation's too."""
    seen = set()
    for name, start, words in names_in(text):
        if name.place not in seen:
            seen.add(name.place)
            yield Finding(name.place.code, rule="name", words=words, start=start)
    if seen and actor.scope == "national":
        yield Finding(NATION.code, rule="scope")


def home_of_actor(text: str, actor: Actor) -> Iterator[Finding]:
    """The actor's own area, widened to what its scope says."""
    if actor.scope == "national":
        yield Finding(NATION.code, rule="scope")
    elif actor.scope == "county":
        for code in sorted({area.county.code for area in actor.areas}):
            yield Finding(code, rule="scope")
    else:
        for area in actor.areas:
            yield Finding(area.code, rule="home")


RULES: tuple[Rule, ...] = (named_in_text, home_of_actor)
