"""Full disks, read-only and damaged databases: a clear error, nothing half-written, and the same command completes."""

import resource
import sqlite3
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event

from app.documents import Limits, expand
from app.errors import DatabaseError
from app.ingest import Plan, ingest
from app.recluster import cluster_new
from app.store.engine import connect
from tests import kills
from tests.command import Done, variorum

PAGE = 4096


@pytest.fixture
def reports(reports: Path) -> Path:
    """Reports that need more pages than an empty database has."""
    lines = [f"“The cabins of boat {n} are wet through and through,” Boatman Carl Dunmore said." for n in range(150)]
    (reports / "2-boats.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    return reports


@pytest.fixture
def expected(reports: Path) -> kills.Contents:
    """What an undisturbed run leaves."""
    with kills.sqlite_databases() as fresh:
        address = fresh()
        take_in(address, reports)
        return kills.contents(address)


def take_in(address: str, reports: Path, most_pages: int | None = None) -> None:
    engine = connect(address)
    if most_pages is not None:
        event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {most_pages}"))
    plan = Plan(given=(str(reports),))
    ingest(engine, expand([str(reports)]), Limits(), lambda _: None, lambda _: None, plan, cluster_new)
    engine.dispose()


def limited(address: str, reports: Path, size: int) -> None:
    """Take in where no file may grow over `size` bytes; tells on standard error why that fails."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        take_in(address, reports)
    except DatabaseError as error:
        sys.exit(3 if "can't" in error.message and error.hint else 4)


def test_a_database_that_may_not_grow_is_told_and_completed_later(reports: Path, expected: kills.Contents) -> None:
    with kills.sqlite_databases() as fresh:
        told = []
        for more in (0, 3, 10, 20, 40, 400):
            address = fresh()
            try:
                take_in(address, reports, pages_of(address) + more)
            except DatabaseError as error:
                told.append(error)
            take_in(address, reports)
            assert kills.contents(address) == expected
    assert len(told) >= 3, told
    assert all("the disk is full" in error.message and error.hint for error in told)


def pages_of(address: str) -> int:
    """Pages that a database takes, after those that are free have been given back."""
    connection = sqlite3.connect(address.removeprefix("sqlite:///"))
    connection.execute("VACUUM")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.close()
    return int(pages)


def test_a_disk_that_takes_no_more_is_told_and_completed_later(reports: Path, expected: kills.Contents) -> None:
    with kills.sqlite_databases() as fresh:
        codes = []
        for size in (40_000, 120_000, 400_000, 900_000):
            address = fresh()
            process = get_context("fork").Process(target=limited, args=(address, reports, size))
            process.start()
            process.join()
            codes.append(process.exitcode)
            take_in(address, reports)
            assert kills.contents(address) == expected
    assert 3 in codes
    assert set(codes) <= {0, 3}


def test_a_folder_that_may_not_be_written_is_told_in_one_line(tmp_path: Path, reports: Path) -> None:
    with kills.sqlite_databases() as fresh:
        path = Path(fresh().removeprefix("sqlite:///"))
        for above in (path.parent, *reports.parents):
            above.chmod(0o755)
        path.chmod(0o444)
        done = variorum("ingest", str(reports), "--database", str(path), unprivileged=True)
    assert_one_line(done)
    assert "read-only" in done.err


def zeros(size: int) -> bytes:
    return bytes(size)


def noise(size: int) -> bytes:
    return bytes(range(7, 256, 3)) * (size // 83 + 1)


@pytest.mark.parametrize("written", [zeros, noise])
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8])
def test_a_damaged_database_is_told_in_one_line(
    share: float, written: Callable[[int], bytes], tmp_path: Path, reports: Path
) -> None:
    path = tmp_path / "damaged.db"
    assert variorum("ingest", str(reports), "--database", str(path)).code == 0
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size // PAGE * PAGE
    with path.open("r+b") as file:
        file.seek(int(size * share) // PAGE * PAGE)
        file.write(written(size // 10)[: size // 10])
    new = tmp_path / "new.txt"
    new.write_text(
        "“The pier is closed to all boats,” Harbour Minister Ann Ashby told the crews of Port Venn.\n", "utf-8"
    )
    for command in (["ingest", str(new)], ["recluster"], ["export", "quotations"]):
        done = variorum(*command, "--database", str(path))
        if done.code:
            assert_one_line(done)


def assert_one_line(done: Done) -> None:
    assert done.code == 1
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.err.startswith("Error: The database ")
