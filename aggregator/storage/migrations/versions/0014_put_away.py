"""what is put away because of its age, and indexes for all that is asked often"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remains", sa.String(), nullable=True))
        for old in ("date", "entered", "ends"):
            batch_op.drop_index(op.f(f"ix_item_{old}"))
        batch_op.create_index("ix_item_date_source", ["date", "source"], unique=False)
        batch_op.create_index("ix_item_url", ["url"], unique=False, postgresql_using="hash")
        batch_op.create_index(op.f("ix_item_actor"), ["actor"], unique=False)
        batch_op.create_index(op.f("ix_item_first_seen"), ["first_seen"], unique=False)
    _index_only("ix_item_entered", "item", ["entered"], "remains IS NULL")
    _index_only("ix_item_source_hidden", "item", ["source", "hidden"], "hidden <> ''")
    _index_only("ix_letter_problem_begun", "letter", ["begun"], "problem <> ''")
    op.create_index(op.f("ix_finding_rule"), "finding", ["rule"], unique=False)
    op.create_index(op.f("ix_alarm_opened"), "alarm", ["opened"], unique=False)
    _say_what_tells()
    with op.batch_alter_table("placed", schema=None) as batch_op:
        batch_op.alter_column("tells", server_default=None)
        batch_op.drop_index("ix_placed_code_ends")
        batch_op.drop_index("ix_placed_code_month")
        batch_op.create_index("ix_placed_code_month_entered", ["code", "month", "entered"], unique=False)
        batch_op.create_index("ix_placed_date_code_story", ["date", "code", "story", "tells"], unique=False)
    _index_only("ix_placed_code_ends", "placed", ["code", "ends"], "ends IS NOT NULL")
    _index_only("ix_placed_event", "placed", ["code", "date", "story"], "ends IS NOT NULL")
    op.execute(
        "INSERT INTO touched (code, month, version) SELECT DISTINCT code, month, 0 FROM placed WHERE NOT EXISTS "
        "(SELECT 1 FROM touched WHERE touched.code = placed.code AND touched.month = placed.month)"
    )


def _index_only(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=False, sqlite_where=only, postgresql_where=only)


def _say_what_tells() -> None:
    with op.batch_alter_table("placed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tells", sa.Boolean(), nullable=False, server_default=sa.false()))
    placed = sa.table("placed", sa.column("story"), sa.column("code"), sa.column("tells", sa.Boolean()))
    item = sa.table("item", *map(sa.column, ("id", "story", "hidden", "withheld")))
    finding = sa.table("finding", *map(sa.column, ("item_id", "code", "rule", "rejected")))
    tells = (
        sa.select(1)
        .select_from(item.join(finding, finding.c.item_id == item.c.id))
        .where(item.c.story == placed.c.story, item.c.hidden == "", item.c.withheld == "")
        .where(finding.c.code == placed.c.code, finding.c.rejected == "")
        .where(finding.c.rule.not_in(["promotion", "fan-out", "network"]))
    )
    op.execute(placed.update().where(sa.exists(tells)).values(tells=sa.true()))
