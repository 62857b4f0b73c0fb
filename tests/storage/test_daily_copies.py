"""Copies that are made by themselves: a store in SQLite can be had back as it was on each of the last days."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from made import an_item
from older import make_older

from aggregator.model import Visit
from aggregator.storage import open_storage, restore_storage

DAY = date(2026, 11, 24)


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "backups").glob("*"))


def test_one_copy_a_day_is_made_and_the_oldest_goes(tmp_path: Path) -> None:
    with open_storage(str(tmp_path / "news.db")) as storage:
        for number in range(5):
            assert storage.back_up_daily(DAY + timedelta(days=number), 3)
        assert storage.back_up_daily(DAY + timedelta(days=4), 3) is None
    assert names(tmp_path) == ["news-2026-11-26.db", "news-2026-11-27.db", "news-2026-11-28.db"]


def test_a_copy_can_be_read_back(tmp_path: Path) -> None:
    with open_storage(str(tmp_path / "news.db")) as storage:
        storage.keep("cykel/feed", Visit(), [an_item()])
        copy = storage.back_up_daily(DAY, 1)
        assert copy
    restore_storage(copy, str(tmp_path / "again.db"))
    with open_storage(str(tmp_path / "again.db")) as storage:
        assert list(storage.items()) == [an_item()]


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for name in ("news-min-egen.db", "other-2020-01-01.db"):
        (tmp_path / "backups" / name).touch()
    with open_storage(str(tmp_path / "news.db")) as storage:
        storage.back_up_daily(DAY, 1)
        assert storage.forget_copies() == 1
    assert names(tmp_path) == ["news-min-egen.db", "other-2020-01-01.db"]


def test_none_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with open_storage(str(tmp_path / "news.db")) as storage:
        assert storage.back_up_daily(DAY, 0) is None
    assert names(tmp_path) == []


def test_a_store_in_postgresql_is_left_to_those_who_look_after_it(postgresql: str, tmp_path: Path) -> None:
    from conftest import empty_database

    from aggregator.storage import upgrade_storage

    empty_database(postgresql)
    upgrade_storage(postgresql)
    with open_storage(postgresql) as storage:
        assert storage.back_up_daily(DAY, 7) is None
        assert storage.forget_copies() == 0


@pytest.mark.parametrize("was_made", [True, False], ids=["an older store", "a new one"])
def test_a_copy_is_made_before_the_schema_is_upgraded(tmp_path: Path, was_made: bool) -> None:
    file = str(tmp_path / "news.db")
    if was_made:
        with open_storage(file) as storage:
            storage.keep("cykel/feed", Visit(), [an_item()])
        make_older(Path(file), "0012")
    with open_storage(file) as storage:
        assert len(list(storage.items())) == was_made
    assert names(tmp_path) == (["news-schema-0012.db"] if was_made else [])
