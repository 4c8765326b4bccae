"""An invented corpus in a database, and new articles that join it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli import app
from app.evaluation import invented_corpus
from app.evaluation.invented import invented_units, utterance
from app.evaluation.invented_corpus import InventedCorpus, Report, divided, reports
from app.recluster import recluster
from app.store.engine import writing
from app.store.export import export_rows
from app.store.tables import DocumentRow, PartRow, QuotationRow

pytestmark = pytest.mark.once


def test_an_invented_corpus_in_a_database_has_every_sentence_at_its_place(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invented_corpus, "_BATCH", 2)  # an event goes on in the next batch
    units = list(invented_units(200))
    with writing(engine) as session:
        InventedCorpus(session).write(reports(units))
    query = select(DocumentRow.text, PartRow.start, PartRow.end).join_from(PartRow, QuotationRow).join(DocumentRow)
    with Session(engine) as session:
        found = [text[start:end] for text, start, end in session.execute(query.order_by(PartRow.id))]
    assert found == [unit.text for unit in units]


def test_its_known_utterances_can_stand_for_what_clustering_finds(engine: Engine) -> None:
    units = list(invented_units(200))
    with writing(engine) as session:
        corpus = InventedCorpus(session)
        corpus.write(reports(units))
    names = sorted(set(corpus.utterances.values()))
    made = recluster(engine, lambda parts: [names.index(corpus.utterances[part.id]) for part in parts])
    assert made.quotes == len({utterance(unit) for unit in units})
    with Session(engine) as session:
        assert {row["quote"] is None for row in export_rows(session, "quotations")} == {False}


def test_reports_are_held_back_of_events_that_others_tell_of() -> None:
    held: list[Report] = []
    kept = list(divided(reports(invented_units(3000)), held, 4, apart=50))
    events = {report.units[0].id.partition(".")[0] for report in kept}
    assert len(held) == 4
    assert {report.units[0].id.partition(".")[0] for report in held} <= events
    assert not {report.number for report in held} & {report.number for report in kept}


def test_the_bench_joins_every_new_article_and_prints_time_and_memory(tmp_path: Path) -> None:
    command = ["bench", "joining", "--quotes", "600", "--articles", "2", "--folder", str(tmp_path)]
    figures = json.loads(CliRunner().invoke(app, command).stdout)
    assert figures["quotations"] >= 600
    assert figures["left_waiting"] == 0
    assert figures["quotes_rewritten"] >= 12
    assert {"ingest_seconds", "join_seconds", "slowest_join_seconds", "peak_megabytes"} <= set(figures)


def test_the_bench_clusters_a_whole_corpus_and_prints_time_and_memory(tmp_path: Path) -> None:
    command = ["bench", "recluster", "--quotes", "300", "--folder", str(tmp_path)]
    figures = json.loads(CliRunner().invoke(app, command).stdout)
    assert figures["quotations"] == 300
    assert 300 >= figures["variants"] >= figures["quotes"] > 0
    assert {"seconds", "cpu_seconds", "peak_megabytes"} <= set(figures)
