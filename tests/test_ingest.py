"""The main job: files on disk to rows in the store."""

import os
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.ingest import Result, Summary
from app.recluster import recluster
from app.reporting import print_summary
from app.store.engine import writing
from app.store.export import export_rows
from app.store.tables import DocumentRow, RunInputRow, SightingRow
from tests.conftest import REPORTS, take_in


def rows(engine: Engine, aggregate: str) -> list[dict]:
    with Session(engine) as session:
        return list(export_rows(session, aggregate))


def test_every_quotation_is_the_slice_of_the_file_at_its_offsets(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    found = rows(engine, "quotations")
    assert len(found) >= 5
    for row in found:
        text = (reports / row["doc"]).read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["text"]


def test_the_same_wording_has_one_quote_and_one_speaker_across_documents(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    recluster(engine)
    vibes = [row for row in rows(engine, "quotations") if "ferry talks" in row["text"]]
    assert len({row["doc"] for row in vibes}) == 3
    assert len({row["quote"] for row in vibes}) == 1
    assert {row["speaker"] for row in vibes} == {"Ann Ashby"}
    assert [row["text"] for row in vibes if row["original"]] == [
        "We are getting some pretty good vibes coming out of the ferry talks,"
    ]


def test_a_quotation_without_a_speaker_stays_and_says_why(engine: Engine, tmp_path: Path) -> None:
    page = tmp_path / "wall.txt"
    page.write_text("A wall.\n\n“Sail or sink with the rest of us tonight.”\n", "utf-8")
    take_in(engine, page)
    (row,) = rows(engine, "quotations")
    assert row["speaker"] is None
    assert row["reason"].endswith(".")


def test_a_report_without_marks_is_kept_apart_from_quotations(engine: Engine, tmp_path: Path) -> None:
    page = tmp_path / "bridge.txt"
    page.write_text("Mayor Ada Quist said on Monday that the bridge would be closed until the spring.\n", "utf-8")
    summary = take_in(engine, page)
    recluster(engine)
    (row,) = rows(engine, "quotations")
    assert (row["kind"], row["speaker"], row["quote"]) == ("indirect", "Ada Quist", None)
    assert row["text"].endswith("the bridge would be closed until the spring")
    assert summary.quotations == 0
    assert [document["quotations"] for document in rows(engine, "documents")] == [0]
    assert rows(engine, "quotes") == []


def test_a_second_run_changes_nothing(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    recluster(engine)
    before = {name: rows(engine, name) for name in ("quotations", "quotes", "documents", "speakers")}
    summary = take_in(engine, reports)
    recluster(engine)
    assert summary.outcomes == {"unchanged": len(REPORTS)}
    assert {name: rows(engine, name) for name in before} == before


def test_a_changed_text_at_the_same_url_is_a_new_version_and_the_old_one_stays(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    report = reports / "1-harbour.txt"
    report.write_text(report.read_text("utf-8").replace("pretty good", "very good"), "utf-8")
    summary = take_in(engine, reports)
    assert summary.outcomes == {"unchanged": 2, "updated": 1}
    with Session(engine) as session:
        versions = session.scalars(
            select(DocumentRow).where(DocumentRow.url.contains("harbour-post")).order_by(DocumentRow.version)
        ).all()
        assert [(v.version, v.superseded) for v in versions] == [(1, True), (2, False)]
        assert "pretty good" in versions[0].text
        assert versions[1].first_version_id == versions[0].id
        assert versions[1].copy_of_id is None


def test_the_same_text_under_another_name_is_one_document_seen_twice(engine: Engine, reports: Path) -> None:
    (reports / "9-again.txt").write_text(REPORTS["1-harbour.txt"], "utf-8")
    summary = take_in(engine, reports)
    assert summary.outcomes == {"added": 3, "unchanged": 1}
    with Session(engine) as session:
        names = session.scalars(select(SightingRow.name).order_by(SightingRow.id)).all()
        assert set(names) == {*REPORTS, "9-again.txt"}


def test_a_wire_copy_counts_as_an_outlet_but_not_as_an_independent_one(engine: Engine, reports: Path) -> None:
    body = " ".join(f"The crews of boat number {n} asked for new engines and a dry cabin." for n in range(40))
    for name, outlet, day in (("a.txt", "Northwire", 10), ("b.txt", "Copy Courier", 11)):
        (reports / name).write_text(
            f"---\ntitle: {outlet}\noutlet: {outlet}\ndate: 2031-03-{day}\n---\n{body}\n\n"
            "“The cabins are wet through and through,” Boatman Carl Dunmore said.\n",
            "utf-8",
        )
    take_in(engine, reports)
    recluster(engine)
    (wet,) = [row for row in rows(engine, "quotes") if "wet through" in row["text"]]
    assert (wet["outlets"], wet["independent_outlets"]) == (2, 1)
    copies = {row["doc"]: row["copy_of"] for row in rows(engine, "documents")}
    assert copies["a.txt"] is None
    assert copies["b.txt"] is not None


def test_a_copy_that_comes_in_before_its_original_is_still_the_copy(engine: Engine, tmp_path: Path) -> None:
    body = " ".join(f"The crews of boat number {n} asked for new engines and a dry cabin." for n in range(40))
    for name, outlet, day in (("1.txt", "Copy Courier", 11), ("2.txt", "Northwire", 10)):
        (tmp_path / name).write_text(f"---\noutlet: {outlet}\ndate: 2031-03-{day}\n---\n{body}\n", "utf-8")
    take_in(engine, tmp_path / "1.txt", tmp_path / "2.txt")
    copies = {row["doc"]: row["copy_of"] is not None for row in rows(engine, "documents")}
    assert copies == {"1.txt": True, "2.txt": False}


def test_what_was_refused_is_in_the_ledger_with_reason_and_hint(engine: Engine, reports: Path) -> None:
    (reports / "broken.txt").write_bytes(b"")
    summary = take_in(engine, reports, reports / "absent.txt")
    assert summary.outcomes == {"added": 3, "failed": 2}
    with Session(engine) as session:
        refused = session.scalars(select(RunInputRow).where(RunInputRow.outcome == "failed")).all()
        assert {row.name for row in refused} == {"broken.txt", "absent.txt"}
        assert all(row.reason and row.hint for row in refused)


def test_a_file_whose_name_is_not_utf8_is_taken_in(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"report-\xff.txt")).write_text(
        "The crews met on Friday. “We sail on Monday,” said Ann Ashby.\n"
    )
    assert take_in(engine, tmp_path).outcomes == {"added": 1}


def test_text_that_is_not_english_is_skipped_with_the_reason(engine: Engine, tmp_path: Path) -> None:
    page = tmp_path / "fähre.txt"
    page.write_text(
        "Die Ministerin für Häfen hat am Freitag die Besatzungen der Fähren getroffen und danach gesagt, "
        "dass die Gespräche gut verlaufen seien und bald alle Schiffe wieder fahren würden.\n",
        "utf-8",
    )
    summary = take_in(engine, page)
    assert summary.outcomes == {"skipped": 1}
    assert "German" in summary.refused[0].reason or "de" in summary.refused[0].reason


def test_of_many_refused_inputs_the_first_are_kept_and_the_rest_counted() -> None:
    summary, out = Summary(), StringIO()
    for number in range(60):
        summary.add(Result(f"{number}.txt", "skipped" if number % 2 else "failed", reason="It is.", hint="Be it."))
    summary.add(Result("good.txt", "added", 3))
    print_summary(Console(file=out, width=200), summary, 1)
    assert len(summary.refused) == 50
    assert "skipped: 49.txt: It is. Be it.\n… and 10 more;" in out.getvalue()


def test_a_document_that_the_database_refuses_fails_alone_with_the_reason(engine: Engine, reports: Path) -> None:
    with writing(engine) as session:
        session.execute(text("CREATE UNIQUE INDEX one_of_a_length ON documents (length(title))"))
    (reports / "2-tribune.txt").write_text(
        REPORTS["2-tribune.txt"].replace("Minister hopeful", "Hopes go well today"), "utf-8"
    )
    summary = take_in(engine, reports)
    assert summary.outcomes == {"added": 2, "failed": 1}
    assert [row["doc"] for row in rows(engine, "documents")] == ["1-harbour.txt", "3-ledger.txt"]
    (failed,) = summary.refused
    assert failed.name == "2-tribune.txt"
    assert failed.reason.startswith("It could not be stored: ")
    assert failed.hint


@pytest.mark.parametrize("aggregate", ["quotations", "quotes", "documents", "speakers"])
def test_an_empty_store_exports_no_rows(engine: Engine, aggregate: str) -> None:
    assert rows(engine, aggregate) == []
