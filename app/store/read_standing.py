"""Documents in whose body words stand one after the other, be it in a quotation or not."""

import re

from sqlalchemy import Connection, column

from app.store.excerpts import excerpt
from app.store.read_rows import document_line, select_documents
from app.store.read_views import DocumentLine
from app.store.search import DOCUMENT_SEARCH, matching, with_marks
from app.store.tables import DocumentRow
from app.store.words import common_words

_COMMON = 20_000  # documents that all of the words have: to look for the words in one piece would take too long
_LOOKED_AT = 12  # that may be old versions
_WORDS = 400  # a claim of more words is not looked for


def read_standing(connection: Connection, words: str, most: int) -> tuple[DocumentLine, ...]:
    """Some of the documents that have these words in one piece, old versions left out; none of a single word."""
    found = re.findall(r"\w+", words)
    if not 2 <= len(found) <= _WORDS or len(common_words(connection, found, _COMMON)) == len(found):
        return ()
    phrase = f'"{" ".join(found)}"'
    # The last ones first: those of many old versions of one document came before it.
    keys = connection.scalars(
        matching(DOCUMENT_SEARCH, phrase).order_by(column("rowid").desc()).limit(_LOOKED_AT)
    ).all()
    current = select_documents(DocumentRow.body_start).where(DocumentRow.id.in_(keys), ~DocumentRow.superseded)
    rows = connection.execute(with_marks(current, DocumentRow.id.expression, phrase).order_by(DocumentRow.id))
    return tuple(document_line(row) for row in rows if excerpt(row.marked, row.body_start))[:most]
