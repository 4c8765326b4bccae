"""What a search finds: quotes, speakers and documents, each within a window that no corpus outgrows.

A query for common words matches half of a corpus. Then what is ranked is a window of the matches: the first ones that
the index has, and those among the most carried quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    column,
    exists,
    false,
    func,
    literal_column,
    select,
    table,
    text,
    union,
)

from app.errors import NotFound
from app.store.read_paging import Cursor, Value, cursor
from app.store.read_quotes import QuoteList, read_quotes_by_key
from app.store.read_rows import document_line, select_documents
from app.store.read_speakers import read_speakers_by_key
from app.store.read_views import DocumentLine, Found, SpeakerLine
from app.store.search import DOCUMENT_SEARCH, OUTLET_SEARCH, SEARCH_TABLE, SPEAKER_SEARCH
from app.store.search_queries import document_query, name_query, quote_query, speaker_query, unfinished
from app.store.search_terms import Sought
from app.store.tables import DocumentRow, QuotationRow, QuoteOutletRow, QuoteRow, SpeakerRow
from app.store.words import endings, fold, is_common

_WINDOW = 2000  # matches that are ranked
_TOP = 300  # most carried quotes that are looked through where more match
_COUNTED = 1000
_EXCERPT = f"snippet({DOCUMENT_SEARCH}, 1, '\x02', '\x03', '…', 20)"
_NAMED = 50  # outlets or speakers that one name may mean

Keys = Select[Any]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """One page of speakers; `after` leads to the next one."""

    found: Found
    speakers: tuple[SpeakerLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `hit` where it is one of the words sought."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document with the place in its text that has most of what was sought; no excerpt where no words were."""

    document: DocumentLine
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """One page of documents; `after` leads to the next one."""

    found: Found
    documents: tuple[FoundDocument, ...]
    after: str | None


def find_quotes(connection: Connection, sought: Sought, after: str | None, size: int) -> QuoteList:
    """Quotes with all that is sought, the most carried first. Raises NotFound where `after` is not understood."""
    last = sought.loose[-1] if sought.loose and unfinished(sought) else ""
    query = quote_query(sought, endings(connection, last) if last else ())
    ranked = _ranked(connection, QuoteRow.id, QuoteRow.quotation_count, _quote_conditions(connection, sought, query))
    if sought.phrases:
        exact = _exact(connection, [row[1] for row in ranked], sought.phrases)
        ranked = [row for row in ranked if row[1] in exact]
    keys, further = _page(ranked, after, size)
    return QuoteList(_found(ranked), read_quotes_by_key(connection, keys), further)


def find_speakers(connection: Connection, sought: Sought, after: str | None, size: int) -> SpeakerList:
    """Speakers whose name or another form has all words, the most quoted first. Raises NotFound as above."""
    query = speaker_query(sought)
    named = SpeakerRow.id.in_(_matching(SPEAKER_SEARCH, query, _WINDOW)) if query else false()
    count = SpeakerRow.quotation_count
    ranked = _ranked(connection, SpeakerRow.id, count, [named, count > 0]) if query else []
    keys, further = _page(ranked, after, size)
    return SpeakerList(_found(ranked), read_speakers_by_key(connection, keys), further)


def find_documents(connection: Connection, sought: Sought, after: str | None, size: int) -> FoundDocuments:
    """Documents with all that is sought in title or text, the newest first. Raises NotFound as above."""
    last = sought.loose[-1] if sought.loose and unfinished(sought) else ""
    # What begins like a word that fills the window by itself adds nothing, and costs much to look through.
    query = document_query(sought, begun=not (last and is_common(connection, last, _WINDOW)))
    conditions = _document_conditions(sought, query)
    ranked = _ranked(connection, DocumentRow.id, DocumentRow.published_at, conditions)
    keys, further = _page(ranked, after, size)
    return FoundDocuments(_found(ranked), _documents(connection, keys, query), further)


def has_words(wording: str, phrases: Sequence[str]) -> bool:
    """Whether a wording has each phrase word by word, case and diacritics aside."""
    words = _flat(wording)
    return all(_flat(phrase) in words for phrase in phrases)


def _flat(words: str) -> str:
    return f" {' '.join(_WORD.findall(fold(words)))} "


def _quote_conditions(connection: Connection, sought: Sought, query: str) -> list[ColumnElement[bool]]:
    first = QuoteRow.first_published_at.expression
    conditions = _days(first, sought)
    theirs = QuoteOutletRow.outlet_id.in_(_matching(OUTLET_SEARCH, name_query(sought.outlet), _NAMED))
    if query:
        conditions.append(QuoteRow.id.in_(_quote_window(connection, query, quote_query(sought, (), begun=False))))
        if sought.outlet:
            conditions.append(exists().where(QuoteOutletRow.quote_id == QuoteRow.id, theirs))
    elif sought.outlet:
        conditions.append(QuoteRow.id.in_(select(QuoteOutletRow.quote_id).where(theirs).limit(_WINDOW)))
    elif conditions:
        newest = select(QuoteRow.id).where(*conditions).order_by(first.desc(), QuoteRow.id.desc()).limit(_WINDOW)
        conditions = [QuoteRow.id.in_(newest)]
    return conditions


