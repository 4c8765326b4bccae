"""Ingest killed at any moment, then run again: the same result as an undisturbed run."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.recluster import cluster_new
from app.store.engine import connect
from app.store.export import AGGREGATES, export_rows
from app.store.migrate import migrate
from tests import kills
from tests.conftest import take_in

MOMENTS = 24  # kills spread evenly over all statements of an undisturbed run


def run(database: Path, reports: Path, kill_at: int | None = None) -> int:
    """Migrate, ingest and cluster as the command does; SIGKILL before statement `kill_at`. Returns statements."""
    engine = connect(str(database))
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", count)
    migrate(engine)
    take_in(engine, reports)
    cluster_new(engine)
    engine.dispose()
    return statements


def contents(database: Path) -> dict[str, list[dict]]:
    engine = connect(str(database))
    with Session(engine) as session:
        found = {aggregate: list(export_rows(session, aggregate)) for aggregate in AGGREGATES}
    engine.dispose()
    return found


@pytest.fixture
def undisturbed(tmp_path: Path, reports: Path) -> tuple[int, dict[str, list[dict]]]:
    database = tmp_path / "undisturbed.db"
    statements = run(database, reports)
    return statements, contents(database)


def test_a_killed_run_leaves_what_a_second_run_completes(
    tmp_path: Path, reports: Path, undisturbed: tuple[int, dict[str, list[dict]]]
) -> None:
    statements, expected = undisturbed
    assert expected["quotes"]
    for moment in range(MOMENTS):
        kill_at = 1 + moment * (statements - 1) // (MOMENTS - 1)
        database = tmp_path / f"killed-{moment}.db"
        process = get_context("fork").Process(target=run, args=(database, reports, kill_at))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        run(database, reports)
        assert contents(database) == expected, f"differs after a kill before statement {kill_at} of {statements}"


@pytest.mark.parametrize("workers", [0, 2])
def test_a_run_killed_at_any_moment_is_completed_by_the_next(reports: Path, workers: int) -> None:
    rounds = 4 if workers == 0 else 1
    with kills.sqlite_databases() as fresh:
        assert len(list(kills.rounds(rounds, 7, fresh, reports, workers))) == rounds
