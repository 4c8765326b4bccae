"""A story that is no more may have several successors.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("retired_stories", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_retired_stories_public_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_retired_stories_public_id"), ["public_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM retired_stories WHERE id NOT IN (SELECT min(id) FROM retired_stories GROUP BY public_id)")
    with op.batch_alter_table("retired_stories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retired_stories_public_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_retired_stories_public_id"), ["public_id"])
