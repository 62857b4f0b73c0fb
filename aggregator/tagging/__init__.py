"""From an item and its actor to everything that the rules say of it: the places it is about, with the evidence, where
it is carried, its themes, its kind, and whether and how much of it is published.

What a text may name is found by `mentions`, judged by the functions in `rules`, and decided once by `weighing`; what
operators decided stands above it (`decisions`).
"""

from aggregator.model import NOTHING_KNOWN, Actor, Entry, Finding, Item, Knowledge, Source, name_of_code
from aggregator.tagging.decisions import carried, pinned, terms_of, withheld_by
from aggregator.tagging.kinds import kind_of, told_kind
from aggregator.tagging.lexicon import lexicon
from aggregator.tagging.mentions import mentions
from aggregator.tagging.rules import RULES, Reading
from aggregator.tagging.text import text_to_tag
from aggregator.tagging.themes import themes_of
from aggregator.tagging.weighing import ENOUGH, UNSURE_RULE, weigh

__all__ = ["ENOUGH", "UNSURE_RULE", "findings_of", "judged", "made_by", "themes_of", "told_kind"]


def judged(item: Item, actor: Actor, source: Source | None, knowledge: Knowledge = NOTHING_KNOWN) -> Item:
    """ITEM with all that the rules say of it now. SOURCE is None if feeds.toml does not know it any more."""
    entry = item.entry
    kind = kind_of(item, actor, source, knowledge.rules)
    rules = [rule for rule in knowledge.rules if rule.applies(item, actor, kind)]
    themes = tuple(dict.fromkeys([*(rule.theme for rule in rules if rule.theme), *themes_of(entry, actor)]))
    findings = pinned(entry, rules, findings_of(entry, actor, knowledge))
    return item.judged(
        carried(actor, rules, knowledge.parts, findings),
        themes,
        kind,
        withheld_by(rules, actor, source, f"{entry.title}\n{entry.body}", themes),
        terms_of(rules, kind, source),
    )


def findings_of(entry: Entry, actor: Actor, knowledge: Knowledge = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """The places that the text of ENTRY is about, and those that were considered and rejected."""
    text = text_to_tag(entry)
    found = mentions(text, lexicon(knowledge.aliases), knowledge.aliases)
    reading = Reading(text, found, actor, knowledge.near, knowledge.parts)
    return weigh(reading, (piece for rule in RULES for piece in rule(reading)))


def made_by() -> str:
    """What judges: this code, and the names that it knows. When they change, everything that is kept is judged anew."""
    return name_of_code(__name__, "aggregator.places")
