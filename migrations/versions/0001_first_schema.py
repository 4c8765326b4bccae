"""first schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# PostgreSQL finds words as SQLite's FTS5 does: runs of letters and digits without case and diacritics, and for quotes
# the stems of Porter's algorithm. Its own stemmer lacks two rules and the exception of short words; search_stems makes
# up for that. Triggers and columns keep the vectors, whoever writes; app/store/search_postgresql.py asks for them.
COLLATIONS = ("und-x-icu", "pg_c_utf8", "C.utf8", "C.UTF-8", "en_US.utf8")  # that know letters beyond ASCII
WORDS = r"""
CREATE FUNCTION search_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT regexp_replace(
    lower(regexp_replace(normalize(coalesce(given, ''), NFD), '[\u0300-\u036f]', '', 'g') COLLATE "{collation}"),
    '[^[:alnum:]]+', ' ', 'g')
$$"""
STEMS = r"""
CREATE FUNCTION search_stems(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT regexp_replace(regexp_replace(regexp_replace(search_words(given) COLLATE "C",
    '\m([a-z]*[aeiouy][b-df-hj-np-tv-xz][a-z]*bl)(?:y|ies)\M', '\1e', 'g'),
    '\m([a-z]*[aeiouy][b-df-hj-np-tv-xz][a-z]*log)(?:y|ies)\M', '\1', 'g'),
    '\m([a-z]s)\M', '\10', 'g')
$$"""
VECTOR = """
CREATE FUNCTION search_vector(config regconfig, one text, other text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- The bar between them keeps a phrase from beginning in one and ending in the other.
    RETURN setweight(to_tsvector(config, one), 'A') || '|:1'::tsvector || setweight(to_tsvector(config, other), 'B');
EXCEPTION WHEN program_limit_exceeded THEN
    -- A text too long for an index of its words is found by those it begins with.
    RETURN search_vector(config, left(one, length(one) / 2), left(other, length(other) / 2));
END $$"""
QUOTE_SEARCH = """
CREATE TABLE quote_search (
    rowid integer PRIMARY KEY, wordings text NOT NULL, speaker text NOT NULL,
    vector tsvector GENERATED ALWAYS AS
        (search_vector('search_stems', search_stems(speaker), search_stems(wordings))) STORED
)"""


def upgrade() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("siglum", sa.String(length=8), nullable=False),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.Column("copy_count", sa.Integer(), nullable=False),
        sa.Column("quotation_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("key", name=op.f("uq_outlets_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outlets_public_id")),
    )
    op.create_table(
        "retired_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("successor", sa.String(length=16), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retired_quotes")),
        sa.UniqueConstraint("public_id", "successor", name=op.f("uq_retired_quotes_public_id_successor")),
    )
    with op.batch_alter_table("retired_quotes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retired_quotes_public_id"), ["public_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("one", sa.String(length=16), nullable=False),
        sa.Column("one_scope", sa.String(length=16), nullable=False),
        sa.Column("one_parts", sa.JSON(), nullable=False),
        sa.Column("one_text", sa.Text(), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=True),
        sa.Column("other_scope", sa.String(length=16), nullable=True),
        sa.Column("other_parts", sa.JSON(), nullable=False),
        sa.Column("other_text", sa.Text(), nullable=True),
        sa.Column("speaker", sa.String(length=300), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decisions_public_id")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("quotation_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["successor_id"], ["speakers.id"], name=op.f("fk_speakers_successor_id_speakers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speakers_public_id")),
    )
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.create_index("ix_speakers_quotation_count_id", ["quotation_count", "id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("media", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=True),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=True),
        sa.Column("published_found_in", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_version_id", sa.Integer(), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("copy_of_id", sa.Integer(), nullable=True),
        sa.Column("copy_share", sa.Float(), nullable=True),
        sa.Column("altered_rate", sa.Float(), nullable=True),
        sa.Column("reworded", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("quotation_count", sa.Integer(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["copy_of_id"], ["documents.id"], name=op.f("fk_documents_copy_of_id_documents")),
        sa.ForeignKeyConstraint(
            ["first_version_id"], ["documents.id"], name=op.f("fk_documents_first_version_id_documents")
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_documents_outlet_id_outlets")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_documents_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_documents_public_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_sha256")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_copy_of_id"), ["copy_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_first_version_id"), ["first_version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_name"), ["name"], unique=False)
        batch_op.create_index("ix_documents_outlet_id_published_at", ["outlet_id", "published_at"], unique=False)
        batch_op.create_index("ix_documents_published_at_id", ["published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_url"), ["url"], unique=False)

    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker_count", sa.Integer(), nullable=False),
        sa.Column("variant_count", sa.Integer(), nullable=False),
        sa.Column("quotation_count", sa.Integer(), nullable=False),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.Column("outlet_count", sa.Integer(), nullable=False),
        sa.Column("independent_count", sa.Integer(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(), nullable=True),
        sa.Column("last_published_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_quotes_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quotes_public_id")),
    )
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.create_index("ix_quotes_first_published_at_id", ["first_published_at", "id"], unique=False)
        batch_op.create_index("ix_quotes_quotation_count_id", ["quotation_count", "id"], unique=False)
        batch_op.create_index("ix_quotes_speaker_id_quotation_count", ["speaker_id", "quotation_count"], unique=False)
        batch_op.create_index("ix_quotes_variant_count_id", ["variant_count", "id"], unique=False)

    op.create_table(
        "namings",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("fullness", sa.SmallInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_namings_document_id_documents")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_namings_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_namings")),
    )
    with op.batch_alter_table("namings", schema=None) as batch_op:
        batch_op.create_index("ix_namings_speaker_id_fullness", ["speaker_id", "fullness"], unique=False)

    op.create_table(
        "speaker_aliases",
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=300), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("fullness", sa.SmallInteger(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("full_namings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_speaker_aliases_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_speaker_aliases_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("speaker_id", "alias", name=op.f("pk_speaker_aliases")),
    )
    op.create_table(
        "speaker_keys",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_speaker_keys_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("key", "speaker_id", name=op.f("pk_speaker_keys")),
    )
    with op.batch_alter_table("speaker_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_keys_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "document_bands",
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_bands_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("band", "hash", "document_id", name=op.f("pk_document_bands")),
    )
    with op.batch_alter_table("document_bands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_bands_document_id"), ["document_id"], unique=False)

    op.create_table(
        "quotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("outer_start", sa.Integer(), nullable=False),
        sa.Column("outer_end", sa.Integer(), nullable=False),
        sa.Column("context_start", sa.Integer(), nullable=False),
        sa.Column("context_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("attribution", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("naming", sa.SmallInteger(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_quotations_document_id_documents")),
        sa.ForeignKeyConstraint(
            ["document_id", "naming"],
            ["namings.document_id", "namings.number"],
            name=op.f("fk_quotations_document_id_namings"),
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_quotations_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotations")),
        sa.UniqueConstraint("document_id", "start", "end", name=op.f("uq_quotations_document_id_start_end")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quotations_public_id")),
    )
    with op.batch_alter_table("quotations", schema=None) as batch_op:
        batch_op.create_index("ix_quotations_speaker_id_id", ["speaker_id", "id"], unique=False)

    op.create_table(
        "quote_outlets",
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_quote_outlets_outlet_id_outlets")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_quote_outlets_quote_id_quotes")),
        sa.PrimaryKeyConstraint("outlet_id", "quote_id", name=op.f("pk_quote_outlets")),
    )
    with op.batch_alter_table("quote_outlets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_outlets_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "run_inputs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("hint", sa.String(length=1000), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_run_inputs_document_id_documents")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_inputs_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_inputs")),
    )
    with op.batch_alter_table("run_inputs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_inputs_document_id"), ["document_id"], unique=False)
        batch_op.create_index("ix_run_inputs_run_id_outcome", ["run_id", "outcome"], unique=False)

    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_sightings_document_id_documents")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_sightings_outlet_id_outlets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
        sa.UniqueConstraint("document_id", "name", "url", name=op.f("uq_sightings_document_id_name_url")),
    )
    with op.batch_alter_table("sightings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sightings_outlet_id"), ["outlet_id"], unique=False)

    op.create_table(
        "variants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form_hash", sa.BigInteger(), nullable=False),
        sa.Column("likely_original", sa.Boolean(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("quotation_count", sa.Integer(), nullable=False),
        sa.Column("outlet_count", sa.Integer(), nullable=False),
        sa.Column("independent_count", sa.Integer(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_variants_quote_id_quotes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variants")),
        sa.UniqueConstraint("public_id", name=op.f("uq_variants_public_id")),
    )
    with op.batch_alter_table("variants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_variants_form_hash"), ["form_hash"], unique=False)
        batch_op.create_index("ix_variants_quote_id_rank", ["quote_id", "rank"], unique=False)

    op.create_table(
        "parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["quotation_id"], ["quotations.id"], name=op.f("fk_parts_quotation_id_quotations")),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name=op.f("fk_parts_variant_id_variants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_parts_public_id")),
        sa.UniqueConstraint("quotation_id", "start", "end", name=op.f("uq_parts_quotation_id_start_end")),
    )
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parts_variant_id"), ["variant_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE quote_search USING fts5("
            "wordings, speaker, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    else:
        _search_of_quotes()


def _search_of_quotes() -> None:
    known = sa.text("SELECT collname FROM pg_collation WHERE collname IN :names")
    known = known.bindparams(sa.bindparam("names", COLLATIONS, expanding=True))
    there = set(op.get_bind().scalars(known))
    collation = next((name for name in COLLATIONS if name in there), "default")
    op.get_bind().exec_driver_sql(WORDS.replace("{collation}", collation))
    op.execute("SELECT search_words('in UTF-8?')")
    op.execute("CREATE TEXT SEARCH DICTIONARY search_porter (TEMPLATE = snowball, LANGUAGE = porter)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION search_stems (COPY = pg_catalog.simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION search_stems ALTER MAPPING REPLACE pg_catalog.simple WITH search_porter"
    )
    for statement in (STEMS, VECTOR, QUOTE_SEARCH):
        op.get_bind().exec_driver_sql(statement)
    op.execute("CREATE INDEX ix_quote_search_vector ON quote_search USING gin (vector)")


def downgrade() -> None:
    op.execute("DROP TABLE quote_search")
    if op.get_bind().dialect.name != "sqlite":
        for name in ("search_vector", "search_stems", "search_words"):
            op.execute(f"DROP FUNCTION {name}")
        op.execute("DROP TEXT SEARCH CONFIGURATION search_stems")
        op.execute("DROP TEXT SEARCH DICTIONARY search_porter")
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parts_variant_id"))

    op.drop_table("parts")
    with op.batch_alter_table("variants", schema=None) as batch_op:
        batch_op.drop_index("ix_variants_quote_id_rank")
        batch_op.drop_index(batch_op.f("ix_variants_form_hash"))

    op.drop_table("variants")
    with op.batch_alter_table("sightings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sightings_outlet_id"))

    op.drop_table("sightings")
    with op.batch_alter_table("run_inputs", schema=None) as batch_op:
        batch_op.drop_index("ix_run_inputs_run_id_outcome")
        batch_op.drop_index(batch_op.f("ix_run_inputs_document_id"))

    op.drop_table("run_inputs")
    with op.batch_alter_table("quote_outlets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_outlets_quote_id"))

    op.drop_table("quote_outlets")
    with op.batch_alter_table("quotations", schema=None) as batch_op:
        batch_op.drop_index("ix_quotations_speaker_id_id")

    op.drop_table("quotations")
    with op.batch_alter_table("document_bands", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_bands_document_id"))

    op.drop_table("document_bands")
    with op.batch_alter_table("speaker_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_keys_speaker_id"))

    op.drop_table("speaker_keys")
    op.drop_table("speaker_aliases")
    with op.batch_alter_table("namings", schema=None) as batch_op:
        batch_op.drop_index("ix_namings_speaker_id_fullness")

    op.drop_table("namings")
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.drop_index("ix_quotes_variant_count_id")
        batch_op.drop_index("ix_quotes_speaker_id_quotation_count")
        batch_op.drop_index("ix_quotes_quotation_count_id")
        batch_op.drop_index("ix_quotes_first_published_at_id")

    op.drop_table("quotes")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_url"))
        batch_op.drop_index(batch_op.f("ix_documents_run_id"))
        batch_op.drop_index("ix_documents_published_at_id")
        batch_op.drop_index("ix_documents_outlet_id_published_at")
        batch_op.drop_index(batch_op.f("ix_documents_name"))
        batch_op.drop_index(batch_op.f("ix_documents_first_version_id"))
        batch_op.drop_index(batch_op.f("ix_documents_copy_of_id"))

    op.drop_table("documents")
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.drop_index("ix_speakers_quotation_count_id")

    op.drop_table("speakers")
    op.drop_table("runs")
    op.drop_table("decisions")
    with op.batch_alter_table("retired_quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retired_quotes_public_id"))

    op.drop_table("retired_quotes")
    op.drop_table("outlets")
