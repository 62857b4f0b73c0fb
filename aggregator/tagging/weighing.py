"""The one place where it is decided what an entry is about, from all that speaks for and against."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from aggregator.model import NETWORK_PART, Actor, Finding, Part
from aggregator.places import NATION, Name, coded
from aggregator.tagging import words as word
from aggregator.tagging.mentions import Mention
from aggregator.tagging.rules import Evidence, Reading, called_municipality
from aggregator.tagging.text import Text

# From this score on, a place counts. Namesakes that nothing tells apart stay below it, and go to their county.
ENOUGH = 0.5
UNSURE = 0.45
# How a county is found when its municipality is not certain enough; an editor should look.
UNSURE_RULE = "unsure"
# What counts only when nothing better does.
LAST_RESORTS = frozenset({"phone", "domain", "passing", "aside"})
ASIDES = frozenset({"passing", "aside"})

GOTLAND = frozenset({"09", "0980"})


class Case(NamedTuple):
    """A mention with the places it is taken to mean, and what came of the evidence."""

    mention: Mention
    codes: tuple[str, ...]
    rule: str
    score: float
    rejected: str = ""


def weigh(reading: Reading, evidence: Iterable[Evidence]) -> tuple[Finding, ...]:
    """What the entry is about, and what was considered and rejected."""
    cases = _cases(reading, evidence)
    good = _best([case for case in cases if not case.rejected and case.rule not in LAST_RESORTS])
    good = good or _last_resort(cases, reading.actor)
    counted = {case.mention.start for case in good if case.score >= ENOUGH}
    rejected = [case for case in cases if case.mention.start not in counted]
    found = [*_findings(good), *_home(reading, good)]
    accepted = _settled(found)
    codes = {finding.code for finding in accepted}
    return (*accepted, *_in_parts(reading, cases, codes), *_considered(rejected, codes))


def _cases(reading: Reading, evidence: Iterable[Evidence]) -> list[Case]:
    heard: dict[int, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        heard[piece.mention.start].append(piece)
    return [_case(reading, mention, heard[mention.start]) for mention in reading.mentions if mention.names]


def _case(reading: Reading, mention: Mention, heard: list[Evidence]) -> Case:
    codes, doubt = _meant(reading, mention)
    points = sum([piece.points for piece in heard])
    best = max([piece for piece in heard if not piece.against], key=_points, default=None)
    worst = min([piece for piece in heard if piece.against], key=_points, default=None)
    score = round(min(1.0, points, UNSURE if doubt else 1.0), 2)
    rule = best.rule if best else "none"
    if worst and worst.rule in ASIDES and points + 0.6 >= ENOUGH:
        return Case(mention, codes, worst.rule, ENOUGH, f"only in passing: {worst.against}")
    if rule in LAST_RESORTS:
        return Case(mention, codes, rule, ENOUGH, "counts only when nothing else is known")
    if points < ENOUGH:
        return Case(
            mention, codes, rule, max(score, 0.0), worst.against if worst else "may be something else than a place"
        )
    return Case(mention, codes, rule, score)


_points = attrgetter("points")


def _meant(reading: Reading, mention: Mention) -> tuple[tuple[str, ...], bool]:
    """The codes of the places meant, and whether that is in doubt. A landskap may lie in several counties."""
    names = mention.names
    if seat := _seat(reading, mention):
        return seat, False
    if told := _told(reading, names):
        return (told,), False
    if len(names) == 1:
        return (names[0].place.code,), False
    if names[0].place.is_county:
        return tuple(dict.fromkeys([name.place.code for name in names])), False
    if called_municipality(mention) or mention.form == "compound":
        return (names[0].place.code,), False
    name, doubt = _chosen(reading, names)
    return (name.place.code,), doubt


def _seat(reading: Reading, mention: Mention) -> tuple[str, ...]:
    """'Länsstyrelsen i Örebro', 'Uppsala och Stockholms län' speak of the county."""
    county = mention.name.place.county
    if not reading.speaks_of_counties or mention.name.text != county.short_name:
        return ()
    shares_title = _AND_COUNTY.match(reading.text.whole, mention.end)
    return (county.code,) if shares_title or word.SEATS.search(reading.leads(mention)) else ()


_AND_COUNTY = re.compile(r"(?:, [A-ZÅÄÖ]\w+)* (?:och|samt) [A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)? län\b")


def _told(reading: Reading, names: tuple[Name, ...]) -> str:
    """The namesake that a town beside it explains; one that no list knows lies in the town's municipality."""
    town = reading.told.get(names[0].text)
    if not town:
        return ""
    code = town.name.place.code
    codes = [name.place.code for name in names]
    if near := [each for each in codes if each == code] or [each for each in codes if each[:2] == code[:2]]:
        return near[0]
    return code if "word" in names[0].risks and reading.homes.isdisjoint(codes) else ""


