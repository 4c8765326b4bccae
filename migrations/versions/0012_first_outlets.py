"""the first outlets of a quote from an index, however many carry it"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "quote_outlets"


def upgrade() -> None:
    op.create_index("ix_quote_outlets_quote_id_outlet_id", TABLE, ["quote_id", "outlet_id"])
    op.drop_index("ix_quote_outlets_quote_id", TABLE)


def downgrade() -> None:
    op.create_index("ix_quote_outlets_quote_id", TABLE, ["quote_id"])
    op.drop_index("ix_quote_outlets_quote_id_outlet_id", TABLE)
