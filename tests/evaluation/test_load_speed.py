"""What `variorum bench load` measures, over a small corpus."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.errors import UsageError
from app.evaluation import load_speed
from app.evaluation.load_articles import write_articles
from app.evaluation.load_speed import Load, bench_load
from app.store.engine import connect
from app.store.migrate import migrate
from tests.conftest import take_in
from tests.databases import address
from tests.web.corpus import write


@pytest.fixture
def database(engine: Engine) -> str:
    write(engine)
    return address(engine)


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk")
def test_pages_are_asked_for_without_an_error(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_speed, "_KEPT", 2)
    figures = bench_load(database, Load(seconds=1, connections=2, workers=1), ingesting=False, datasette=None)
    for name in ("list", "never_asked", "asked_before"):
        assert figures[name]["requests"] > 0
        assert figures[name]["errors"] == 0
    assert figures["seconds_to_first_answer"] > 0
    assert "datasette_row" not in figures


def test_a_machine_without_wrk_is_told_so(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="wrk is not installed"):
        bench_load(database, Load(), ingesting=False, datasette=None)


def test_invented_articles_can_be_taken_in(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles.jsonl", 3)
    engine = connect(str(tmp_path / "articles.db"))
    migrate(engine)
    summary = take_in(engine, tmp_path / "articles.jsonl")
    engine.dispose()
    assert summary.outcomes["added"] == 3
    assert summary.quotations == 9
