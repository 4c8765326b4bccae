"""Full-text search: queries are written as SQLite's FTS5 has them, and PostgreSQL finds the same.

Migrations make the tables, the models don't know them. Quotes are written there by `clusters`; triggers keep the
others in step with their tables.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Text,
    TypeDecorator,
    bindparam,
    column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from app.store import search_postgresql
from app.store.search_marks import marked

SEARCH_TABLE = "quote_search"
DOCUMENT_SEARCH = "document_search"
SPEAKER_SEARCH = "speaker_search"
OUTLET_SEARCH = "outlet_search"
WORD_SEARCH = "word_search"  # the pieces of words, for those with typing slips
_ALL = (SEARCH_TABLE, DOCUMENT_SEARCH, SPEAKER_SEARCH, OUTLET_SEARCH, WORD_SEARCH)


def is_search_table(name: str) -> bool:
    """Whether a table belongs to full-text search (its shadow tables included)."""
    return name.startswith(_ALL)


def matching(name: str, query: str = "", named: str | None = None) -> Select[Any]:
    """Keys of the rows of a search table that match; a query without words matches nothing. A `named` one is given
    with the other values of the statement."""
    return select(column("rowid", Integer)).select_from(table(name)).where(_Matches(name, query, named))


def with_marks(documents: Select[Any], key: ColumnElement[int], query: str) -> Select[Any]:
    """The same documents with `marked`: their text from its first character on, hits in \\x02 … \\x03."""
    texts = table(DOCUMENT_SEARCH, column("rowid", Integer))
    found = _Matches(DOCUMENT_SEARCH, query)
    return documents.add_columns(_Marked(query).label("marked")).join(texts, texts.c.rowid == key).where(found)


class _Query(TypeDecorator[str]):
    """A query as the database wants it."""

    impl = Text
    cache_ok = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        query = value or '""'
        if dialect.name == "sqlite":
            return query
        if self.name == WORD_SEARCH:
            return search_postgresql.pattern(query)
        return search_postgresql.tsquery(query, stemmed=self.name == SEARCH_TABLE)


class _Matches(ColumnElement[Any]):
    """Condition on the rows of a search table; of no type: FTS5 takes no comparison with true."""

    _traverse_internals = [  # noqa: RUF012 - as the base class has it
        ("name", InternalTraversal.dp_string),
        ("query", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, name: str, query: str, named: str | None = None) -> None:
        self.name = name
        kind = _Query(name)
        self.query = bindparam(named, type_=kind) if named else bindparam(name, query, type_=kind, unique=True)


@compiles(_Matches, "sqlite")
def _matches_sqlite(element: _Matches, compiler: Any, **given: Any) -> str:
    return f"{element.name} MATCH {compiler.process(element.query, **given)}"


@compiles(_Matches, "postgresql")
def _matches_postgresql(element: _Matches, compiler: Any, **given: Any) -> str:
    query = compiler.process(element.query, **given)
    if element.name == WORD_SEARCH:
        return f"{element.name}.word ~ {query}"
    words = "search_stems" if element.name == SEARCH_TABLE else "simple"
    return f"{element.name}.vector @@ to_tsquery('{words}', {query})"


class _WithMarks(TypeDecorator[str]):
    """What SQLite marked, or the text that PostgreSQL hands over, marked here."""

    impl = Text
    cache_ok = False  # a query of its own each time

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name == "sqlite":
            return value
        return marked(value, search_postgresql.phrases(self.query))


class _Marked(ColumnElement[str]):
    """The text of the document that a search table found, with marks."""

    inherit_cache = False

    def __init__(self, query: str) -> None:
        self.type = _WithMarks(query)


@compiles(_Marked, "sqlite")
def _marked_sqlite(_element: _Marked, _compiler: Any, **_given: Any) -> str:
    return f"highlight({DOCUMENT_SEARCH}, 1, '\x02', '\x03')"


@compiles(_Marked, "postgresql")
def _marked_postgresql(_element: _Marked, _compiler: Any, **_given: Any) -> str:
    return "documents.text"
