"""Alembic's way in; `connection` is handed over by storage.database."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel

from aggregator.storage.tables import UtcDateTime


def plainly(kind: str, thing: Any, _: object) -> str | Literal[False]:
    """Write our column types in SQLAlchemy's own words: an old migration must not lean on today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