def _chosen(reading: Reading, names: tuple[Name, ...]) -> tuple[Name, bool]:
    """Between namesakes: who else is mentioned, then the actor's municipality, counties, and last how large it is."""
    homes = frozenset(code[:2] for code in reading.homes)
    for codes in (reading.certain, reading.homes):
        if same := [name for name in names if name.place.code in codes and _rivals(name, names[0], 50)]:
            return same[0], False
    for counties in (reading.counties, homes):
        if same := [name for name in names if name.place.code[:2] in counties and _rivals(name, names[0], 5)]:
            return same[0], False
    first, second = names[0], names[1]
    return first, first.kind != "municipality" and first.population < 1.5 * second.population


def _rivals(name: Name, first: Name, times: int) -> bool:
    """Whether NAME may be meant although FIRST is a municipality: 'Lund' is hardly ever the village by Gävle."""
    return first.kind != "municipality" or name.population * times >= first.population


def _best(cases: list[Case]) -> list[Case]:
    """The best case of each place."""
    best: dict[tuple[str, ...], Case] = {}
    for case in cases:
        if case.codes not in best or case.score > best[case.codes].score:
            best[case.codes] = case
    return list(best.values())


def _last_resort(cases: list[Case], actor: Actor) -> list[Case]:
    """When nothing else is known: who takes part; and of nobody's news, what was told in passing, a domain, a phone."""
    known = actor.areas or actor.scope
    for rule in ("aside",) if known else ("aside", "passing", "domain", "phone"):
        if found := [case for case in cases if case.rule == rule and case.score >= ENOUGH]:
            return _best([case._replace(rejected="") for case in found])
    return []


def _findings(cases: list[Case]) -> Iterator[Finding]:
    municipal = {code[:2] for case in cases for code in case.codes if len(code) == 4 and case.score >= ENOUGH}
    for case in cases:
        covered = len(case.codes) > 1 and not municipal.isdisjoint(case.codes)
        for code in case.codes:
            demoted = case.score < ENOUGH and len(code) == 4
            if not covered and not (len(code) == 2 and code in municipal):
                finding = Finding(code, case.rule, case.mention.words, case.mention.start, case.score)
                yield replace(finding, code=code[:2], rule=UNSURE_RULE) if demoted else finding


def _in_parts(reading: Reading, cases: list[Case], accepted: set[str]) -> Iterator[Finding]:
    """The parts of municipalities that belong to a network, where the text names one of their localities."""
    for part in reading.parts:
        if part.municipality in accepted:
            named = (case for case in cases if _is_of_part(case, part))
            if case := next(named, None):
                yield Finding(part.code, NETWORK_PART, case.mention.words, case.mention.start)


def _is_of_part(case: Case, part: Part) -> bool:
    if case.rejected or case.score < ENOUGH or part.municipality not in case.codes:
        return False
    return any(name.text in part.localities and name.place.code == part.municipality for name in case.mention.names)


def _home(reading: Reading, cases: list[Case]) -> Iterator[Finding]:
    """What the actor's scope says; and where no place is named, its own area, unless the text speaks of the nation."""
    actor = reading.actor
    if actor.scope == "national":
        yield Finding(NATION.code, "scope")
    elif cases:
        return
    elif actor.scope is None and speaks_of_the_nation(reading.text):
        yield Finding(NATION.code, "nation", score=0.8)
    elif actor.scope == "county":
        yield from (Finding(code, "scope") for code in sorted({area.county.code for area in actor.areas}))
    else:
        yield from (Finding(area.code, "home") for area in actor.areas)


def speaks_of_the_nation(text: Text) -> bool:
    """Whether the text is plainly about all of Sweden: it says so, and does not speak as a neighbour."""
    low = text.low[:1500]
    cues = [match.start() for match in word.NATIONAL.finditer(low)]
    if not cues:
        return False
    neighbourly = len({match[0] for match in word.LOCAL.finditer(low)})
    return neighbourly < (2 if cues[0] < text.title_end else 1) + (len(cues) > 2)


def _settled(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each place, the best first; and Gotland, which is both, as both."""
    best: dict[str, Finding] = {}
    for finding in found:
        for code in GOTLAND if finding.code in GOTLAND else {finding.code}:
            if code not in best or finding.score > best[code].score:
                best[code] = finding if finding.code == code else replace(finding, code=code)
    return tuple(sorted(best.values(), key=lambda finding: (-finding.score, finding.start, finding.code)))


def _considered(cases: list[Case], accepted: set[str]) -> Iterator[Finding]:
    seen = set(accepted)
    for case in cases:
        for code in case.codes:
            if code not in seen:
                seen.add(code)
                unsure = case.score < ENOUGH and "nothing tells it from its namesakes"
                why = case.rejected or unsure or "another place counts more"
                yield Finding(coded(code).code, case.rule, case.mention.words, case.mention.start, case.score, why)
