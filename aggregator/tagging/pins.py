"""What people decided stands above everything that the text says: operators of news of a kind, writers of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from aggregator.model import Actor, Entry, Finding, Rule, said

PINNED = "pinned"
BY_HAND = "told by hand"


def pinned(entry: Entry, actor: Actor, rules: Iterable[Rule], findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """FINDINGS, or what the first of RULES that applies and names places says instead, or else who wrote the entry."""
    rule = next((rule for rule in rules if rule.places and rule.applies(entry, actor)), None)
    if rule:
        pins, why = tuple(_pins(rule, entry)), "a rule in feeds.toml pins it elsewhere"
    else:
        pins, why = tuple(Finding(code, BY_HAND) for code in entry.places), "its writer says where it belongs"
    return (*pins, *_set_aside(pins, findings, why)) if pins else findings


def _pins(rule: Rule, entry: Entry) -> Iterator[Finding]:
    words = said(rule.words, f"{entry.title}\n{entry.body}")
    for place in rule.places:
        yield Finding(place.code, PINNED, words[0] if words else "", words.start() if words else -1)


def _set_aside(pins: Iterable[Finding], findings: Iterable[Finding], why: str) -> Iterator[Finding]:
    codes = {pin.code for pin in pins}
    for finding in findings:
        if finding.code not in codes:
            yield replace(finding, rejected=finding.rejected or why)
