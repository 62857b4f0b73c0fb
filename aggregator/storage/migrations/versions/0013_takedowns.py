"""takedowns: who took an item down, which nothing brings back then"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.alter_column("by", server_default=None)
