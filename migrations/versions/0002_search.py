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

# The same for PostgreSQL; `word_search` shows the words as they are, an index of trigrams finds pieces of them.
NAMED = "coalesce((SELECT string_agg(alias, ' \u2016 ') FROM speaker_aliases WHERE speaker_id = {0}), '')"
OF_TEXTS = """
CREATE TABLE {search} (rowid integer PRIMARY KEY, vector tsvector NOT NULL);
INSERT INTO {search} SELECT id, search_vector('simple', search_words({one}), search_words({other})) FROM {table};
CREATE INDEX ix_{search}_vector ON {search} USING gin (vector);
CREATE FUNCTION {search}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN DELETE FROM {search} WHERE rowid = OLD.id; END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO {search}
        VALUES (NEW.id, search_vector('simple', search_words(NEW.{one}), search_words(NEW.{other})));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {search}_keep AFTER INSERT OR DELETE OR UPDATE OF {one}, {other} ON {table}
FOR EACH ROW EXECUTE FUNCTION {search}_keep();
"""
OF_SPEAKERS = f"""
CREATE TABLE speaker_search (
    rowid integer PRIMARY KEY, name text NOT NULL, aliases text NOT NULL,
    vector tsvector GENERATED ALWAYS AS (search_vector('simple', search_words(name), search_words(aliases))) STORED
);
INSERT INTO speaker_search SELECT id, name, {NAMED.format("speakers.id")} FROM speakers;
CREATE INDEX ix_speaker_search_vector ON speaker_search USING gin (vector);
CREATE FUNCTION speaker_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN INSERT INTO speaker_search VALUES (NEW.id, NEW.name, ''); END IF;
    IF TG_OP = 'UPDATE' THEN UPDATE speaker_search SET name = NEW.name WHERE rowid = NEW.id; END IF;
    IF TG_OP = 'DELETE' THEN DELETE FROM speaker_search WHERE rowid = OLD.id; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER speaker_search_keep AFTER INSERT OR DELETE OR UPDATE OF name ON speakers
FOR EACH ROW EXECUTE FUNCTION speaker_search_keep();
CREATE FUNCTION speaker_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named integer := CASE TG_OP WHEN 'DELETE' THEN OLD.speaker_id ELSE NEW.speaker_id END;
BEGIN
    UPDATE speaker_search SET aliases = {NAMED.format("named")} WHERE rowid = named;
    RETURN NULL;
END $$;
CREATE TRIGGER speaker_search_name AFTER INSERT OR DELETE ON speaker_aliases
FOR EACH ROW EXECUTE FUNCTION speaker_search_name();
"""
OF_WORDS = """
INSERT INTO search_words (word, document_count)
SELECT word, count(*) FROM document_search, unnest(tsvector_to_array(vector)) AS word
WHERE length(word) BETWEEN 3 AND 30 AND word !~ '[0-9]' GROUP BY word;
CREATE INDEX word_search_trigrams ON search_words USING gin (word gin_trgm_ops);
CREATE VIEW word_search AS SELECT id AS rowid, word FROM search_words;
"""
POSTGRESQL = (
    OF_TEXTS.format(search="document_search", table="documents", one="title", other="text"),
    OF_TEXTS.format(search="outlet_search", table="outlets", one="name", other="siglum"),
    OF_SPEAKERS,
    OF_WORDS,
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
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for statement in POSTGRESQL:
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger.split()[2]}")
        for name in ("word_search", "outlet_search", "speaker_search", "document_search"):
            op.execute(f"DROP TABLE {name}")
    else:
        op.execute("DROP VIEW word_search")
        for name, table in (("document", "documents"), ("outlet", "outlets"), ("speaker", "speakers")):
            op.execute(f"DROP TRIGGER {name}_search_keep ON {table}")
            op.execute(f"DROP FUNCTION {name}_search_keep")
            op.execute(f"DROP TABLE {name}_search")
        op.execute("DROP TRIGGER speaker_search_name ON speaker_aliases")
        op.execute("DROP FUNCTION speaker_search_name")
    op.drop_table("search_words")
