"""What the tagger finds in a piece of news."""

from datetime import date

from made import an_item

from aggregator.model import NOTHING_KNOWN, Actor, Entry, Event, Finding, Item, Knowledge, Source
from aggregator.places import NATION, named
from aggregator.tagging import findings_of, judged

NOBODY = Actor("nobody", "Ingen")
LOCAL = Actor("forening", "Föreningen", (named("Mariestad"),))


def told(title: str, body: str = "", actor: Actor = NOBODY, place: str = "") -> tuple[Finding, ...]:
    event = Event(date(2026, 5, 1), place=place) if place else None
    return findings_of(Entry("1", "https://a.example/1", title, body, event=event), actor)


def judgement(
    entry: Entry, actor: Actor = LOCAL, knowledge: Knowledge = NOTHING_KNOWN, source: Source | None = None
) -> Item:
    """ENTRY as an item, with all that the rules say of it."""
    return judged(an_item(entry=entry, actor=actor.id, source=source.id if source else ""), actor, source, knowledge)


def about(title: str, body: str = "", actor: Actor = NOBODY, place: str = "") -> set[str]:
    """The names of the places that count."""
    codes = {finding.code for finding in told(title, body, actor, place) if not finding.rejected}
    return {NATION.name if code == NATION.code else _name(code) for code in codes}


def _name(code: str) -> str:
    return named(code).name
