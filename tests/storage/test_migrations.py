"""A store of an older version goes on where it was."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from aggregator.storage import open_storage
from aggregator.storage.database import MIGRATIONS


def test_what_the_first_version_remembered_of_a_source_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    engine = create_engine(f"sqlite:///{file}")
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        connection.execute(
            text(
                "INSERT INTO visit (source, location, due, visited, failures, problem, notes, etag, last_modified, "
                "fingerprint) VALUES ('a/b', 'https://a.example/', '2026-11-24 13:00:00', '2026-11-24 12:00:00', "
                "2, 'x', '[]', '\"e\"', '', 'f')"
            )
        )
    engine.dispose()
    with open_storage(str(file)) as storage:
        visit = storage.visits()["a/b"]
        assert (visit.failures, visit.validators.etag, visit.answered) == (2, '"e"', "https://a.example/")
        assert visit.since == datetime(2026, 11, 24, 12, tzinfo=UTC)
        assert (visit.rhythm.moments, visit.moved, visit.move, visit.seen) == ((), "", None, b"")
