"""What a search finds: quotes, speakers and documents that have all that was asked, in order.

A query for common words matches half of a corpus: `walking` finds the first ones without the others. Where it can't, no
more than `narrowing.MOST` matches are looked through.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    column,
    false,
    func,
    null,
    select,
    table,
)

from app.errors import NotFound
from app.store import narrowing
from app.store.excerpts import Piece, excerpt
from app.store.narrowing import Asked, among, by_no_index, narrow, of_days, one_of, unindexed_key
from app.store.quote_filter import COLUMNS, QuoteFilter, Sort, asked_by_id, quote_conditions
from app.store.read_paging import Cursor, Value, cursor
from app.store.read_quotes import QuoteList, read_quotes, read_quotes_by_key
from app.store.read_rows import document_line, select_documents
from app.store.read_speakers import read_speakers_by_key
from app.store.read_state import read_days
from app.store.read_views import DocumentLine, Found, SpeakerLine
from app.store.search import DOCUMENT_SEARCH, OUTLET_SEARCH, SEARCH_TABLE, SPEAKER_SEARCH, matching, with_marks
from app.store.search_queries import (
    beginning,
    document_query,
    is_whole,
    looked_for,
    name_query,
    quote_query,
    speaker_query,
    unfinished,
)
from app.store.search_terms import Sought
from app.store.tables import DocumentRow, QuotationRow, QuoteOutletRow, QuoteRow, SpeakerRow
from app.store.walking import Listing, walk
from app.store.words import common_words, endings, fold

_COMMON = 2000  # documents that make a word common: to gather all words that begin like it costs much, and adds little
_COUNTED = 1000
_NAMED = 50  # outlets or speakers that one name may mean

_QUOTE, _SPEAKER, _DOCUMENT = map(unindexed_key, ("quotes", "speakers", "documents"))

Keys = Select[Any]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """One page of speakers; `after` leads to the next one."""

    found: Found
    speakers: tuple[SpeakerLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document with the place in its body that has most of what was sought; no excerpt where it has none."""

    document: DocumentLine
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """One page of documents; `after` leads to the next one."""

    found: Found
    documents: tuple[FoundDocument, ...]
    after: str | None


def list_quotes(connection: Connection, chosen: QuoteFilter, after: str | None, size: int) -> QuoteList:
    """Quotes of a list; with words, those that a search finds. Raises NotFound where `after` is not understood."""
    if not chosen.q:
        return read_quotes(connection, chosen, after, size)
    return find_quotes(connection, chosen.sought, after, size, chosen.sort, asked_by_id(chosen))


def list_conditions(connection: Connection, chosen: QuoteFilter) -> list[ColumnElement[bool]]:
    """What holds for each quote of a list, its phrases aside; however many match, they all are looked through."""
    if not chosen.q:
        return quote_conditions(chosen)
    sought = chosen.sought
    asked = [*_asked_of_quotes(sought, words_query(connection, sought), False), *asked_by_id(chosen)]
    key = QuoteRow.id.expression
    return [key.in_(one.keys) if one.elsewhere else one.holds for one in asked] or [false()]


def find_quotes(
    connection: Connection,
    sought: Sought,
    after: str | None,
    size: int,
    sort: Sort = "carried",
    more: Sequence[Asked] = (),
) -> QuoteList:
    """Quotes with all that is sought, and `more`. Raises NotFound where `after` is not understood."""
    asked = [*_asked_of_quotes(sought, words_query(connection, sought), sort == "newest"), *more]
    listing = Listing(QuoteRow.id, COLUMNS[sort])
    if sought.phrases:
        ranked, found = _ranked(connection, listing, asked)
        exact = with_phrases(connection, [row[1] for row in ranked], sought.phrases)
        ranked = [row for row in ranked if row[1] in exact]
        found = replace(found, count=min(len(ranked), _COUNTED))
        keys, further = _page(ranked, after, size)
    else:
        found, keys, further = _listed(connection, listing, asked, after, size)
    return QuoteList(found, read_quotes_by_key(connection, keys), further)


def words_query(connection: Connection, sought: Sought) -> str:
    """The words and the speaker sought, as a query of the quotes' search table; "" where there are none."""
    if not (sought.loose and unfinished(sought)):
        return quote_query(sought, ())
    last = sought.loose[-1]
    return quote_query(sought, endings(connection, last), begun=not common_words(connection, [last], _COMMON))


def find_speakers(connection: Connection, sought: Sought, after: str | None, size: int) -> SpeakerList:
    """Speakers whose name or another form has all words, the most quoted first. Raises NotFound as above."""
    query = speaker_query(sought)
    asked = [one_of(matching(SPEAKER_SEARCH, query), _SPEAKER)] if query else []
    said = SpeakerRow.quotation_count.expression
    found, keys, further = _listed(connection, Listing(SpeakerRow.id, said, [said > 0]), asked, after, size)
    return SpeakerList(found, read_speakers_by_key(connection, keys), further)


def find_documents(
    connection: Connection, sought: Sought, after: str | None, size: int, excerpts: bool = True
) -> FoundDocuments:
    """Documents with all that is sought in title or text, the newest first. Raises NotFound as above."""
    query = document_query(sought, _common(connection, sought))
    asked = _asked_of_documents(sought, query)
    listing = Listing(DocumentRow.id, DocumentRow.published_at.expression, [DocumentRow.superseded.is_(False)])
    found, keys, further = _listed(connection, listing, asked, after, size)
    return FoundDocuments(found, _documents(connection, keys, query if excerpts else ""), further)


