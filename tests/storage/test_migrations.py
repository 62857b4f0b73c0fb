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


def test_what_was_kept_before_stories_were_told_apart_is_compared_in_the_next_round(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    engine = create_engine(f"sqlite:///{file}")
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    item = (
        "INSERT INTO item (public_id, source, actor, entry_id, url, title, summary, html, authors, categories, themes, "
        "language, published_raw, updated_raw, date, first_seen, entered, hidden, withheld, form, kind, story, "
        "version) VALUES (:id, :source, 'a', '1', 'https://a.example/1', 'Nytt', '', '', '[]', '[]', '[]', '', '', '', "
        "'2026-11-24 13:00:00', :seen, :seen, '', '', 'article', 'article', :id, 1)"
    )
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0005")
        for id, source, seen in (
            ("tag:2", "b/feed", "2026-11-24 14:00:00"),
            ("tag:1", "a/feed", "2026-11-24 13:00:00"),
        ):
            connection.execute(text(item), {"id": id, "source": source, "seen": seen})
    engine.dispose()
    with open_storage(str(file)) as storage:
        assert [item.public_id for item in storage.traces.untold(9)] == ["tag:1", "tag:2"]
