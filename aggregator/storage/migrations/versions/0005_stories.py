"""stories, kinds, and what publishing must know to make only what changed"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "touched",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "month", name=op.f("pk_touched")),
    )
    with op.batch_alter_table("touched", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touched_version"), ["version"], unique=False)
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withheld", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("form", sa.String(), nullable=False, server_default="article"))
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="article"))
        batch_op.add_column(sa.Column("terms", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("story", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("starts", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ends", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    item = sa.table(
        "item",
        *(sa.column(name, sa.String()) for name in ("public_id", "story", "kind")),
        sa.column("event", sa.JSON()),
    )
    op.execute(item.update().values(story=item.c.public_id))
    op.execute(item.update().where(item.c.event.is_not(None)).values(kind="event"))
    _when_events_are()
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("withheld", server_default=None)
        batch_op.alter_column("form", server_default=None)
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("story", server_default=None)
        batch_op.alter_column("version", server_default=None)
        batch_op.create_index(batch_op.f("ix_item_story"), ["story"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_withdrawn"), ["withdrawn"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_ends"), ["ends"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_version"), ["version"], unique=False)
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("codes", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("seen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.alter_column("codes", server_default=None)
        batch_op.alter_column("seen", server_default=None)
        batch_op.alter_column("version", server_default=None)
        batch_op.create_index(batch_op.f("ix_tombstone_removed"), ["removed"], unique=False)
        batch_op.create_index(batch_op.f("ix_tombstone_version"), ["version"], unique=False)


def _when_events_are() -> None:
    """Days count from Swedish midnight to the next; an event without an end ends when it begins."""
    from datetime import UTC, date, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    def moment(text: str, is_end: bool) -> datetime:
        if "T" in text:
            return datetime.fromisoformat(text).astimezone(UTC)
        day = date.fromisoformat(text) + timedelta(days=is_end)
        return datetime.combine(day, time(), ZoneInfo("Europe/Stockholm")).astimezone(UTC)

    item = sa.table(
        "item",
        sa.column("id", sa.Integer()),
        sa.column("event", sa.JSON()),
        sa.column("starts", sa.DateTime(timezone=True)),
        sa.column("ends", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    for id, event in connection.execute(sa.select(item.c.id, item.c.event).where(item.c.event.is_not(None))).all():
        starts, ends = moment(event["start"], False), moment(event["end"] or event["start"], True)
        connection.execute(item.update().where(item.c.id == id).values(starts=starts, ends=ends))