def _quote_window(connection: Connection, query: str, whole: str) -> Keys | Any:
    matching = _matching(SEARCH_TABLE, query, _WINDOW)
    if (connection.scalar(select(func.count()).select_from(matching.subquery())) or 0) < _WINDOW:
        return matching
    if "*" in whole:  # the beginning of a word is looked up anew for each quote
        return matching
    carried = select(QuoteRow.id).order_by(QuoteRow.quotation_count.desc(), QuoteRow.id.desc()).limit(_TOP).subquery()
    too = exists(_matching(SEARCH_TABLE, whole, 1).where(column("rowid") == carried.c.id))
    return union(select(matching.subquery()), select(carried.c.id).where(too))


def _document_conditions(sought: Sought, query: str) -> list[ColumnElement[bool]]:
    conditions = _days(DocumentRow.published_at.expression, sought)
    if query:
        conditions.append(DocumentRow.id.in_(_matching(DOCUMENT_SEARCH, query, _WINDOW)))
    if sought.speaker:
        names = _matching(SPEAKER_SEARCH, name_query(sought.speaker), _NAMED)
        theirs = select(QuotationRow.document_id).where(QuotationRow.speaker_id.in_(names)).limit(_WINDOW)
        conditions.append(DocumentRow.id.in_(theirs))
    if sought.outlet:
        conditions.append(DocumentRow.outlet_id.in_(_matching(OUTLET_SEARCH, name_query(sought.outlet), _NAMED)))
    return [*conditions, DocumentRow.superseded.is_(False)] if conditions else []


def _documents(connection: Connection, keys: Sequence[int], query: str) -> tuple[FoundDocument, ...]:
    if not keys:
        return ()
    lines = select_documents().where(DocumentRow.id.in_(keys))
    if query:
        texts = table(DOCUMENT_SEARCH, column("rowid", Integer))
        lines = lines.add_columns(literal_column(_EXCERPT).label("excerpt"))
        lines = lines.join(texts, texts.c.rowid == DocumentRow.id)
        lines = lines.where(text(f"{DOCUMENT_SEARCH} MATCH :sought").bindparams(sought=query))
    rows = {row.document_key: row for row in connection.execute(lines)}
    return tuple(FoundDocument(document_line(rows[key]), _pieces(rows[key].excerpt if query else "")) for key in keys)


def _pieces(excerpt: str) -> tuple[Piece, ...]:
    """An excerpt as FTS5 marks it, taken apart at its marks."""
    parts = re.split("[\x02\x03]", re.sub(r"\s+", " ", excerpt))
    return tuple(Piece(part, bool(number % 2)) for number, part in enumerate(parts) if part)


def _days(at: ColumnElement[Any], sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.since:
        conditions.append(at >= datetime.combine(sought.since, time.min))
    if sought.until:
        conditions.append(at <= datetime.combine(sought.until, time.max))
    return conditions


def _matching(name: str, query: str, most: int) -> Keys:
    """Keys of the first rows of a search table that match; a query without words matches nothing."""
    found = text(f"{name} MATCH :{name}").bindparams(**{name: query or '""'})
    return select(column("rowid", Integer)).select_from(table(name)).where(found).limit(most)


def _ranked(
    connection: Connection, key: Any, value: Any, conditions: Sequence[ColumnElement[bool]]
) -> list[tuple[Value, int]]:
    if not conditions:
        return []
    query = select(value, key).where(*conditions).order_by(value.desc().nulls_last(), key.desc())
    return [(row[0], row[1]) for row in connection.execute(query.limit(_COUNTED + 1))]


def _found(ranked: Sequence[object]) -> Found:
    return Found(min(len(ranked), _COUNTED), len(ranked) > _COUNTED)


def _page(ranked: Sequence[tuple[Value, int]], after: str | None, size: int) -> tuple[list[int], str | None]:
    last = cursor(after)
    try:
        rest = [row for row in ranked if last is None or _place(*row) < _place(last.value, last.key)]
    except TypeError as error:
        raise NotFound("The place in the list (after=) is of another list.", "Start from its first page.") from error
    shown = rest[:size]
    return [key for _, key in shown], str(Cursor(*shown[-1])) if len(rest) > size else None


def _place(value: Any, key: int) -> tuple[Any, ...]:
    return (value is not None, key) if value is None else (True, value, key)


def _exact(connection: Connection, keys: Sequence[int], phrases: Sequence[str]) -> set[int]:
    """The quotes that have each phrase word by word, in one of their wordings or names; the table compares stems."""
    stored = table(SEARCH_TABLE, column("rowid", Integer), column("wordings"), column("speaker"))
    rows = connection.execute(select(stored).where(stored.c.rowid.in_(keys)))
    return {
        row[0]
        for row in rows
        if all(
            any(has_words(part, [phrase]) for part in f"{row[1]}\u2016{row[2]}".split("\u2016")) for phrase in phrases
        )
    }


def read_extent(connection: Connection) -> tuple[int, datetime | None, datetime | None]:
    """How many texts were taken in, and from which day to which they are dated; nothing is counted for it."""
    at = DocumentRow.published_at
    first, last = select(at).where(at.is_not(None)).order_by(at), select(at).order_by(at.desc().nulls_last())
    count = select(func.max(DocumentRow.id)).scalar_subquery()
    ends = first.limit(1).scalar_subquery(), last.limit(1).scalar_subquery()
    texts, since, until = connection.execute(select(count, *ends)).one()
    return texts or 0, since, until
