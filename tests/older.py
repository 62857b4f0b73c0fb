"""Stores as older versions made them, with the rows that a store of today has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

from aggregator.storage.database import MIGRATIONS


def make_older(file: Path, revision: str) -> None:
    """Let the store in FILE be as it would be with schema REVISION."""
    newer = file.with_suffix(".newer")
    file.rename(newer)
    engine = create_engine(f"sqlite:///{file}")
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    with engine.connect() as connection:
        connection.execute(text("ATTACH :newer AS newer"), {"newer": str(newer)})
        tables = inspect(connection)
        for table in tables.get_table_names():
            if table in tables.get_table_names("newer") and table != "alembic_version":
                theirs = {column["name"] for column in tables.get_columns(table, "newer")}
                both = ", ".join(f'"{c["name"]}"' for c in tables.get_columns(table) if c["name"] in theirs)
                connection.execute(text(f'INSERT INTO "{table}" ({both}) SELECT {both} FROM newer."{table}"'))
        connection.commit()
    engine.dispose()
    newer.unlink()
