"""What the store does for retagging and explaining: the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from made import NOON, an_entry, an_item

from aggregator.model import Finding, Visit
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
