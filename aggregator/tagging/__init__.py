"""From an entry and its actor to the places it is about, with the evidence, and to its themes.

What a text may name is found by `mentions`, judged by the functions in `rules`, and decided once by `weighing`.
"""

from aggregator.model import NOTHING_KNOWN, Actor, Entry, Finding, Knowledge
from aggregator.tagging.lexicon import lexicon
from aggregator.tagging.mentions import mentions
from aggregator.tagging.pins import pinned
from aggregator.tagging.rules import RULES, Reading
from aggregator.tagging.text import text_to_tag
from aggregator.tagging.themes import themes_of
from aggregator.tagging.weighing import ENOUGH, UNSURE_RULE, weigh

__all__ = ["ENOUGH", "UNSURE_RULE", "findings_of", "themes_of"]


def findings_of(entry: Entry, actor: Actor, knowledge: Knowledge = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """The places that ENTRY is about, and those that were considered and rejected."""
    text = text_to_tag(entry)
    found = mentions(text, lexicon(knowledge.aliases), knowledge.aliases)
    reading = Reading(text, found, actor, knowledge.near)
    findings = weigh(reading, (piece for rule in RULES for piece in rule(reading)))
    return pinned(entry, actor, knowledge.rules, findings)
