"""stories"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("title_document_id", sa.Integer(), nullable=True),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.Column("outlet_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(), nullable=True),
        sa.Column("last_published_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["title_document_id"], ["documents.id"], name=op.f("fk_stories_title_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stories_public_id")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index("ix_stories_first_published_at_id", ["first_published_at", "id"], unique=False)

    op.create_table(
        "story_documents",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_story_documents_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_documents_story_id_stories")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_story_documents")),
    )
    with op.batch_alter_table("story_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_documents_story_id"), ["story_id"], unique=False)

    op.create_table(
        "retired_stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("successor", sa.String(length=16), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retired_stories")),
        sa.UniqueConstraint("public_id", name=op.f("uq_retired_stories_public_id")),
    )


def downgrade() -> None:
    op.drop_table("retired_stories")
    with op.batch_alter_table("story_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_documents_story_id"))

    op.drop_table("story_documents")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index("ix_stories_first_published_at_id")

    op.drop_table("stories")
