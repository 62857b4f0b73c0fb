"""From an entry and its actor to the places it is about, with the evidence.

What a text may name is found by `mentions`, judged by the functions in `rules`, and decided once by `weighing`.
"""

from aggregator.model import Actor, Entry, Finding
from aggregator.tagging.lexicon import lexicon
from aggregator.tagging.mentions import mentions
from aggregator.tagging.rules import RULES, Reading
from aggregator.tagging.text import text_to_tag
from aggregator.tagging.themes import themes_of
from aggregator.tagging.weighing import weigh

__all__ = ["findings_of", "themes_of"]


def findings_of(
    entry: Entry,
    actor: Actor,
    aliases: tuple[tuple[str, str], ...] = (),
    near: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> tuple[Finding, ...]:
    """The places that ENTRY is about, and those that were considered and rejected.

    ALIASES are names that an operator added, each with its place's code; NEAR are the words of which one must stand in
    the text for a place's name to count.
    """
    text = text_to_tag(entry)
    reading = Reading(text, mentions(text, lexicon(aliases), aliases), actor, near)
    return weigh(reading, (piece for rule in RULES for piece in rule(reading)))
