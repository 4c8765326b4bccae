"""`variorum reports`: what readers reported, on the terminal, and how it is settled."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.errors import NotFound, UsageError
from app.recluster import recluster
from app.reported import decide_report
from app.store.decisions import read_decisions
from app.store.engine import writing
from app.store.export import export_rows
from app.store.reports import Reason, Report, TargetKind, add_report, read_reports
from app.store.tables import QuoteRow
from tests.command import Done, variorum
from tests.conftest import take_in
from tests.databases import address

QUAY = "Nobody will be left on the quay,"
PRETTY = "We are getting some pretty good vibes coming out of the ferry talks,"
VIBRATIONS = "We are getting some pretty good vibrations coming out of the ferry talks,"
NOW = datetime(2031, 3, 20, 9, 30)


@pytest.fixture
def clustered(engine: Engine, reports: Path) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    return engine


def row(engine: Engine, text: str) -> dict[str, str]:
    with Session(engine) as session:
        return next(row for row in export_rows(session, "quotations") if row["text"] == text)


def file(engine: Engine, kind: TargetKind, target: str, reason: Reason = "wrong speaker", text: str = "") -> Report:
    with writing(engine) as session:
        return add_report(session, kind, target, reason, text, NOW)


def on_file(engine: Engine) -> list[Report]:
    with Session(engine) as session:
        return list(read_reports(session, settled=True))


def run(engine: Engine, *arguments: str) -> Done:
    return variorum("reports", *arguments, VARIORUM_DATABASE_URL=address(engine), USER="ivo")


def test_open_reports_are_listed_with_what_they_are_about(clustered: Engine) -> None:
    quotation = row(clustered, QUAY)["quotation"]
    report = file(clustered, "quotation", quotation, text="It was Bo Tarn.\nAsk the pier.")
    file(clustered, "quotation", quotation, "bad boundaries")
    done = run(clustered)
    assert done.code == 0
    assert f"{report.id}  2031-03-20 09:30 UTC  wrong speaker" in done.out
    assert "UTC  begins or ends in the wrong place" in done.out
    assert "“Nobody will be left on the quay,”" in done.out
    assert "  > It was Bo Tarn.\n  > Ask the pier." in done.out


def test_without_reports_it_says_so(engine: Engine) -> None:
    assert run(engine).out == "No open reports.\n"
    assert run(engine, "--json").out == ""


def test_reports_as_json_hold_all_that_is_kept(clustered: Engine) -> None:
    report = file(clustered, "quote", row(clustered, QUAY)["quote"], "other", "Odd.")
    assert json.loads(run(clustered, "--json").out) == {
        "id": report.id,
        "target_kind": "quote",
        "target": row(clustered, QUAY)["quote"],
        "reason": "other",
        "text": "Odd.",
        "created_at": "2031-03-20T09:30:00Z",
        "state": "open",
        "decision": None,
    }


def test_a_report_becomes_a_decision_on_the_speaker(clustered: Engine) -> None:
    report = file(clustered, "quotation", row(clustered, QUAY)["quotation"])
    done = run(clustered, "decide", report.id, "speaker", "Bo Tarn")
    assert "ivo: " in done.out
    assert "was said by Bo Tarn" in done.out
    assert row(clustered, QUAY)["speaker"] == "Bo Tarn"
    assert run(clustered).out == "No open reports.\n"
    with Session(clustered) as session:
        (decision,) = read_decisions(session)
    assert [(it.state, it.decision) for it in on_file(clustered)] == [("decided", decision.public_id)]
    assert "wrong speaker, decided" in run(clustered, "--all").out


def test_a_report_of_a_quote_can_part_one_of_its_variants(clustered: Engine) -> None:
    report = file(clustered, "quote", row(clustered, PRETTY)["quote"], "not the same quote")
    one, other = (row(clustered, words)["variant"] for words in (VIBRATIONS, PRETTY))
    assert run(clustered, "decide", report.id, "different", other, "--one", one).code == 0
    assert row(clustered, PRETTY)["quote"] != row(clustered, VIBRATIONS)["quote"]


def test_a_decision_that_fails_leaves_the_report_open(clustered: Engine) -> None:
    report = file(clustered, "quotation", row(clustered, QUAY)["quotation"])
    with pytest.raises(UsageError, match="nowhere"):
        decide_report(clustered, report.id, "same", "nowhere", "ivo")
    assert [it.state for it in on_file(clustered)] == ["open"]


def test_a_report_is_dismissed_once(clustered: Engine) -> None:
    report = file(clustered, "quotation", row(clustered, QUAY)["quotation"])
    assert run(clustered, "dismiss", report.id).code == 0
    again = run(clustered, "dismiss", report.id)
    assert again.code == 2
    assert "dismissed already" in again.err


def test_an_unknown_report_is_a_usage_error(engine: Engine) -> None:
    done = run(engine, "decide", "nosuch", "speaker", "Bo Tarn")
    assert done.code == 2
    assert "no report 'nosuch'" in done.err


def test_the_same_report_twice_is_one(clustered: Engine) -> None:
    target = row(clustered, QUAY)["quotation"]
    assert file(clustered, "quotation", target) == file(clustered, "quotation", target)
    assert len(on_file(clustered)) == 1


def test_what_is_not_here_can_not_be_reported(clustered: Engine) -> None:
    with pytest.raises(NotFound):
        file(clustered, "quote", row(clustered, QUAY)["quotation"])


def test_a_report_can_not_steer_the_terminal(clustered: Engine) -> None:
    file(clustered, "quotation", row(clustered, QUAY)["quotation"], text="\x1b[2J\x1b]0;x\x07gone\u202e\x00")
    assert on_file(clustered)[0].text == "[2J]0;xgone"


def test_a_report_whose_target_has_gone_is_still_listed(clustered: Engine) -> None:
    quote = row(clustered, VIBRATIONS)["quote"]
    file(clustered, "quote", quote)
    with writing(clustered) as session:
        session.execute(update(QuoteRow).where(QuoteRow.public_id == quote).values(public_id="moved"))
    assert "not here any more" in run(clustered).out
