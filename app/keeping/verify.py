"""Verifying a database: every check in order, on one state of the data, with bounded memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.errors import DatabaseError
from app.keeping import LISTED
from app.keeping import document_checks as documents
from app.keeping import quote_checks as quotes
from app.keeping import reference_checks as refers
from app.keeping import search_checks as search
from app.keeping import speaker_checks as speakers
from app.keeping import total_checks as totals
from app.keeping.findings import Check, Difference, Finding, Verified
from app.keeping.walks import WALKS, Range, Walk, ranges
from app.store import stale
from app.store.engine import database_errors, writing
from app.store.lock import held
from app.store.profile_tables import CorpusCountsRow
from app.store.tables import DocumentRow, PartRow, QuotationRow, RunRow

# What reading a row meets whose values are of another kind than its columns, or that refers to one that is gone.
NOT_UNDERSTOOD = (DBAPIError, LookupError, TypeError, ValueError)

# Full-text search checks itself only where it may write, so before the state of the data is fixed.
FIRST = tuple(Check("search indexes", partial(search.index, name), "search") for name in search.INDEXES)
CHECKS = (
    Check("database file", refers.file),
    Check("references", refers.references),
    Check("references of derived rows", refers.derived_references, "all"),
    Check("versions of documents", refers.versions),
    Check("superseded documents", refers.superseded, "documents"),
    Check("copies of documents", refers.copies),
    Check("sightings of documents", refers.sightings),
    Check("ids of outlets", refers.outlet_ids),
    Check("signatures of documents", refers.bands),
    Check("speakers of quotations", speakers.namings, "namings"),
    Check("grounds of quotations", speakers.grounds),
    Check("namings of speakers", speakers.named),
    Check("names of speakers", speakers.aliases, "aliases"),
    Check("retired quotes", refers.retired_quotes),
    Check("retired stories", refers.retired_stories),
    Check("successors of speakers", speakers.successors),
    Check("decisions", refers.decisions),
    Check("reports", refers.reports),
    Check("texts of documents", documents.texts, walk="documents"),
    Check("ids of documents", documents.document_ids, walk="documents"),
    Check("bodies of documents", documents.bodies, walk="documents"),
    Check("quotations within their documents", documents.quotations_inside, walk="documents"),
    Check("marks of quotations", documents.marks, walk="documents"),
    Check("contexts of quotations", documents.contexts, "contexts", "documents"),
    Check("cues and sources of quotations", documents.cues_and_sources, walk="documents"),
    Check("values of quotations", documents.quotation_values, walk="documents"),
    Check("ids of quotations", documents.quotation_ids, walk="documents"),
    Check("quotations counted by documents", documents.quotation_counts, "documents", "documents"),
    Check("sentences within their quotations", documents.parts_inside, walk="documents"),
    Check("sentences cover their quotations", documents.parts_cover, walk="documents"),
    Check("ids of sentences", documents.part_ids, walk="documents"),
    Check("texts of quotes", quotes.quote_texts, "quotes", "quotes"),
    Check("order of variants", quotes.variant_order, "quotes", "quotes"),
    Check("wordings of variants", quotes.variant_wordings, "quotes", "quotes"),
    Check("evidence of labels", quotes.label_evidence, "quotes", "quotes"),
    Check("ids of variants", quotes.variant_ids, "quotes", "quotes"),
    Check("counts of variants", quotes.variants_counted, "quotes", "quotes"),
    Check("counts of quotes", quotes.quotes_counted, "quotes", "quotes"),
    Check("speakers of quotes", quotes.quote_speakers, "quotes", "quotes"),
    Check("outlets of quotes", quotes.quote_outlets, "quotes", "quotes"),
    Check("search of quotes", search.quotes, "search", "quotes"),
    Check("alerts", quotes.alerts, "profiles", "quotes"),
    Check("disputes", quotes.disputes, "profiles", "quotes"),
    Check("carriages", quotes.carriages, "profiles", "quotes"),
    Check("labels by outlet", quotes.outlet_variants, "profiles", "quotes"),
    Check("search rows", search.rows, "search"),
    Check("search of speakers", search.speakers, "search"),
    Check("counts of speakers", totals.speakers, "totals"),
    Check("counts of outlets", totals.outlets, "totals"),
    Check("counts of the corpus", totals.corpus, "totals"),
    Check("profiles of outlets", totals.outlet_profiles, "profiles"),
    Check("changes by outlet", totals.outlet_changes, "profiles"),
    Check("copies by outlet", totals.outlet_copies, "profiles"),
    Check("outlets of speakers", totals.speaker_outlets, "profiles"),
    Check("words of speakers", totals.speaker_words, "profiles"),
    Check("stories", totals.stories, "stories"),
    Check("words", totals.words, "words"),
)
_MOST_ALONE = 100  # rows of a walk that are told apart from the others of their batch

# Hears what is looked at (checks of one walk are looked at together), how far that has come, and of how much.
Heard = Callable[[str, int, int], None]


def verify(engine: Engine, heard: Heard = lambda *_: None, limit: int = LISTED) -> Verified:
    """Run every check and keep up to `limit` findings of each. Changes nothing. Raises DatabaseError."""
    found = Verified()
    if engine.dialect.name == "sqlite":
        _look_at_indexes(engine, found, heard, limit)
    with database_errors(engine), Session(_fixed(engine)) as session:
        run_checks(session, due(session, found), found, heard, limit)
    return found


def _look_at_indexes(engine: Engine, found: Verified, heard: Heard, limit: int) -> None:
    """Nothing can be written while an index is looked at: where a run is at work it goes on, and they are left out."""
    try:
        with held(engine, "verify", 0, lambda _: None):
            for done, check in enumerate(FIRST):
                heard(check.name, done, len(FIRST))
                with writing(engine, "nothing shown") as session:
                    _take(found, check, check.run(session), limit)
                found.checks += 1
            heard(FIRST[0].name, len(FIRST), len(FIRST))
    except DatabaseError as error:  # also of a file that may only be read
        found.left_out[FIRST[0].name] = str(error)


def due(session: Session, found: Verified) -> tuple[Check, ...]:
    """The checks that make sense now: totals are brought up to date when what was taken in is clustered, and what it
    changed elsewhere is derived again then."""
    marks = stale.counts(session)
    found.waiting = waiting(session) or sum(marks.values())
    later = set().union({"totals"} if found.waiting else (), *(_FRESHENED[kind] for kind in marks))
    why = f"Waiting for clustering: {found.waiting:,}. Ingest the same inputs again, or run variorum recluster."
    found.left_out |= {check.name: why for check in CHECKS if check.mend in later}
    return tuple(check for check in CHECKS if check.mend not in later)


_ALL = {"quotes", "search", "profiles", "stories", "totals"}
_FRESHENED: dict[str, set[str]] = {  # what is derived again, by the kind of mark
    "name": _ALL,
    "quotation": _ALL,
    "story": {"stories"},
    "speaker": {"totals"},
    "outlet": {"totals", "profiles"},
}


def waiting(session: Session) -> int:
    """How many sentences, quotations or documents of a run that has not ended are not clustered or counted yet."""
    newest = select(func.max(RunRow.id)).scalar_subquery()
    open_run = select(RunRow.id).where(RunRow.id == newest, RunRow.finished_at.is_(None))
    queries: tuple[Select[Any], ...] = (
        select(func.count(PartRow.id)).where(PartRow.variant_id.is_(None)),
        select(func.count(QuotationRow.id)).where(QuotationRow.id > select(_COUNTED).scalar_subquery()),
        select(func.count(DocumentRow.id)).where(DocumentRow.run_id.in_(open_run)),
    )
    return max(int(session.scalar(query) or 0) for query in queries)


_COUNTED = func.max(CorpusCountsRow.last_quotation_id)


def run_checks(session: Session, checks: Sequence[Check], found: Verified, heard: Heard, limit: int) -> None:
    """Run checks in order, those of one walk together, and add what they find."""
    for walk, together in groupby(checks, key=lambda check: check.walk):
        if walk is None:
            for check in together:
                heard(check.name, 0, 1)
                _take(found, check, _safely(check, session), limit)
                heard(check.name, 1, 1)
        else:
            _walk(session, walk, list(together), found, heard, limit)
    found.checks += len(checks)


def _walk(session: Session, name: str, checks: Sequence[Check], found: Verified, heard: Heard, limit: int) -> None:
    walk, done = WALKS[name], 0
    looking, total = _Looking(session, walk, checks), 0
    try:
        total = session.scalar(select(func.count(walk.column))) or 0
        for span in ranges(session, walk.column, walk.size):
            for check, difference in looking.at(span):
                _take(found, check, [difference], limit)
            done = min(done + walk.size, total)
            heard(name, done, total)
    except NOT_UNDERSTOOD as error:  # and with it ends the walk: where the rest begins is not known
        _take(found, _reading(name), [_unreadable("database", name, error, done, total)], limit)


@dataclass(slots=True)
class _Looking:
    """The checks of one walk. What makes no sense in one row keeps none from looking at the others."""

    session: Session
    walk: Walk
    checks: Sequence[Check]
    alone: int = 0  # rows that were looked at alone, since something of them makes no sense

    def at(self, span: Range) -> Iterator[tuple[Check, Difference]]:
        """What the checks find in a range of rows; where it can't be read as a whole, in its halves."""
        first, last = span
        narrowing = first < last and self.alone < _MOST_ALONE
        try:
            with self.session.begin_nested():
                found = self._found(span, narrowing)
        except NOT_UNDERSTOOD as error:
            if narrowing:
                middle = (first + last) // 2
                yield from self.at((first, middle))
                yield from self.at((middle + 1, last))
                return
            found = [(_reading(self.walk.name), _unreadable(self.walk.name, _rows(span), error))]
        self.alone += first == last
        yield from found

    def _found(self, span: Range, strictly: bool) -> list[tuple[Check, Difference]]:
        batch = self.walk.read(self.session, span)
        return [
            (check, difference)
            for check in self.checks
            for difference in (check.run(batch) if strictly else _safely(check, batch, self.walk.name, _rows(span)))
        ]


