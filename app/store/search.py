"""Full-text search over quotes. The table is SQLite's FTS5; migrations make it, the models don't know it."""

SEARCH_TABLE = "quote_search"


def is_search_table(name: str) -> bool:
    """Whether a table belongs to full-text search (its shadow tables included)."""
    return name.startswith(SEARCH_TABLE)
