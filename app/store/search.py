"""Full-text search: the tables are SQLite's FTS5; migrations make them, the models don't know them.

Quotes are written there by `clusters`; triggers keep the others in step with their tables.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, column, literal_column, select, table, text

SEARCH_TABLE = "quote_search"
DOCUMENT_SEARCH = "document_search"
SPEAKER_SEARCH = "speaker_search"
OUTLET_SEARCH = "outlet_search"
WORD_SEARCH = "word_search"  # the pieces of words, for those with typing slips
_EXCERPT = f"snippet({DOCUMENT_SEARCH}, 1, '\x02', '\x03', '…', 20)"
_ALL = (SEARCH_TABLE, DOCUMENT_SEARCH, SPEAKER_SEARCH, OUTLET_SEARCH, WORD_SEARCH)


def is_search_table(name: str) -> bool:
    """Whether a table belongs to full-text search (its shadow tables included)."""
    return name.startswith(_ALL)


def matching(name: str, query: str) -> Select[Any]:
    """Keys of the rows of a search table that match; a query without words matches nothing."""
    found = text(f"{name} MATCH :{name}").bindparams(**{name: query or '""'})
    return select(column("rowid", Integer)).select_from(table(name)).where(found)


def with_excerpts(documents: Select[Any], key: ColumnElement[int], query: str) -> Select[Any]:
    """The same documents with `excerpt`: the place in the text that has most of what matches, hits in \\x02 … \\x03."""
    texts = table(DOCUMENT_SEARCH, column("rowid", Integer))
    found = text(f"{DOCUMENT_SEARCH} MATCH :sought").bindparams(sought=query)
    return (
        documents.add_columns(literal_column(_EXCERPT).label("excerpt")).join(texts, texts.c.rowid == key).where(found)
    )
