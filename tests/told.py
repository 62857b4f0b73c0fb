"""What the tagger finds in a piece of news."""

from datetime import date

from aggregator.model import Actor, Entry, Event, Finding
from aggregator.places import NATION, named
from aggregator.tagging import findings_of

NOBODY = Actor("nobody", "Ingen")
LOCAL = Actor("forening", "Föreningen", (named("Mariestad"),))


def told(title: str, body: str = "", actor: Actor = NOBODY, place: str = "") -> tuple[Finding, ...]:
    event = Event(date(2026, 5, 1), place=place) if place else None
    return findings_of(Entry("1", "https://a.example/1", title, body, event=event), actor)


def about(title: str, body: str = "", actor: Actor = NOBODY, place: str = "") -> set[str]:
    """The names of the places that count."""
    codes = {finding.code for finding in told(title, body, actor, place) if not finding.rejected}
    return {NATION.name if code == NATION.code else _name(code) for code in codes}


def _name(code: str) -> str:
    return named(code).name
