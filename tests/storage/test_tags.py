"""What the store does for retagging and explaining: the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from made import NOON, an_entry, an_item

from aggregator.model import Finding, Selection, Visit
from aggregator.storage import Storage, open_storage


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        yield opened


def test_an_item_comes_back_with_its_themes(storage: Storage) -> None:
    item = an_item(themes=("transport", "återbruk"))
    storage.keep("cykel/feed", Visit(), [item])
    assert list(storage.items()) == [item]


def test_an_item_is_called_by_its_id_its_address_or_words_of_its_title(storage: Storage) -> None:
    one = an_item(1, entry=an_entry(url="https://cykel.example/1", title="100 % cykel"))
    two = an_item(2, entry=an_entry(url="https://cykel.example/2", title="Odling"))
    storage.keep("cykel/feed", Visit(), [one, two])
    assert storage.called(one.public_id) == [one]
    assert storage.called("https://cykel.example/2") == [two]
    assert storage.called("% CYKEL") == [one]
    assert storage.called("båt") == []


def test_items_are_found_by_the_rule_that_counts(storage: Storage) -> None:
    unsure = an_item(1, findings=(Finding("06", "unsure"), Finding("0662", "name", rejected="namesakes")))
    sure = an_item(2, findings=(Finding("1493", "name"), Finding("06", "unsure", rejected="another")))
    storage.keep("cykel/feed", Visit(), [unsure, sure])
    assert storage.found_by("unsure") == [unsure]


def test_new_tags_are_kept_without_a_visit_and_publishing_learns_of_it(storage: Storage) -> None:
    item = an_item()
    storage.keep("cykel/feed", Visit(visited=NOON), [item])
    version = storage.stories.version()
    moved = item.judged((Finding("2480", "name"),), ("natur",), "article")
    storage.keep_items([moved])
    assert list(storage.items()) == [moved]
    assert storage.stories.version() > version
    assert storage.visits()["cykel/feed"].visited == NOON


def test_what_is_remembered_under_a_name_is_the_last_that_was(storage: Storage) -> None:
    assert storage.recall("rules") == ""
    storage.remember("rules", "one")
    storage.remember("rules", "two")
    assert storage.recall("rules") == "two"


def test_items_are_asked_for_by_kind_and_by_whether_any_newsfeed_may_carry_them(storage: Storage) -> None:
    shown = an_item(1, kind="notes", terms="link")
    withheld, hidden = an_item(2, withheld="a rule hides it"), an_item(3, hidden="dropped by an operator")
    storage.keep("cykel/feed", Visit(), [shown, withheld, hidden])
    assert list(storage.items(kind="notes")) == [shown]
    assert {item.public_id for item in storage.items(withheld=True)} == {withheld.public_id, hidden.public_id}


def test_where_an_item_is_carried_is_not_what_it_is_about(storage: Storage) -> None:
    findings = (Finding("14", "name"), Finding("1493", "fan-out"), Finding("SE", "promotion"))
    item = an_item(1, findings=findings)
    storage.keep("cykel/feed", Visit(), [item])
    assert list(storage.items(codes=["14"])) == [item]
    assert list(storage.items(codes=["1493"])) == []
    assert storage.stories.counts(NOON - timedelta(days=30)) == {"14": 1}
    carried = Selection(everything=frozenset({"1493"}))
    assert [story.leader for story in storage.stories.newest(carried, 9)] == [item]
