"""The database that pages are measured on is one that `verify` finds nothing in."""

from pathlib import Path

from app.evaluation.filling import fill
from app.keeping.verify import verify
from app.store.engine import connect
from app.store.migrate import migrate


def test_an_invented_database_has_no_findings(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "invented.db"))
    migrate(engine)
    fill(engine, 1_000)
    found = verify(engine)
    engine.dispose()
    assert (found.counts, found.waiting) == ({}, 0)
