"""How far a run has come, so that one that was interrupted can be gone on with."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.records import Versions
from app.store.ledger_tables import ProgressRow
from app.store.prepared import Prepared, prepared
from app.store.runs import finish_run, start_run
from app.store.tables import RunRow
from app.store.upsert import insert_into

_LOOKED_AT = 20  # interrupted runs


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run came in one input: `found` documents and refused records of bytes with this sha256."""

    digest: str
    found: int
    finished: bool


def interrupted_run(session: Session, command: str, given: Sequence[str], versions: Versions) -> int | None:
    """The newest unfinished run of this command with these arguments and versions; None where there is none."""
    unfinished = select(RunRow).where(RunRow.command == command, RunRow.finished_at.is_(None))
    for run in session.scalars(unfinished.order_by(RunRow.id.desc()).limit(_LOOKED_AT)):
        if run.given == list(given) and run.versions == asdict(versions):
            return run.id
    return None


def begin_run(session: Session, command: str, given: Sequence[str], versions: Versions, now: datetime) -> int:
    """Open a run that can be gone on with; returns its id."""
    run_id = start_run(session, command, versions, now)
    session.get_one(RunRow, run_id).given = list(given)
    return run_id


def read_progress(session: Session, run_id: int) -> dict[str, Progress]:
    """How far a run came, by input."""
    rows = session.scalars(select(ProgressRow).where(ProgressRow.run_id == run_id))
    return {row.place: Progress(row.digest, row.found, row.finished) for row in rows}


def note_progress(session: Session, run_id: int, place: str, progress: Progress) -> None:
    """Put on record how far a run has come in an input."""
    connection = session.connection()
    row = {"run_id": run_id, "place": place, **asdict(progress)}
    _noting(connection.dialect.name).write(connection, [row])


@cache
def _noting(dialect: str) -> Prepared:
    noted = insert_into(ProgressRow, dialect)
    changed = {name: noted.excluded[name] for name in ("digest", "found", "finished")}
    return prepared(lambda: noted.on_conflict_do_update(index_elements=["run_id", "place"], set_=changed))


def end_run(session: Session, run_id: int, now: datetime) -> None:
    """Mark a run as finished; how far it had come is of no use any more."""
    session.execute(delete(ProgressRow).where(ProgressRow.run_id == run_id))
    finish_run(session, run_id, now)
