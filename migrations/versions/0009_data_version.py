"""The version of the data, by which pages are asked for again.

Revision ID: 0009
Revises: 0008
"""

from secrets import randbits

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.BigInteger(), nullable=False),
        sa.Column("quotes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.bulk_insert(table, [{"id": 1, "documents": randbits(62), "quotes": randbits(62)}])


def downgrade() -> None:
    op.drop_table("data_version")
