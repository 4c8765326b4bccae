"""What is derived and has to be derived again.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stale_rows",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_stale_rows")),
    )


def downgrade() -> None:
    op.drop_table("stale_rows")
