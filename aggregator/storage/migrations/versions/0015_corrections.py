"""corrections: what was corrected of an item, each time, and an index by the last"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("corrections", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index("ix_item_corrected", ["corrected"], unique=False)
