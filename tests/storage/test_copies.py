"""Backups: a whole store in one file, which goes back into any database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import empty_database
from made import NOON, an_item
from sqlalchemy import text

from aggregator.errors import StoreError
from aggregator.model import Alarm, Host, Letter, Tombstone, Visit
from aggregator.storage import Storage, check_storage, open_storage, restore_storage

ONE = "tag:prov.example,2026:cykel/1"


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        gone = Tombstone(
            "tag:prov.example,2026:cykel/gone",
            "cykel/feed",
            frozenset({"guid:gone"}),
            "removed",
            NOON,
            frozenset({"1493"}),
            True,
        )
        items = [an_item(number, "1493", "2480") for number in range(1, 521)]
        opened.keep("cykel/feed", Visit("https://cykel.example/feed/", notes=("en anmärkning",)), items)
        opened.keep_import("cykel/fb", {"abc": "export.zip"}, [], [gone], NOON)
        opened.keep_alarms([Alarm("cykel/feed", "silent", "has had no news", NOON)])
        opened.keep_hosts([Host("cykel.example", NOON, "User-agent: *", NOON)])
        opened.letters.keep(Letter("skane/", "2026/v48", "a@b.example", NOON))
        yield opened


def everything(storage: Storage) -> list[object]:
    items = sorted(storage.items(), key=lambda item: item.public_id)
    return [
        items,
        storage.visits(),
        storage.alarms(),
        storage.hosts(),
        storage.letters.of("skane/", "2026/v48"),
        storage.imports("cykel/fb"),
        storage.known("cykel/feed", ["guid:gone"]).gone,
        storage.stories.version(),
        storage.stories.touched(0),
    ]


def test_a_backup_has_everything_and_can_be_used_in_place_of_the_store(storage: Storage, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "backup.db"
    storage.back_up(copy)
    assert [path.name for path in copy.parent.iterdir()] == ["backup.db"]
    with open_storage(str(copy)) as opened:
        assert everything(opened) == everything(storage)
    assert check_storage(str(copy)) == []


def test_a_backup_is_of_one_moment_although_the_store_is_written_to(storage: Storage, tmp_path: Path) -> None:
    before = everything(storage)
    storage.back_up(tmp_path / "backup.db")
    storage.keep_items([an_item(9999)])
    with open_storage(str(tmp_path / "backup.db")) as opened:
        assert everything(opened) == before


def test_a_store_goes_from_one_database_to_the_other_and_on_from_there(
    storage: Storage, store: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    other = str(tmp_path / "elsewhere.db")
    if "://" not in store:
        other = request.getfixturevalue("postgresql")
        empty_database(other)
    storage.back_up(tmp_path / "backup.db")
    restore_storage(tmp_path / "backup.db", other)
    with open_storage(other) as opened:
        assert everything(opened) == everything(storage)
        opened.keep_items([an_item(9999)])
        assert sum(1 for _ in opened.items()) == 521
    assert check_storage(other) == []


def test_a_backup_is_only_read_into_an_empty_store(storage: Storage, store: str, tmp_path: Path) -> None:
    storage.back_up(tmp_path / "backup.db")
    with pytest.raises(StoreError, match=r"is there already|rows already"):
        restore_storage(tmp_path / "backup.db", store)
    assert sum(1 for _ in storage.items()) == 520


def test_what_is_no_backup_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "news.db"
    with pytest.raises(StoreError, match="there is no backup"):
        restore_storage(tmp_path / "saknas.db", str(target))
    (tmp_path / "brev.db").write_text("Kära du!" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be copied: file is not a database"):
        restore_storage(tmp_path / "brev.db", str(target))
    assert not target.exists()


def test_a_backup_that_cannot_be_written_is_named(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "backup.db").mkdir()
    with pytest.raises(StoreError, match=r"backup\.db cannot be written"):
        storage.back_up(tmp_path / "backup.db")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (f"DELETE FROM alias WHERE item_id = (SELECT id FROM item WHERE public_id = '{ONE}')", "has no identity"),
        (f"UPDATE item SET story = 'x' WHERE public_id = '{ONE}'", "the story x is led by an item that is not there"),
        (f"UPDATE item SET version = 999 WHERE public_id = '{ONE}'", "items are of version 999"),
        (f"UPDATE item SET event = '{{\"start\": \"nu\"}}' WHERE public_id = '{ONE}'", "cannot be read"),
        (f"UPDATE tombstone SET public_id = '{ONE}'", "was removed, and is there all the same"),
    ],
)
def test_planted_damage_is_found(storage: Storage, store: str, damage: str, told: str) -> None:
    assert check_storage(store) == []
    with storage._engine.begin() as connection:
        connection.execute(text(damage))
    assert any(told in problem for problem in check_storage(store))


def test_a_file_that_is_damaged_is_found_out(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    with open_storage(str(file)) as opened:
        opened.keep_items([an_item(number) for number in range(1, 300)])
    content = bytearray(file.read_bytes())
    content[40_000:60_000] = b"\xff" * 20_000
    file.write_bytes(content)
    assert check_storage(str(file))
