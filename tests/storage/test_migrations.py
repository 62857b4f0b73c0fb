"""A store of an older version goes on where it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from made import NOON, an_entry, an_item
from older import make_older
from sqlalchemy import create_engine, text

from aggregator.model import Event, Selection, Visit
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


def test_newsfeeds_of_a_store_of_an_older_version_carry_what_they_carried(tmp_path: Path) -> None:
    """What stands where was not noted before version 0012."""
    file = str(tmp_path / "news.db")
    led = "tag:prov.example,2026:cykel/3"
    items = [
        an_item(1, "1493", "2480"),
        an_item(2, findings=()),
        an_item(3, "14"),
        an_item(4, "2480", story=led, entry=an_entry(id="4", event=Event(NOON + timedelta(days=3)))),
        an_item(5, hidden="felaktig"),
    ]
    with open_storage(file) as storage:
        storage.keep("cykel/feed", Visit(), items)
    engine = create_engine(f"sqlite:///{file}")
    stands = "SELECT story, code, date, entered, month, tells, starts, ends FROM placed"
    with engine.begin() as connection:
        now = sorted(connection.execute(text(stands)).all())
    make_older(Path(file), "0011")
    with open_storage(file) as storage:
        everything = Selection(beside=(Selection(),))
        assert len(storage.stories.newest(everything, 10)) == 3
        assert [story.leader.public_id for story in storage.stories.coming(everything, NOON, 10)] == [led]
    with engine.begin() as connection:
        assert sorted(connection.execute(text(stands)).all()) == now
    engine.dispose()
