"""From an entry and its actor to the places it is about, with the evidence.

A new rule is a function in `rules`, and its name in RULES.
"""

from aggregator.model import Actor, Entry, Finding
from aggregator.tagging.rules import RULES

__all__ = ["findings_of"]


def findings_of(entry: Entry, actor: Actor) -> tuple[Finding, ...]:
    """The places that ENTRY is about: those of the first rule that finds any, beside what the actor's scope says."""
    text = f"{entry.title}\n{entry.body}"
    for rule in RULES:
        if found := tuple(rule(text, actor)):
            return found
    return ()
