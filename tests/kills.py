"""Ingest and recluster killed at random moments, then run again: `python -m tests.kills --rounds 200`.

Every round starts from an empty database, in a process that is killed by SIGKILL after a random part of the time that
an undisturbed one takes; of those that finish the work, some are killed as well. What is there at last must be what an
undisturbed run leaves, and `variorum verify` must find nothing wrong in it.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.main import get_command

from app import cli
from app.documents import Limits, expand
from app.ingest import Plan, ingest, versions
from app.recluster import cluster_new, recluster
from app.store.engine import connect
from app.store.export import AGGREGATES, export_rows
from app.store.lock import held
from app.store.migrate import migrate
from app.store.tables import RunInputRow
from tests.command import variorum

SEEDS = Path(__file__).parents[1] / "seeds"
_AGAIN = 0.2  # share of the second runs that are killed too

Contents = dict[str, list[Any]]
Fresh = Callable[[], str]


def work(address: str, documents: Path, workers: int) -> None:
    """What the commands `ingest` and `recluster` do."""
    engine = connect(address)
    migrate(engine)
    plan = Plan(workers, given=(str(documents),))
    with held(engine, "ingest", 30, lambda _: None):
        ingest(engine, expand([str(documents)]), Limits(), lambda _: None, lambda _: None, plan, cluster_new)
    with held(engine, "recluster", 30, lambda _: None):
        recluster(engine)
    engine.dispose()


def contents(address: str) -> Contents:
    """All that can be exported, and which documents were added, in order."""
    engine = connect(address)
    with Session(engine) as session:
        found = {aggregate: list(export_rows(session, aggregate)) for aggregate in AGGREGATES}
        ledger = select(RunInputRow.name, RunInputRow.outcome).where(RunInputRow.outcome.in_(("added", "updated")))
        found["ledger"] = [tuple(row) for row in session.execute(ledger.order_by(RunInputRow.id))]
    engine.dispose()
    return found


def rounds(number: int, seed: int, fresh: Fresh, documents: Path = SEEDS, workers: int = 0) -> Iterator[list[float]]:
    """Kill and run again so many times; the moments of the kills of each round. Raises AssertionError."""
    chance = Random(seed)
    versions()  # loads the models, once for all forks
    whole, seconds = fresh(), 0.0
    for _ in range(2):  # the second time is that of a warm cache
        whole, started = fresh(), time.monotonic()
        assert _run(whole, documents, workers) == 0
        seconds = time.monotonic() - started
    expected = contents(whole)
    assert expected["quotes"]
    for _ in range(number):
        address = fresh()
        moments = [chance.uniform(0, seconds)]
        while chance.random() < _AGAIN:
            moments.append(chance.uniform(0, seconds))
        for moment in moments:
            _run(address, documents, workers, moment)
        assert _run(address, documents, workers) == 0
        _verify(address)
        assert contents(address) == expected, f"{address} differs after kills at {moments} of {seconds} seconds"
        yield moments


def _run(address: str, documents: Path, workers: int, moment: float | None = None) -> int | None:
    """The work in a process of its own, killed after `moment` seconds; its exit code."""
    process = get_context("fork").Process(target=work, args=(address, documents, workers))
    process.start()
    process.join(moment)
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return process.exitcode


def _verify(address: str) -> None:
    if "verify" in get_command(cli.app).commands:  # type: ignore[attr-defined]
        done = variorum("verify", "--database", address)
        assert done.code == 0, done.out + done.err


@contextmanager
def sqlite_databases() -> Iterator[Fresh]:
    """Addresses of new, migrated SQLite databases in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="variorum-kills-") as folder:
        template, numbers = Path(folder) / "template.db", count(1)
        engine = connect(str(template))
        migrate(engine)
        engine.dispose()

        def fresh() -> str:
            path = Path(folder) / f"{next(numbers)}.db"
            shutil.copy(template, path)
            return f"sqlite:///{path}"

        yield fresh


def _databases(kind: str, stack: ExitStack) -> Fresh:
    if kind == "sqlite":
        return stack.enter_context(sqlite_databases())
    from tests.postgres import running

    return stack.enter_context(running()).migrated


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that find quotations; 0: the one killed")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    kills = 0
    with ExitStack() as stack:
        found = rounds(given.rounds, given.seed, _databases(given.on, stack), workers=given.workers)
        for number, moments in enumerate(found, 1):
            kills += len(moments)
            sys.stderr.write(f"\r{number} of {given.rounds} rounds, {kills} kills, all as an undisturbed run ")
    sys.stdout.write(f"{given.on}: {given.rounds} rounds, {kills} kills, all as an undisturbed run\n")


if __name__ == "__main__":
    main()
