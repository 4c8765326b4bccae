"""Full-text search: the tables are SQLite's FTS5; migrations make them, the models don't know them.

Quotes are written there by `clusters`; triggers keep the others in step with their tables.
"""

SEARCH_TABLE = "quote_search"
DOCUMENT_SEARCH = "document_search"
SPEAKER_SEARCH = "speaker_search"
OUTLET_SEARCH = "outlet_search"
WORD_SEARCH = "word_search"  # the pieces of words, for those with typing slips
_ALL = (SEARCH_TABLE, DOCUMENT_SEARCH, SPEAKER_SEARCH, OUTLET_SEARCH, WORD_SEARCH)


def is_search_table(name: str) -> bool:
    """Whether a table belongs to full-text search (its shadow tables included)."""
    return name.startswith(_ALL)
