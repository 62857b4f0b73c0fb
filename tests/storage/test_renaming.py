"""A renamed actor or source keeps all that is known of it, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOON, an_item

from aggregator.model import Alarm, Renames, Tombstone, Visit
from aggregator.storage import Storage, open_storage

VISIT = Visit(location="https://cykel.example/feed/", due=NOON, visited=NOON)
RENAMES = Renames({"cykel": "hjul"}, {"cykel/feed": "hjul/nytt"})


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        yield opened


def test_everything_goes_by_the_new_names_and_published_ids_stay(storage: Storage) -> None:
    item = an_item(source="cykel/feed", actor="cykel", aliases=frozenset({"guid:1"}))
    storage.keep("cykel/feed", VISIT, [item], [Alarm("cykel/feed", "failing", "x", NOON)])
    storage.keep("cykel/borta", VISIT)
    storage.keep("cykelkoket/feed", VISIT)
    gone = Tombstone("tag:x,2026:cykel/2", "cykel/feed", frozenset({"guid:2"}), "bort", NOON)
    storage.keep_import("cykel/feed", {"f": "export.zip"}, (), [gone], NOON)
    before = storage.stories.version()

    storage.rename(RENAMES)

    [kept] = storage.items()
    assert kept == replace(item, source="hjul/nytt", actor="hjul")
    assert set(storage.visits()) == {"hjul/nytt", "hjul/borta", "cykelkoket/feed"}
    assert [alarm.source for alarm in storage.alarms()] == ["hjul/nytt"]
    assert storage.imports("hjul/nytt") == {"f"}
    known = storage.known("hjul/nytt", ["guid:1", "guid:2"])
    assert (known.items, known.gone) == ({"guid:1": kept}, {"guid:2"})
    assert not storage.known("cykel/feed", ["guid:1", "guid:2"]).items
    assert storage.stories.version() > before


def test_it_is_done_once(storage: Storage) -> None:
    storage.rename(RENAMES)
    before = storage.stories.version()
    storage.rename(RENAMES)
    assert storage.stories.version() == before


def test_where_both_names_were_in_use_what_was_known_first_stays(storage: Storage) -> None:
    old = an_item(source="cykel/feed", actor="cykel", aliases=frozenset({"guid:1"}))
    new = an_item(2, source="hjul/nytt", actor="hjul", aliases=frozenset({"guid:1", "guid:2"}))
    storage.keep("cykel/feed", VISIT, [old])
    storage.keep("hjul/nytt", replace(VISIT, due=NOON + timedelta(hours=1)), [new])

    storage.rename(RENAMES)

    assert storage.visits() == {"hjul/nytt": VISIT}
    known = storage.known("hjul/nytt", ["guid:1", "guid:2"]).items
    assert {alias: item.public_id for alias, item in known.items()} == {
        "guid:1": old.public_id,
        "guid:2": new.public_id,
    }
