"""By what an item is found by others that may tell the same story, in every kind of store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOON, an_item

from aggregator.model import Item, Sharer, Tombstone, Visit
from aggregator.storage import Storage, open_storage
from aggregator.storage.traces import SHARING

ONE = "tag:prov.example,2026:cykel/1"


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        yield opened


def keep(storage: Storage, *items: Item) -> list[str]:
    """The public ids of ITEMS, which are kept."""
    storage.keep("cykel/feed", Visit(), items)
    return [item.public_id for item in items]


def test_an_item_is_compared_once_and_traced_anew_whenever_it_is_written(storage: Storage) -> None:
    first, second = an_item(1), an_item(2, first_seen=NOON - timedelta(hours=1))
    keep(storage, first, second)
    assert [item.public_id[-1] for item in storage.traces.untold(9)] == ["2", "1"]
    assert [item.public_id[-1] for item in storage.traces.untold(1)] == ["2"]
    storage.traces.settle({first.public_id: {"a"}, second.public_id: set()}, {})
    assert (storage.traces.untold(9), storage.traces.retold(9)) == ([], [])
    keep(storage, first)
    assert (storage.traces.untold(9), [item.public_id for item in storage.traces.retold(9)]) == ([], [ONE])
    storage.traces.settle({first.public_id: {"b"}}, {})
    assert storage.traces.sharing(["a", "b"]).keys() == {"b"}


def test_of_what_shares_a_trace_only_the_last_are_looked_at(storage: Storage) -> None:
    ids = keep(storage, *(an_item(number) for number in range(SHARING + 5)))
    storage.traces.settle({public_id: {"front page", public_id} for public_id in ids}, {})
    found = storage.traces.sharing(["front page", ids[0], "nothing"])
    assert {sharer.public_id for sharer in found["front page"]} == set(ids[5:])
    assert found[ids[0]] == [Sharer(ids[0], "cykel/feed", an_item(0).entered)]
    assert [item.public_id for item in storage.traces.items(ids[:1])] == ids[:1]
    assert "nothing" not in found


def test_an_item_that_joins_a_story_touches_the_places_of_both(storage: Storage) -> None:
    _, second = keep(storage, an_item(1, "1493"), an_item(2, "1496", source="mat/feed"))
    version = storage.stories.version()
    storage.traces.settle({ONE: {"a"}, second: {"a"}}, {second: ONE})
    assert {code for code, _ in storage.stories.touched(version)} == {"1493", "1496", ""}
    assert storage.traces.sources([ONE]) == {ONE: {"cykel/feed", "mat/feed"}}
    [story] = storage.stories.changed(version)
    assert [item.public_id for item in story.items] == [ONE, second]


def test_writing_an_item_anew_leaves_it_in_the_story_that_the_store_knows(storage: Storage) -> None:
    first, second = an_item(1), an_item(2)
    keep(storage, first, second)
    storage.traces.settle({}, {second.public_id: ONE})
    keep(storage, replace(first, withheld="a rule", withdrawn=NOON), second)
    [story] = storage.stories.named([second.public_id])
    assert [item.public_id for item in story.items] == [second.public_id, ONE]


def test_what_is_removed_leaves_no_trace(storage: Storage) -> None:
    keep(storage, an_item(1))
    storage.traces.settle({ONE: {"a"}}, {})
    storage.keep_import("cykel/feed", {}, [], [Tombstone(ONE, "cykel/feed", frozenset({"guid:1"}), "gone", NOON)], NOON)
    assert storage.traces.sharing(["a"]) == {}


def test_what_is_split_off_enters_newsfeeds_now_and_stays_apart(storage: Storage) -> None:
    _, second = keep(storage, an_item(1), an_item(2))
    storage.traces.settle({ONE: {"a"}, second: {"a"}}, {second: ONE})
    [joined] = [item for item in storage.items() if item.story]
    storage.traces.split(joined, NOON + timedelta(days=1))
    [apart] = storage.called(second)
    assert (apart.told_in, apart.entered.date()) == (second, (NOON + timedelta(days=1)).date())
    assert storage.traces.untold(9) == []
