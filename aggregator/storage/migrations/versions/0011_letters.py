"""letters: which digests were sent to whom"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("newsfeed", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("newsfeed", "period", "address", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_begun"), ["begun"], unique=False)
