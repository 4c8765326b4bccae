"""What readers reported, as the command line lists and settles it."""

import json
from collections.abc import Iterator
from textwrap import shorten

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.records import DecisionKind
from app.rulings import rule_in
from app.store.decisions import Decision, find_target
from app.store.engine import writing
from app.store.reports import REASONS, Report, open_report, read_reports, settle
from app.terminal import inert

_SHOWN = 80  # characters of a wording


def listed(engine: Engine, everything: bool, as_json: bool) -> Iterator[str]:
    """Open reports, or all, the oldest first: a few lines for the terminal each, or one of JSON."""
    with Session(engine) as session:
        for report in read_reports(session, everything):
            yield _as_json(report) if as_json else "\n".join(map(inert, _lines(session, report)))


def dismiss_report(engine: Engine, given: str) -> None:
    """Close a report without a decision. Raises UsageError for one that is not there or not open, DatabaseError."""
    with writing(engine) as session:
        settle(session, open_report(session, given), "dismissed")


def decide_report(
    engine: Engine, given: str, kind: DecisionKind, other: str, author: str, one: str | None = None
) -> Decision:
    """Decide on what a report is about (or on the part of it with the id `one`), and close it, all or nothing.

    Raises UsageError for a report or id that is not there, DatabaseError.
    """
    with writing(engine) as session:
        report = open_report(session, given)
        decision = rule_in(session, kind, one or report.target, other, author)
        settle(session, report, "decided", decision.public_id)
    return decision


def _lines(session: Session, report: Report) -> Iterator[str]:
    state = "" if report.state == "open" else f", {report.state}"
    yield f"{report.id}  {report.created_at:%Y-%m-%d %H:%M} UTC  {REASONS[report.reason]}{state}"
    target = find_target(session, report.target)
    words = f"“{shorten(' '.join(target.text.split()), _SHOWN, placeholder=' …')}”" if target else "not here any more"
    yield f"  {report.target_kind} {report.target} {words}"
    yield f"  /{'quotes' if report.target_kind == 'quote' else 'q'}/{report.target}"
    yield from (f"  > {line}" for line in report.text.splitlines())


def _as_json(report: Report) -> str:
    values = {name: getattr(report, name) for name in Report.__slots__}
    return json.dumps(values | {"created_at": f"{report.created_at.isoformat()}Z"}, ensure_ascii=False)
