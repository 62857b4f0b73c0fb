"""Too much at once, and the past of a new source."""

from datetime import timedelta

from made import NOON, an_entry

from aggregator.matching import identified, reasons_to_hide
from aggregator.model import Entry, Event, Visit

KNOWN = Visit(succeeded=NOON - timedelta(hours=1))


def entries(count: int, **told: object) -> list[Entry]:
    return [
        an_entry(
            id=f"{number}",
            url=f"https://cykel.example/{number}",
            **{"published": NOON - timedelta(hours=number), **told},
        )
        for number in range(count)
    ]


def carried(made: list[Entry], visit: Visit) -> list[int]:
    reasons = reasons_to_hide(identified(made, "auto"), visit, NOON)
    return [number for number, reason in enumerate(reasons) if not reason]


def test_a_new_source_brings_its_newest_and_all_its_events() -> None:
    events = [an_entry(id=f"e{n}", url=f"https://cykel.example/e{n}", event=Event(NOON)) for n in range(30)]
    assert carried([*reversed(entries(30)), *events], Visit()) == [*range(10, 30), *range(30, 60)]


def test_the_undated_of_a_new_source_come_after_the_dated() -> None:
    undated = [an_entry(id=f"u{n}", url=f"https://cykel.example/u{n}", published=None) for n in range(5)]
    assert carried([*undated, *entries(18)], Visit()) == [0, 1, *range(5, 23)]


def test_a_known_source_may_bring_twenty_a_day_and_is_held_as_a_whole_beyond_that() -> None:
    assert len(carried(entries(20), KNOWN)) == 20
    assert carried(entries(21), KNOWN) == []
    assert len(carried(entries(50), Visit(succeeded=NOON - timedelta(days=3)))) == 50


def test_old_and_undated_entries_of_a_known_source_are_held_sooner() -> None:
    assert len(carried(entries(5, published=None), KNOWN)) == 5
    assert carried(entries(6, published=None), KNOWN) == []
    assert carried(entries(6, published=NOON - timedelta(days=40)), KNOWN) == []


def test_a_known_source_may_bring_a_hundred_coming_events_a_day() -> None:
    coming = Event(NOON + timedelta(days=30))
    assert len(carried(entries(100, event=coming), KNOWN)) == 100
    assert carried(entries(101, event=coming), KNOWN) == []
    assert len(carried([*entries(20), *entries(120, event=coming)[20:]], KNOWN)) == 120


def test_an_event_that_is_over_is_as_old_as_any_news() -> None:
    over = Event(NOON - timedelta(days=2))
    assert carried(entries(21, event=over), KNOWN) == []
    assert carried(entries(6, event=over, published=NOON - timedelta(days=40)), KNOWN) == []
    assert len(carried(entries(30, event=over), Visit())) == 20


def test_an_event_of_this_morning_is_not_over() -> None:
    assert len(carried(entries(30, event=Event(NOON - timedelta(hours=3))), Visit())) == 30
