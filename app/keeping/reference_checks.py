"""Checks that every id resolves, and that what hangs together hangs together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.orm import Session, aliased

from app.keeping.findings import Difference
from app.keeping.walks import ranges
from app.store.decision_table import DecisionRow
from app.store.ids import public_id
from app.store.report_tables import ReportRow
from app.store.story_tables import RetiredStoryRow, StoryRow
from app.store.tables import (
    BandRow,
    DocumentRow,
    OutletRow,
    PartRow,
    QuotationRow,
    QuoteRow,
    RetiredQuoteRow,
    SightingRow,
    Table,
)

DERIVED = {
    "alerts": "profiles",
    "carriages": "profiles",
    "disputes": "profiles",
    "outlet_changes": "profiles",
    "outlet_copies": "profiles",
    "outlet_profiles": "profiles",
    "outlet_variants": "profiles",
    "quote_outlets": "quotes",
    "speaker_outlets": "profiles",
    "speaker_words": "profiles",
    "stories": "stories",
    "story_documents": "stories",
}
_HOPS = 50  # from a retired id to where it leads: more are a circle
_BATCH = 500


def file(session: Session) -> Iterator[Difference]:
    """The pages of the file hang together (SQLite; PostgreSQL checks its own)."""
    if _is_sqlite(session):
        for row in session.execute(text("PRAGMA integrity_check")):
            if row[0] != "ok":
                yield Difference("database", "file", "integrity_check", row[0], "ok")


def references(session: Session) -> Iterator[Difference]:
    """Rows refer to rows that are there."""
    return _dangling(session, (name for name in Table.metadata.tables if name not in DERIVED))


def derived_references(session: Session) -> Iterator[Difference]:
    """Rows that are derived from others refer to rows that are there."""
    return _dangling(session, DERIVED)


def _dangling(session: Session, tables: Iterable[str]) -> Iterator[Difference]:
    for name in sorted(tables) if _is_sqlite(session) else ():  # PostgreSQL lets none in
        for row in session.execute(text(f"PRAGMA foreign_key_check({name})")):
            yield Difference(name, f"row {row[1]}", f"reference to {row[2]}", "not there", "there")


def versions(session: Session) -> Iterator[Difference]:
    """Every version belongs to a chain that begins with version 1."""
    first = aliased(DocumentRow)
    query = select(DocumentRow.public_id, first.version).join(first, DocumentRow.first_version_id == first.id)
    for row in session.execute(query.where(first.version != 1)):
        yield Difference("documents", row.public_id, "version of the first version", row.version, 1)


def superseded(session: Session) -> Iterator[Difference]:
    """All versions but the newest of each chain are superseded."""
    later = aliased(DocumentRow)
    chain = later.first_version_id == DocumentRow.first_version_id
    newer = exists().where(chain, later.version > DocumentRow.version)
    columns: tuple[Any, ...] = (DocumentRow.id, DocumentRow.public_id, DocumentRow.superseded, newer.label("newer"))
    for row in session.execute(select(*columns).where(DocumentRow.superseded != newer)):
        yield Difference("documents", row.public_id, "superseded", bool(row.superseded), bool(row.newer), row.id)


def copies(session: Session) -> Iterator[Difference]:
    """A copy is of a document that is no copy."""
    original = aliased(DocumentRow)
    query = select(DocumentRow.public_id, original.public_id).join(original, DocumentRow.copy_of_id == original.id)
    for one, other in session.execute(query.where(original.copy_of_id.is_not(None))):
        yield Difference("documents", one, "copy_of_id", f"{other}, a copy itself", "a document that is none")


def sightings(session: Session) -> Iterator[Difference]:
    """Every document was seen under a name at least."""
    seen = exists().where(SightingRow.document_id == DocumentRow.id)
    for name in session.scalars(select(DocumentRow.public_id).where(~seen)):
        yield Difference("sightings", name, "rows", 0, "1 or more")


def outlet_ids(session: Session) -> Iterator[Difference]:
    """Every outlet has the id that follows from the key that it is known by."""
    for row in session.execute(select(OutletRow.public_id, OutletRow.key)):
        if row.public_id != public_id("outlet", row.key):
            yield Difference("outlets", row.public_id, "public_id", row.public_id, public_id("outlet", row.key))


def bands(session: Session) -> Iterator[Difference]:
    """The signature of a document, by which copies are found, is whole where there is one."""
    counted = select(BandRow.document_id, func.count()).group_by(BandRow.document_id)
    most = session.scalar(select(func.max(BandRow.band))) or 0
    for document, count in session.execute(counted.having(func.count() != most + 1)):
        yield Difference("document_bands", f"row {document}", "bands", count, most + 1)


def retired_quotes(session: Session) -> Iterator[Difference]:
    """The id of a quote that is no more leads to a living one, or to nothing where that is on record."""
    return _leading(session, RetiredQuoteRow, QuoteRow)


def retired_stories(session: Session) -> Iterator[Difference]:
    """The id of a story that is no more leads to a living one, or to nothing where that is on record."""
    return _leading(session, RetiredStoryRow, StoryRow)


def _leading(session: Session, retired: Any, living: Any) -> Iterator[Difference]:
    for span in ranges(session, retired.id, _BATCH):
        pending: dict[str, set[str | None]] = {}
        for row in session.execute(_links(retired).where(retired.id.between(*span))):
            pending.setdefault(row.public_id, set()).add(row.successor)
        for _ in range(_HOPS):
            wanted = sorted({name for names in pending.values() for name in names if name is not None})
            alive = set(session.scalars(select(living.public_id).where(living.public_id.in_(wanted))))
            onward = _onward(session, retired, [name for name in wanted if name not in alive])
            lost = {name for name in wanted if name not in alive and name not in onward}
            for one in sorted(pending):
                for name in sorted(str(name) for name in pending[one] & lost):
                    yield Difference(retired.__tablename__, one, "successor", f"{name}, which is not there", "an id")
            pending = {one: _next(names, onward) for one, names in pending.items()}
            pending = {one: names for one, names in pending.items() if names}
            if not pending:
                break
        for one in sorted(pending):
            yield Difference(retired.__tablename__, one, "successor", "a circle", "an id that lives")


def _links(retired: Any) -> Select[Any]:
    return select(retired.public_id, retired.successor)


def _onward(session: Session, retired: Any, names: Sequence[str]) -> dict[str, set[str | None]]:
    onward: dict[str, set[str | None]] = {}
    for row in session.execute(_links(retired).where(retired.public_id.in_(names))):
        onward.setdefault(row.public_id, set()).add(row.successor)
    return onward


def _next(names: set[str | None], onward: dict[str, set[str | None]]) -> set[str | None]:
    """Where those names lead that are retired themselves."""
    found: set[str | None] = set()
    return found.union(*(onward[name] for name in names if name in onward)) - {None}


def decisions(session: Session) -> Iterator[Difference]:
    """Every decision is about sentences that are here."""
    for row in session.scalars(select(DecisionRow).order_by(DecisionRow.id)):
        for side, parts in (("one_parts", row.one_parts), ("other_parts", row.other_parts)):
            if parts and not _any(session, PartRow.public_id, parts):
                yield Difference("decisions", row.public_id, side, ", ".join(parts[:3]), "sentences that are here")
        expected = public_id(
            "decision", row.kind, row.one, row.other, row.speaker, row.author, row.decided_at.isoformat()
        )
        if row.public_id != expected:
            yield Difference("decisions", row.public_id, "public_id", row.public_id, expected)


def reports(session: Session) -> Iterator[Difference]:
    """Every report is about a quote or quotation that is or was here, and names a decision on record."""
    known: tuple[Any, ...] = (QuoteRow.public_id, RetiredQuoteRow.public_id, QuotationRow.public_id)
    for row in session.scalars(select(ReportRow).order_by(ReportRow.id)):
        if not any(_any(session, column, [row.target]) for column in known):
            yield Difference("reports", row.public_id, "target", row.target, f"a {row.target_kind} that is or was here")
        if row.decision and not _any(session, DecisionRow.public_id, [row.decision]):
            yield Difference("reports", row.public_id, "decision", row.decision, "a decision on record")


def _any(session: Session, column: Any, values: Sequence[str]) -> bool:
    return session.scalar(select(column).where(column.in_(values)).limit(1)) is not None


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
