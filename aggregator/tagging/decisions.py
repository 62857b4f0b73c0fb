"""What people decided stands above everything that the text says: operators of news of a kind, writers of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aggregator.model import (
    FAN_OUT,
    ITS_COUNTY,
    NETWORK_PART,
    PROMOTION,
    Actor,
    Entry,
    Finding,
    Kind,
    Part,
    PublishPolicy,
    Rule,
    Source,
    said,
)
from aggregator.places import NATION, Place, coded, municipalities_of

PINNED = "pinned"
BY_HAND = "told by hand"

Findings = tuple[Finding, ...]


def pinned(entry: Entry, rules: Iterable[Rule], findings: Findings) -> Findings:
    """FINDINGS, or what the first of RULES that names places says instead of them, or else who wrote the entry."""
    if rule := next((rule for rule in rules if rule.places), None):
        pins, why = tuple(_pins(rule, entry)), "a rule in feeds.toml pins it elsewhere"
    else:
        pins, why = tuple(Finding(code, BY_HAND) for code in entry.places), "its writer says where it belongs"
    return (*pins, *_set_aside(pins, findings, why)) if pins else findings


def carried(actor: Actor, rules: Sequence[Rule], parts: Iterable[Part], findings: Findings) -> Findings:
    """FINDINGS, and where else the entry is carried: in the networks that its actor is listed in, and where RULES
    promote it to or fan it out."""
    known = {finding.code for finding in findings if not finding.rejected}
    found = [
        *_in_networks(actor, parts, known),
        *(finding for rule in rules for code in rule.promote for finding in _promoted(code, rule, actor, findings)),
        *(finding for rule in rules if rule.fan_out for finding in _fanned_out(rule, findings)),
    ]
    new = {finding.code: finding for finding in reversed(found) if finding.code not in known}
    return (*findings, *(finding for finding in found if new.get(finding.code) is finding))


def withheld_by(rules: Iterable[Rule], actor: Actor, source: Source | None, text: str, themes: tuple[str, ...]) -> str:
    """Why nobody should see an entry that says TEXT, as the rules stand now; empty if there is no reason."""
    if hiding := next((rule for rule in rules if rule.hide), None):
        return f"a rule hides it ({hiding})"
    if actor.unmet:
        return actor.unmet
    objection = source.about.rule.objection(text, themes) if source else ""
    return f"does not count: {objection}" if objection else ""


def terms_of(rules: Iterable[Rule], kind: Kind, source: Source | None) -> PublishPolicy | None:
    """How much is published, where that is not what the source says: of notes of meetings, which name people, only
    title and link, unless the source is set to full."""
    if decided := next((rule.publish for rule in rules if rule.publish), None):
        return decided
    return "link" if kind == "notes" and (source is None or source.publish != "full") else None


def _pins(rule: Rule, entry: Entry) -> Iterator[Finding]:
    words = said(rule.words, f"{entry.title}\n{entry.body}")
    for place in rule.places:
        yield Finding(place.code, PINNED, words[0] if words else "", words.start() if words else -1)


def _set_aside(pins: Iterable[Finding], findings: Iterable[Finding], why: str) -> Iterator[Finding]:
    codes = {pin.code for pin in pins}
    for finding in findings:
        if finding.code not in codes:
            yield replace(finding, rejected=finding.rejected or why)


def _in_networks(actor: Actor, parts: Iterable[Part], known: set[str]) -> Iterator[Finding]:
    for part in parts:
        if part.network in actor.networks and part.municipality in known:
            yield Finding(part.code, NETWORK_PART)


def _promoted(code: str, rule: Rule, actor: Actor, findings: Findings) -> Iterator[Finding]:
    """To its county: that of the places that it is about, or else of its actor."""
    if code != ITS_COUNTY:
        yield Finding(code, PROMOTION, f"{rule}")
        return
    homes = {area.county.code: area.county for area in actor.areas}
    about = {place.county.code: place.county for place in _places(findings)}
    for county in sorted(about or homes):
        yield Finding(county, PROMOTION, f"{rule}")


def _fanned_out(rule: Rule, findings: Findings) -> Iterator[Finding]:
    """To all municipalities of the counties that it is about."""
    counties = {place.county for place in _places(findings)}
    for county in sorted(counties):
        for municipality in municipalities_of(county):
            yield Finding(municipality.code, FAN_OUT, f"{rule}")


def _places(findings: Findings) -> list[Place]:
    codes = (finding.code for finding in findings if finding.tells_place and "/" not in finding.code)
    return [coded(code) for code in codes if code != NATION.code]
