"""What an operator decided of news of a kind stands above everything that the text says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from aggregator.model import Actor, Entry, Finding, Rule, said

PINNED = "pinned"


def pinned(entry: Entry, actor: Actor, rules: Iterable[Rule], findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """FINDINGS, or what the first of RULES that applies and names places says instead of them."""
    rule = next((rule for rule in rules if rule.places and rule.applies(entry, actor)), None)
    return (*_pins(rule, entry), *_set_aside(rule, findings)) if rule else findings


def _pins(rule: Rule, entry: Entry) -> Iterator[Finding]:
    words = said(rule.words, f"{entry.title}\n{entry.body}")
    for place in rule.places:
        yield Finding(place.code, PINNED, words[0] if words else "", words.start() if words else -1)


def _set_aside(rule: Rule, findings: Iterable[Finding]) -> Iterator[Finding]:
    codes = {place.code for place in rule.places}
    for finding in findings:
        if finding.code not in codes:
            yield replace(finding, rejected=finding.rejected or "a rule in feeds.toml pins it elsewhere")
