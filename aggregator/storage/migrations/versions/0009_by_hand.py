"""the newsfeeds that an item's writer named"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("places", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("places", server_default=None)
