"""search of documents, speakers and outlets, and the words that typing slips are compared with

Triggers keep the search tables in step, whoever writes; a later migration that makes one of `documents`, `speakers`,
`speaker_aliases`, `outlets` or `search_words` anew has to make its triggers anew too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE_WORDS = "tokenize = 'unicode61 remove_diacritics 2'"
TABLES = (
    f"CREATE VIRTUAL TABLE document_search USING fts5(title, text, content = 'documents', content_rowid = 'id', {WHOLE_WORDS})",
    f"CREATE VIRTUAL TABLE speaker_search USING fts5(name, aliases, {WHOLE_WORDS})",
    f"CREATE VIRTUAL TABLE outlet_search USING fts5(name, siglum, content = 'outlets', content_rowid = 'id', {WHOLE_WORDS})",
    "CREATE VIRTUAL TABLE word_search USING fts5(word, content = 'search_words', content_rowid = 'id', tokenize = 'trigram')",
)
ALIASES = "coalesce((SELECT group_concat(alias, ' \u2016 ') FROM speaker_aliases WHERE speaker_id = {0}), '')"
FILL = (
    "INSERT INTO document_search (document_search) VALUES ('rebuild')",
    "INSERT INTO outlet_search (outlet_search) VALUES ('rebuild')",
    f"INSERT INTO speaker_search (rowid, name, aliases) SELECT id, name, {ALIASES.format('speakers.id')} FROM speakers",
    "CREATE VIRTUAL TABLE temp.document_words USING fts5vocab('main', 'document_search', 'row')",
    "INSERT INTO search_words (word, document_count) SELECT term, doc FROM temp.document_words "
    "WHERE length(term) BETWEEN 3 AND 30 AND term NOT GLOB '*[0-9]*'",
    "DROP TABLE temp.document_words",
    "INSERT INTO word_search (word_search) VALUES ('rebuild')",
)


def of_content(table: str, search: str, columns: tuple[str, ...]) -> list[str]:
    """Triggers that keep a search table in step with the table that holds its text."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    gone = f"INSERT INTO {search} ({search}, rowid, {names}) VALUES ('delete', old.id, {old});"
    come = f"INSERT INTO {search} (rowid, {names}) VALUES (new.id, {new});"
    return [
        f"CREATE TRIGGER {search}_insert AFTER INSERT ON {table} BEGIN {come} END",
        f"CREATE TRIGGER {search}_delete AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {search}_update AFTER UPDATE OF {names} ON {table} BEGIN {gone} {come} END",
    ]


def of_aliases(event: str, row: str) -> str:
    """Trigger on a speaker's aliases: the names of one speaker are one row."""
    named = f"UPDATE speaker_search SET aliases = {ALIASES.format(row + '.speaker_id')} WHERE rowid = {row}.speaker_id;"
    return f"CREATE TRIGGER speaker_search_alias_{event} AFTER {event.upper()} ON speaker_aliases BEGIN {named} END"


TRIGGERS = (
    *of_content("documents", "document_search", ("title", "text")),
    *of_content("outlets", "outlet_search", ("name", "siglum")),
    *of_content("search_words", "word_search", ("word",)),
    "CREATE TRIGGER speaker_search_insert AFTER INSERT ON speakers BEGIN "
    "INSERT INTO speaker_search (rowid, name, aliases) VALUES (new.id, new.name, ''); END",
    "CREATE TRIGGER speaker_search_update AFTER UPDATE OF name ON speakers BEGIN "
    "UPDATE speaker_search SET name = new.name WHERE rowid = new.id; END",
    "CREATE TRIGGER speaker_search_delete AFTER DELETE ON speakers BEGIN "
    "DELETE FROM speaker_search WHERE rowid = old.id; END",
    of_aliases("insert", "new"),
    of_aliases("delete", "old"),
)


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=30), nullable=False),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint("word", name=op.f("uq_search_words_word")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in (*TABLES, *FILL, *TRIGGERS):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger.split()[2]}")
        for name in ("word_search", "outlet_search", "speaker_search", "document_search"):
            op.execute(f"DROP TABLE {name}")
    op.drop_table("search_words")
