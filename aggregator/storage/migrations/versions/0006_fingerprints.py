"""fingerprints: which entries of a source need no reading again"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen", sa.LargeBinary(), nullable=True))
    op.execute(sa.update(sa.table("visit", sa.column("seen", sa.LargeBinary()))).values(seen=b""))
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.alter_column("seen", existing_type=sa.LargeBinary(), nullable=False)
