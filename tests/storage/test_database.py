"""Opening a store: a path, an address, an old schema, a newer one, none at all."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import empty_database
from sqlalchemy import text
from sqlmodel import SQLModel

from aggregator.errors import StoreError
from aggregator.storage import database, open_storage, upgrade_storage


def test_the_migrations_make_exactly_the_tables_that_are_used(store: str) -> None:
    with open_storage(store):
        pass
    engine = database.engine_for(store)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    engine.dispose()


def test_a_sqlite_store_is_made_where_it_is_wanted(tmp_path: Path) -> None:
    with open_storage(str(tmp_path / "new folder" / "news.db")) as storage:
        assert storage.stories.version() == 0
    assert (tmp_path / "new folder" / "news.db").exists()


def test_a_postgresql_store_is_upgraded_by_command_only(postgresql: str) -> None:
    empty_database(postgresql)
    with pytest.raises(StoreError, match=r"has schema none, .* run 'nyhetsflode db upgrade'"), open_storage(postgresql):
        pass
    assert upgrade_storage(postgresql) == ("", database.newest_schema())
    assert upgrade_storage(postgresql) == (database.newest_schema(), database.newest_schema())
    with open_storage(postgresql) as storage:
        assert storage.stories.version() == 0


def test_a_schema_from_the_future_is_declined(store: str) -> None:
    with open_storage(store):
        pass
    engine = database.engine_for(store)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="has schema 9999, which is newer"), open_storage(store):
        pass


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_text("Hej, jag är ett brev.\n" * 100)
    with (
        pytest.raises(StoreError, match=r"news\.db does not work: file is not a database"),
        open_storage(str(tmp_path / "news.db")),
    ):
        pass


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    address = "postgresql://koso:hemligt@127.0.0.1:1/news"
    with pytest.raises(StoreError) as told, open_storage(address):
        pass
    assert "127.0.0.1" in str(told.value)
    assert "hemligt" not in str(told.value)


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(StoreError, match="neither a path nor the address of a database"), open_storage("mongo://x"):
        pass


def test_an_upgrade_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    killed = (
        "import os, signal\n"
        "from sqlalchemy import event\n"
        "from aggregator.storage import database, upgrade_storage\n"
        "real = database.engine_for\n"
        "def engine_for(address):\n"
        "    engine = real(address)\n"
        "    def kill(connection, cursor, statement, *rest):\n"
        "        if 'CREATE TABLE finding' in statement:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "    event.listen(engine, 'before_cursor_execute', kill)\n"
        "    return engine\n"
        "database.engine_for = engine_for\n"
        f"upgrade_storage({str(store)!r})\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    with open_storage(str(store)) as storage:
        assert storage.stories.version() == 0


def test_of_several_processes_that_open_a_new_store_one_makes_it(tmp_path: Path) -> None:
    opening = f"from aggregator.storage import open_storage\nwith open_storage({str(tmp_path / 'news.db')!r}): pass"
    started = [subprocess.Popen([sys.executable, "-c", opening], stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in started] == [b""] * 4


@pytest.mark.parametrize("address", ["mysql://db.example/news", "sqlite://"])
def test_what_is_no_store_of_ours_is_named(address: str) -> None:
    with pytest.raises(StoreError, match=r"neither|written as a path"), open_storage(address):
        pass


def test_a_store_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with open_storage(str(tmp_path / "news.db")) as storage, sqlite3.connect(tmp_path / "news.db") as other:
        other.execute("DROP TABLE visit")
        other.commit()
        with pytest.raises(StoreError, match=r"news\.db does not work: no such table: visit"):
            storage.visits()
    other.close()
