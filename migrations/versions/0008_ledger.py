"""what a run was given, and how far it has come"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("given", sa.JSON(), nullable=True))
    op.create_table(
        "run_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_progress_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_progress")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_run_progress_run_id_place")),
    )


def downgrade() -> None:
    op.drop_table("run_progress")
    op.drop_column("runs", "given")