def _reading(name: str) -> Check:
    return Check(f"reading {name}", lambda _: ())


def _rows(span: Range) -> str:
    return f"row {span[0]}" if span[0] == span[1] else f"rows {span[0]} to {span[1]}"


def _safely(check: Check, looked_at: Any, table: str = "database", name: str = "") -> Iterator[Difference]:
    """What a check finds; where the database itself is damaged or a row makes no sense, that."""
    # PostgreSQL answers nothing any more in a transaction that met an error, but for what began before a savepoint.
    apart = looked_at.begin_nested() if isinstance(looked_at, Session) else nullcontext()
    try:
        with apart:
            yield from check.run(looked_at)
    except NOT_UNDERSTOOD as error:
        yield _unreadable(table, name or check.name, error)


def _unreadable(table: str, name: str, error: Exception, done: int = 0, total: int = 0) -> Difference:
    said = str(error.orig) if isinstance(error, DBAPIError) else f"{type(error).__name__}: {error}"
    left = f", and {total - done:,} of {total:,} were not looked at" if total else ""
    return Difference(table, name, "reading", f"{said}{left}", "rows that can be read")


def _take(found: Verified, check: Check, differences: Iterable[Difference], limit: int) -> None:
    for difference in differences:
        count = found.counts.get(check.name, 0)
        if count < limit:
            found.findings.append(Finding(check.name, check.mend is not None, difference))
        found.counts[check.name] = count + 1


def _fixed(engine: Engine) -> Engine:
    """The same state of the data for all checks, whatever is written meanwhile."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")
