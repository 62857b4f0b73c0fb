"""Stories: what several items tell of the same is one, whoever of them is seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from made import NOON, an_entry, an_item

from aggregator.model import Event, Finding, Item, Selection, Tombstone, Visit
from aggregator.storage import Storage, open_storage

MARIESTAD, SKOVDE = Selection(everything=frozenset({"1493"})), Selection(everything=frozenset({"1496"}))
ONE = "tag:prov.example,2026:cykel/1"


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        yield opened


def keep(storage: Storage, *items: Item) -> None:
    storage.keep("cykel/feed", Visit("https://cykel.example/feed/"), items)


def told(storage: Storage, selection: Selection) -> list[list[str]]:
    """The numbers of the items of each story that SELECTION carries, the leading one first."""
    return [
        [item.public_id.rpartition("/")[2] for item in story.items] for story in storage.stories.newest(selection, 9)
    ]


def test_a_story_is_carried_once_wherever_any_of_its_items_belongs(storage: Storage) -> None:
    keep(storage, an_item(1, "1493"), an_item(2, "1496", story=ONE), an_item(3, "1493", story=ONE))
    assert told(storage, MARIESTAD) == [["1", "2", "3"]]
    assert told(storage, SKOVDE) == [["1", "2", "3"]]


def test_when_the_leader_is_not_to_be_seen_any_more_the_next_that_came_in_leads(storage: Storage) -> None:
    leader, late = an_item(1), an_item(3, story=ONE, entered=NOON + timedelta(hours=2))
    keep(storage, leader, late, an_item(2, story=ONE, entered=NOON + timedelta(hours=1)))
    keep(storage, replace(leader, withheld="a rule", withdrawn=NOON))
    assert told(storage, MARIESTAD) == [["2", "3", "1"]]
    [back] = storage.called(ONE)
    keep(storage, replace(back, withheld="", withdrawn=None))
    assert told(storage, MARIESTAD) == [["2", "1", "3"]]


def test_when_the_leader_is_removed_the_next_that_came_in_leads(storage: Storage) -> None:
    keep(storage, an_item(1), an_item(2, story=ONE))
    gone = Tombstone(ONE, "cykel/feed", frozenset({"guid:1"}), "removed", NOON, frozenset({"1493"}), True)
    storage.keep_import("cykel/feed", {}, [], [gone], NOON)
    assert told(storage, MARIESTAD) == [["2"]]
    [withdrawal] = storage.stories.withdrawn(MARIESTAD, NOON)
    assert (withdrawal.id, withdrawal.path, withdrawal.moment) == (ONE, "nyhet/1/", NOON)
    assert storage.stories.withdrawn(SKOVDE, NOON) == []


def test_what_changed_since_is_known_by_place_and_month(storage: Storage) -> None:
    keep(storage, an_item(1, "1493"), an_item(2, "1496", entered=datetime(2026, 10, 31, 23, 30, tzinfo=UTC)))
    version = storage.stories.version()
    assert storage.stories.touched(0) == {("1493", "2026-11"), ("1496", "2026-11"), ("", "2026-11")}
    assert storage.stories.touched(version) == frozenset()
    keep(storage, an_item(1, "1480"))
    assert storage.stories.touched(version) == {("1493", "2026-11"), ("1480", "2026-11"), ("", "2026-11")}
    assert [story.leader.public_id for story in storage.stories.changed(version)] == [ONE]


def test_events_come_in_the_order_in_which_they_are_until_they_are_over(storage: Storage) -> None:
    later = an_item(1, entry=an_entry(event=Event(date(2026, 12, 6))))
    sooner = an_item(2, entry=an_entry(event=Event(datetime(2026, 11, 28, 9, tzinfo=UTC))))
    today = an_item(3, entry=an_entry(event=Event(date(2026, 11, 22), date(2026, 11, 24))))
    over = an_item(4, entry=an_entry(event=Event(date(2026, 11, 23))))
    keep(storage, later, sooner, today, over, an_item(5))
    found = storage.stories.coming(MARIESTAD, NOON, 9)
    assert [story.leader.public_id[-1] for story in found] == ["3", "2", "1"]


def test_months_are_swedish_ones(storage: Storage) -> None:
    keep(storage, an_item(1), an_item(2, entered=datetime(2026, 9, 30, 22, 30, tzinfo=UTC)))
    assert storage.stories.months(MARIESTAD) == ["2026-11", "2026-10"]
    november = storage.stories.entered(MARIESTAD, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert [story.leader.public_id for story in november] == [ONE]


def test_a_place_counts_each_story_once(storage: Storage) -> None:
    keep(storage, an_item(1), an_item(2, story=ONE), an_item(3), an_item(4, hidden="felaktig"))
    assert storage.stories.counts(NOON - timedelta(days=30)) == {"1493": 2, "14": 2}


def test_a_county_counts_what_is_told_of_its_municipalities_each_story_once(storage: Storage) -> None:
    both = (Finding("1493", "name"), Finding("1495", "name"))
    keep(storage, an_item(1, findings=both), an_item(2, findings=(Finding("14", "name"),)))
    assert storage.stories.counts(NOON - timedelta(days=30)) == {"1493": 1, "1495": 1, "14": 2}