def is_speaker(connection: Connection, name: str) -> bool:
    """Whether a speaker has a name with words that begin like these."""
    return connection.scalar(matching(SPEAKER_SEARCH, name_query(name)).limit(1)) is not None


def is_outlet(connection: Connection, name: str) -> bool:
    """Whether an outlet has a name with words that begin like these."""
    return connection.scalar(matching(OUTLET_SEARCH, name_query(name)).limit(1)) is not None


def has_words(wording: str, phrases: Sequence[str]) -> bool:
    """Whether a wording has each phrase word by word, case and diacritics aside."""
    words = _flat(wording)
    return all(_flat(phrase) in words for phrase in phrases)


def _flat(words: str) -> str:
    return f" {' '.join(_WORD.findall(fold(words)))} "


def _common(connection: Connection, sought: Sought) -> dict[str, tuple[str, ...]]:
    """The common ones of the words sought, each with the most common ones of its stem."""
    found = common_words(connection, looked_for(sought), _COMMON)
    return {word: tuple(dict.fromkeys((fold(word), *endings(connection, beginning(word) or "")))) for word in found}


def _asked_of_quotes(sought: Sought, query: str, newest: bool) -> list[Asked]:
    asked = [one_of(matching(SEARCH_TABLE, query), _QUOTE, is_whole(query))] if query else []
    if sought.outlet:
        theirs = QuoteOutletRow.outlet_id.in_(_named(OUTLET_SEARCH, sought.outlet))
        asked.append(among(select(QuoteOutletRow.quote_id).where(theirs), _QUOTE))
    first = QuoteRow.first_published_at.expression
    return [*asked, *_of_days(select(QuoteRow.id), first, sought, sorts=newest)]


def _asked_of_documents(sought: Sought, query: str) -> list[Asked]:
    asked = [one_of(matching(DOCUMENT_SEARCH, query), _DOCUMENT, is_whole(query))] if query else []
    if sought.speaker:
        theirs = QuotationRow.speaker_id.in_(_named(SPEAKER_SEARCH, sought.speaker))
        asked.append(among(select(QuotationRow.document_id).where(theirs), _DOCUMENT))
    current = select(DocumentRow.id).where(DocumentRow.superseded.is_(False))
    if sought.outlet:
        outlet = DocumentRow.outlet_id.in_(_named(OUTLET_SEARCH, sought.outlet))
        asked.append(Asked(current.where(outlet), outlet))
    return [*asked, *_of_days(current, DocumentRow.published_at.expression, sought, sorts=True)]


def _named(search: str, name: str) -> Keys:
    return matching(search, name_query(name)).limit(_NAMED)


def _documents(connection: Connection, keys: Sequence[int], query: str) -> tuple[FoundDocument, ...]:
    if not keys:
        return ()
    lines = select_documents(DocumentRow.body_start).where(DocumentRow.id.in_(keys))
    if query:
        lines = with_marks(lines, DocumentRow.id.expression, query)
    rows = {row.document_key: row for row in connection.execute(lines)}
    return tuple(
        FoundDocument(document_line(row), excerpt(row.marked, row.body_start) if query else ())
        for row in map(rows.__getitem__, keys)
    )


def _of_days(keys: Keys, at: ColumnElement[Any], sought: Sought, sorts: bool) -> list[Asked]:
    """Being of the days asked for; the index of days is left aside where it doesn't sort the list too."""
    if not (sought.since or sought.until):
        return []
    told = at if sorts else func.coalesce(at, null())
    found, holds = (of_days(one, sought.since, sought.until) for one in (at, told))
    return [Asked(keys.where(*found), and_(*holds))]


def _listed(
    connection: Connection, listing: Listing, asked: Sequence[Asked], after: str | None, size: int
) -> tuple[Found, list[int], str | None]:
    """How many rows have all that is asked; the keys of one page of them, and where to go on."""
    walked = walk(connection, listing, asked, after, size, _COUNTED)
    if walked:
        return walked.found, walked.keys, str(walked.last) if walked.last else None
    ranked, found = _ranked(connection, listing, asked)
    return found, *_page(ranked, after, size)


def _ranked(connection: Connection, listing: Listing, asked: Sequence[Asked]) -> tuple[list[tuple[Value, int]], Found]:
    """The first rows that have all that is asked, as their place in the list and their key; nothing finds nothing."""
    key, by, always = listing.key, listing.value, listing.always
    narrowed = narrow(connection, key, asked) if asked else None
    if narrowed is None:
        return [], Found(0, False)
    if narrowed.looked_up:  # else SQLite may walk down the whole list for the few that are looked up
        by, always = by_no_index(by), [by_no_index(condition) for condition in always]
    query = select(by, key).where(*narrowed.conditions, *always).order_by(by.desc().nulls_last(), key.desc())
    ranked = [(row[0], row[1]) for row in connection.execute(query.limit(_COUNTED + 1))]
    cut = narrowing.MOST if narrowed.is_cut else None
    return ranked, Found(min(len(ranked), _COUNTED), len(ranked) > _COUNTED, cut)


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


def with_phrases(connection: Connection, keys: Sequence[int], phrases: Sequence[str]) -> set[int]:
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
    return connection.scalar(select(func.max(DocumentRow.id))) or 0, *read_days(connection)
