"""What readers report, from filing to settling."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, UsageError
from app.store.ids import public_id
from app.store.report_tables import ReportRow
from app.store.tables import QuotationRow, QuoteRow

TargetKind = Literal["quote", "quotation"]
Reason = Literal["wrong speaker", "not the same quote", "not a quote", "bad boundaries", "other"]
REASONS: Mapping[Reason, str] = {
    "wrong speaker": "wrong speaker",
    "not the same quote": "not the same quote",
    "not a quote": "not a quote",
    "bad boundaries": "begins or ends in the wrong place",
    "other": "other",
}  # as they are kept, and as people read them
State = Literal["open", "decided", "dismissed"]
LONGEST = 500  # characters of free text
_IDS = {
    "quote": QuoteRow.public_id,
    "quotation": QuotationRow.public_id,
}
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it stands."""

    id: str
    target_kind: TargetKind
    target: str
    reason: Reason
    text: str
    created_at: datetime
    state: State = "open"
    decision: str | None = None


def add_report(
    session: Session, target_kind: TargetKind, target: str, reason: Reason, text: str, at: datetime
) -> Report:
    """File a report; one that says the same as an open one is that one. Raises NotFound for a target not here."""
    column = _IDS[target_kind]
    if session.scalar(select(column).where(column == target)) is None:
        raise NotFound(
            f"There is no {target_kind} with this id here any more.",
            "Its page may have changed: open it again, and report from there.",
        )
    cleaned = _printable(text)[:LONGEST]
    same = select(ReportRow).where(ReportRow.target == target, ReportRow.target_kind == target_kind)
    same = same.where(ReportRow.reason == reason, ReportRow.text == cleaned, ReportRow.state == "open")
    row = session.scalar(same.limit(1))
    if row is None:
        made = public_id("report", target_kind, target, reason, cleaned, at.isoformat())
        row = ReportRow(
            public_id=made,
            target_kind=target_kind,
            target=target,
            reason=reason,
            text=cleaned,
            created_at=at,
            state="open",
        )
        session.add(row)
        session.flush()
    return _report(row)


def _printable(text: str) -> str:
    """Without signs that steer a terminal: reports are read there."""
    lines = ("".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines())
    return "\n".join(lines).strip()


def read_reports(session: Session, settled: bool) -> Iterator[Report]:
    """Open reports, the oldest first; with `settled` all of them."""
    query = select(ReportRow).order_by(ReportRow.created_at, ReportRow.id)
    if not settled:
        query = query.where(ReportRow.state == "open")
    return map(_report, session.scalars(query.execution_options(yield_per=_BATCH)))


def open_report(session: Session, given: str) -> Report:
    """The open report of this id. Raises UsageError where there is none, or it is settled."""
    row = session.scalar(select(ReportRow).where(ReportRow.public_id == given))
    if row is None:
        raise UsageError(f"There is no report {given!r}.", "`variorum reports` lists them.")
    if row.state != "open":
        raise UsageError(f"The report {given} is {row.state} already.", "`variorum reports` lists the open ones.")
    return _report(row)


def settle(session: Session, report: Report, state: State, decision: str | None = None) -> None:
    """Close a report, with the public id of the decision that it led to."""
    row = session.scalars(select(ReportRow).where(ReportRow.public_id == report.id)).one()
    row.state, row.decision = state, decision


def _report(row: ReportRow) -> Report:
    return Report(
        id=row.public_id,
        target_kind=row.target_kind,  # type: ignore[arg-type]
        target=row.target,
        reason=row.reason,  # type: ignore[arg-type]
        text=row.text,
        created_at=row.created_at,
        state=row.state,  # type: ignore[arg-type]
        decision=row.decision,
    )
