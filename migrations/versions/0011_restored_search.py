"""functions of search that can be restored from a dump

pg_restore empties the path on which functions without a schema are looked for, and the table of quotes' search, whose
vectors two of these functions make while it is filled, could not be made again.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STEMS = r"""
CREATE OR REPLACE FUNCTION search_stems(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT regexp_replace(regexp_replace(regexp_replace({schema}search_words(given) COLLATE "C",
    '\m([a-z]*[aeiouy][b-df-hj-np-tv-xz][a-z]*bl)(?:y|ies)\M', '\1e', 'g'),
    '\m([a-z]*[aeiouy][b-df-hj-np-tv-xz][a-z]*log)(?:y|ies)\M', '\1', 'g'),
    '\m([a-z]s)\M', '\10', 'g')
$$"""
VECTOR = """
CREATE OR REPLACE FUNCTION search_vector(config regconfig, one text, other text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- The bar between them keeps a phrase from beginning in one and ending in the other.
    RETURN setweight(to_tsvector(config, one), 'A') || '|:1'::tsvector || setweight(to_tsvector(config, other), 'B');
EXCEPTION WHEN program_limit_exceeded THEN
    -- A text too long for an index of its words is found by those it begins with.
    RETURN {schema}search_vector(config, left(one, length(one) / 2), left(other, length(other) / 2));
END $$"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
        _make(f"{schema}.")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _make("")


def _make(schema: str) -> None:
    for function in (STEMS, VECTOR):
        op.get_bind().exec_driver_sql(function.format(schema=schema))
