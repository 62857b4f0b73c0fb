"""where every story stands, for publishing to find by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "placed",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("story", "code", name=op.f("pk_placed")),
    )
    with op.batch_alter_table("placed", schema=None) as batch_op:
        batch_op.create_index("ix_placed_code_date_story", ["code", "date", "story"], unique=False)
        batch_op.create_index("ix_placed_code_ends", ["code", "ends"], unique=False)
        batch_op.create_index("ix_placed_code_month", ["code", "month"], unique=False)
    _place()


def _place() -> None:
    """A story is dated by the item that leads it, and about whatever any of its visible items is about."""
    from collections import defaultdict
    from datetime import UTC
    from zoneinfo import ZoneInfo

    moment = sa.DateTime(timezone=True)
    item = sa.table(
        "item",
        sa.column("id", sa.Integer()),
        *(sa.column(name, sa.String()) for name in ("public_id", "story", "hidden", "withheld")),
        *(sa.column(name, moment) for name in ("date", "entered", "starts", "ends")),
    )
    finding = sa.table(
        "finding",
        sa.column("item_id", sa.Integer()),
        *(sa.column(name, sa.String()) for name in ("code", "rejected")),
    )
    placed = sa.table(
        "placed",
        *(sa.column(name, sa.String()) for name in ("story", "code", "month")),
        *(sa.column(name, moment) for name in ("date", "entered", "starts", "ends")),
    )
    connection = op.get_bind()
    visible = sa.and_(item.c.hidden == "", item.c.withheld == "")
    codes = defaultdict(set)
    found = sa.select(item.c.story, finding.c.code).join(finding, finding.c.item_id == item.c.id)
    for story, code in connection.execute(found.where(visible, finding.c.rejected == "")):
        codes[story].add(code)
    times = defaultdict(list)
    when = sa.select(item.c.story, item.c.starts, item.c.ends).where(visible, item.c.ends.is_not(None))
    for story, starts, ends in connection.execute(when):
        times[story].append((starts, ends))
    leading = sa.select(item.c.story, item.c.date, item.c.entered).where(visible, item.c.story == item.c.public_id)
    rows = []
    for story, date, entered in connection.execute(leading).all():
        here = entered if entered.tzinfo else entered.replace(tzinfo=UTC)
        values = {
            "story": story,
            "date": date,
            "entered": entered,
            "month": here.astimezone(ZoneInfo("Europe/Stockholm")).strftime("%Y-%m"),
            "starts": min((starts for starts, _ in times[story]), default=None),
            "ends": max((ends for _, ends in times[story]), default=None),
        }
        rows += [{"code": code, **values} for code in sorted(codes[story] or {""})]
    for start in range(0, len(rows), 2000):
        connection.execute(placed.insert(), rows[start : start + 2000])
