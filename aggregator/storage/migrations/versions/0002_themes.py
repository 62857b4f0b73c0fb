"""themes"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("themes", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("item") as item:
        item.alter_column("themes", server_default=None)
