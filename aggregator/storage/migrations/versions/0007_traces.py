"""traces: by what an item is found by others that tell the same story; and how far a source's ids are trusted"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "trace",
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_trace_item_id_item"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("trace", "item_id", name=op.f("pk_trace")),
    )
    with op.batch_alter_table("trace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trace_item_id"), ["item_id"], unique=False)
    # What was kept before is compared in the next round.
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("traced", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("compared", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("traced", server_default=None)
        batch_op.alter_column("compared", server_default=None)
        batch_op.create_index(batch_op.f("ix_item_traced"), ["traced"], unique=False)
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trusted", sa.String(), nullable=False, server_default="guid"))
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.alter_column("trusted", server_default=None)
