"""indexes for lists as they are filtered and sorted, and for the first letters of words"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = "wordings, speaker, tokenize = 'porter unicode61 remove_diacritics 2'"

LISTED = ["superseded", "published_at", "id"]


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch_op:
        batch_op.drop_index("ix_documents_published_at_id")
        batch_op.drop_index("ix_documents_outlet_id_published_at")
        batch_op.create_index("ix_documents_superseded_published_at_id", LISTED)
        batch_op.create_index("ix_documents_outlet_id_superseded_published_at_id", ["outlet_id", *LISTED])
    with op.batch_alter_table("quotes") as batch_op:
        batch_op.drop_index("ix_quotes_speaker_id_quotation_count")
        for column in ("quotation_count", "variant_count", "first_published_at"):
            batch_op.create_index(f"ix_quotes_speaker_id_{column}_id", ["speaker_id", column, "id"])
    _search_anew(f"{WORDS}, prefix = '2 3'")


def downgrade() -> None:
    _search_anew(WORDS)
    with op.batch_alter_table("quotes") as batch_op:
        for column in ("quotation_count", "variant_count", "first_published_at"):
            batch_op.drop_index(f"ix_quotes_speaker_id_{column}_id")
        batch_op.create_index("ix_quotes_speaker_id_quotation_count", ["speaker_id", "quotation_count"])
    with op.batch_alter_table("documents") as batch_op:
        batch_op.drop_index("ix_documents_outlet_id_superseded_published_at_id")
        batch_op.drop_index("ix_documents_superseded_published_at_id")
        batch_op.create_index("ix_documents_outlet_id_published_at", ["outlet_id", "published_at"])
        batch_op.create_index("ix_documents_published_at_id", ["published_at", "id"])


def _search_anew(definition: str) -> None:
    """An index of first letters can't be added to a search table that is there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE VIRTUAL TABLE quote_search_anew USING fts5({definition})")
        op.execute(
            "INSERT INTO quote_search_anew (rowid, wordings, speaker) SELECT rowid, wordings, speaker FROM quote_search"
        )
        op.execute("DROP TABLE quote_search")
        op.execute("ALTER TABLE quote_search_anew RENAME TO quote_search")
