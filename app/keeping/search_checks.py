"""Checks that full-text search is in step with what it searches."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.keeping.findings import Difference
from app.keeping.walks import QuoteBatch, ranges
from app.store.aggregates import search_row
from app.store.search import DOCUMENT_SEARCH, OUTLET_SEARCH, SEARCH_TABLE, SPEAKER_SEARCH, WORD_SEARCH
from app.store.tables import AliasRow, SpeakerRow

INDEXES = (SEARCH_TABLE, DOCUMENT_SEARCH, SPEAKER_SEARCH, OUTLET_SEARCH, WORD_SEARCH)
_BETWEEN = " ‖ "


def index(name: str, session: Session) -> Iterator[Difference]:
    """A search table of SQLite agrees with the rows that it indexes. Needs a transaction that may write."""
    if not is_fts5(session):
        return
    try:
        with session.begin_nested():
            session.execute(text(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"))
    except DBAPIError as error:
        if "malformed" not in str(error.orig):
            raise
        yield Difference(name, "index", "integrity-check", "differs from its rows", "the same")


def quotes(batch: QuoteBatch) -> Iterator[Difference]:
    """Search finds every quote by its wordings and speakers."""
    query = text(f"SELECT rowid, wordings, speaker FROM {SEARCH_TABLE} WHERE rowid BETWEEN :first AND :last")
    first, last = batch.range
    rows = {row[0]: row for row in batch.session.execute(query, {"first": first, "last": last})}
    for quote in batch.quotes:
        wordings = [variant.text for variant in batch.variants[quote.id]]
        row = rows.get(quote.id)
        for name, expected in search_row(wordings, batch.members(quote.id)).items():
            found = getattr(row, name, None)
            if found != expected:
                yield Difference(SEARCH_TABLE, quote.public_id, name, found, expected, quote.id)


TEXTS = ((DOCUMENT_SEARCH, "documents", "title", "text"), (OUTLET_SEARCH, "outlets", "name", "siglum"))


def rows(session: Session) -> Iterator[Difference]:
    """Search finds no quote or speaker that is gone; on PostgreSQL no document and outlet either, and all that are."""
    texts = () if is_fts5(session) else TEXTS
    for name, table, *_ in texts:
        there = f"SELECT 1 FROM {name} AS found WHERE found.rowid = indexed.id"
        lost = text(f"SELECT id, public_id FROM {table} AS indexed WHERE NOT EXISTS ({there})")
        for row in session.execute(lost):
            yield Difference(name, row.public_id, "row", "not there", "there", row.id)
    for name, table, *_ in ((SEARCH_TABLE, "quotes"), (SPEAKER_SEARCH, "speakers"), *texts):
        there = f"SELECT 1 FROM {table} AS indexed WHERE indexed.id = found.rowid"
        lost = text(f"SELECT rowid FROM {name} AS found WHERE NOT EXISTS ({there})")
        for row in session.execute(lost):
            yield Difference(name, f"row {row[0]}", "row", "there", f"not there: gone from {table}", row[0])


def speakers(session: Session) -> Iterator[Difference]:
    """Search finds every speaker by name and aliases."""
    found = text(f"SELECT rowid, name, aliases FROM {SPEAKER_SEARCH} WHERE rowid BETWEEN :first AND :last")
    known: tuple[Any, ...] = (SpeakerRow.id, SpeakerRow.public_id, SpeakerRow.name)
    for span in ranges(session, SpeakerRow.id):
        rows = {row[0]: row for row in session.execute(found, {"first": span[0], "last": span[1]})}
        aliases: dict[int, set[str]] = {}
        for one, alias in session.execute(_ALIASES.where(AliasRow.speaker_id.between(*span))):
            aliases.setdefault(one, set()).add(alias)
        for speaker in session.execute(select(*known).where(SpeakerRow.id.between(*span))):
            row = rows.get(speaker.id)
            has = (row.name, set(row.aliases.split(_BETWEEN)) - {""}) if row else None
            wants = (speaker.name, aliases.get(speaker.id, set()))
            if has != wants and not _holds_separator(wants[1]):
                yield Difference(SPEAKER_SEARCH, speaker.public_id, "name, aliases", has, wants, speaker.id)


_ALIASES = select(AliasRow.speaker_id, AliasRow.alias)


def _holds_separator(aliases: set[str]) -> bool:
    return any(_BETWEEN in alias for alias in aliases)


def is_fts5(session: Session) -> bool:
    """Whether search tables are SQLite's, which can check themselves and be made again from their rows."""
    return session.get_bind().dialect.name == "sqlite"
