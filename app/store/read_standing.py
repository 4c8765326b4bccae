"""Documents in whose text words stand one after the other, be it in a quotation or not."""

import re

from sqlalchemy import Connection

from app.store.read_rows import document_line, select_documents
from app.store.read_views import DocumentLine
from app.store.search import DOCUMENT_SEARCH, matching
from app.store.tables import DocumentRow
from app.store.words import common_words

_COMMON = 20_000  # documents that all of the words have: to look for the words in one piece would take too long
_LOOKED_AT = 12  # that may be old versions
_WORDS = 60


def read_standing(connection: Connection, words: str, most: int) -> tuple[DocumentLine, ...]:
    """Some of the documents that have these words in one piece, old versions left out; none of a single word."""
    found = re.findall(r"\w+", words)[:_WORDS]
    if len(found) < 2 or len(common_words(connection, found, _COMMON)) == len(found):
        return ()
    keys = connection.scalars(matching(DOCUMENT_SEARCH, f'"{" ".join(found)}"').limit(_LOOKED_AT)).all()
    query = select_documents().where(DocumentRow.id.in_(keys), DocumentRow.superseded.is_(False))
    return tuple(map(document_line, connection.execute(query.order_by(DocumentRow.id).limit(most))))
