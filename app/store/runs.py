"""The ledger: what each run was given and what became of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.records import Versions
from app.store.counts import count_quotations
from app.store.prepared import prepared
from app.store.profile_tables import CorpusCountsRow
from app.store.tables import DocumentRow, OutletRow, QuoteRow, RunInputRow, RunRow, SpeakerRow

_ADD_INPUT = prepared(lambda: insert(RunInputRow))


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest run: its outcomes counted, what failed or was skipped listed (at most `limit`)."""

    command: str
    started_at: datetime
    finished_at: datetime | None
    versions: dict[str, Any]
    outcomes: dict[str, int]
    failures: tuple[tuple[str, str, str], ...]  # name, reason, hint


def start_run(session: Session, command: str, versions: Versions, now: datetime) -> int:
    """Open a run in the ledger; returns its id."""
    row = RunRow(command=command, started_at=now, versions=asdict(versions))
    session.add(row)
    session.flush()
    return row.id


def finish_run(session: Session, run_id: int, now: datetime) -> None:
    """Mark a run as finished; one that never was has been interrupted."""
    session.get_one(RunRow, run_id).finished_at = now


def record_input(
    session: Session,
    run_id: int,
    name: str,
    outcome: str,
    reason: str | None = None,
    hint: str | None = None,
    document_id: int | None = None,
) -> None:
    """Record what became of one input."""
    values = {
        "run_id": run_id,
        "name": name[:1000],
        "outcome": outcome,
        "reason": reason and reason[:1000],
        "hint": hint and hint[:1000],
        "document_id": document_id,
    }
    _ADD_INPUT.write(session.connection(), [values])


def last_run(session: Session, command: str, limit: int = 20) -> LastRun | None:
    """The newest run of a command, for `variorum status`."""
    newest = select(RunRow).where(RunRow.command == command).order_by(RunRow.id.desc()).limit(1)
    run = session.scalar(newest)
    if run is None:
        return None
    inputs = RunInputRow.run_id == run.id
    outcomes = session.execute(
        select(RunInputRow.outcome, func.count().label("n")).where(inputs).group_by(RunInputRow.outcome)
    )
    failures = session.execute(
        select(RunInputRow.name, RunInputRow.reason, RunInputRow.hint)
        .where(inputs, RunInputRow.outcome.in_(("failed", "skipped")))
        .order_by(RunInputRow.id)
        .limit(limit)
    )
    return LastRun(
        run.command,
        run.started_at,
        run.finished_at,
        run.versions,
        {row.outcome: row.n for row in outcomes},
        tuple((name, reason or "", hint or "") for name, reason, hint in failures),
    )


def totals(session: Session) -> dict[str, int]:
    """How many rows of each aggregate the store holds; reports without marks are no quotations.

    What there is most of is not counted again where that is on record.
    """
    tables = {"documents": DocumentRow, "speakers": SpeakerRow, "outlets": OutletRow}
    where = {"speakers": [SpeakerRow.quotation_count > 0]}
    counts = {name: select(func.count()).select_from(t).where(*where.get(name, ())) for name, t in tables.items()}
    found = {name: session.scalar(count) or 0 for name, count in counts.items()}
    kept = session.get(CorpusCountsRow, 1)
    quotations = count_quotations(session, kept.last_quotation_id if kept else 0) + (kept.quotations if kept else 0)
    quotes = kept.quotes if kept else session.scalar(select(func.count(QuoteRow.id))) or 0
    return {
        "documents": found["documents"],
        "quotations": quotations,
        "quotes": quotes,
        "speakers": found["speakers"],
        "outlets": found["outlets"],
    }
