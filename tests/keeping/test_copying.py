"""`variorum copy-database`: everything arrives, and an interrupted copy goes on."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from app.errors import DatabaseError, UsageError
from app.keeping import copying
from app.keeping.copying import copy_database
from app.keeping.repair import repair
from app.keeping.verify import verify
from app.store.engine import connect
from app.store.lock import held
from app.store.migrate import migrate
from app.store.tables import Table
from tests.command import variorum


class Killed(BaseException):
    """Stands for a signal that ends the process."""


def test_everything_arrives_and_verifies(engine: Engine, tmp_path: Path) -> None:
    target = connect(str(tmp_path / "copied.db"))
    counts = copy_database(engine, target)
    assert counts["quotes"] > 0
    assert contents(target) == contents(engine)
    assert search(target) == search(engine)
    assert verify(target).counts == {}
    target.dispose()


def test_rows_that_refer_to_later_rows_arrive(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE documents SET copy_of_id = 3, copy_share = 0.9 WHERE id = 1"))
        connection.execute(text("UPDATE speakers SET successor_id = 2 WHERE id = 1"))
    target = connect(str(tmp_path / "copied.db"))
    copy_database(engine, target)
    assert contents(target) == contents(engine)
    target.dispose()


@pytest.mark.parametrize("after", [0, 1, 3, 7, 12, 20, 40])
def test_a_copy_goes_on_after_it_was_killed(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    target = connect(str(tmp_path / "copied.db"))
    monkeypatch.setattr(copying, "_ROWS", 3)
    copy_until_killed(engine, target, monkeypatch, after)
    copy_database(engine, target)
    assert contents(target) == contents(engine)
    assert verify(target).counts == {}
    target.dispose()


def test_what_arrived_is_not_copied_again(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = connect(str(tmp_path / "copied.db"))
    monkeypatch.setattr(copying, "_ROWS", 3)
    copy_until_killed(engine, target, monkeypatch, 12)
    written = count_writes(monkeypatch)
    copy_database(engine, target)
    rest = len(written)
    whole = connect(str(tmp_path / "whole.db"))
    again = count_writes(monkeypatch)
    copy_database(engine, whole)
    assert rest == len(again) - 12
    target.dispose()
    whole.dispose()


def test_a_target_that_holds_something_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    target = connect(str(tmp_path / "copied.db"))
    copy_database(engine, target)
    before = contents(target)
    with pytest.raises(UsageError, match="is not empty"):
        copy_database(engine, target)
    assert contents(target) == before
    target.dispose()


def test_an_unfinished_copy_of_other_data_is_left_alone(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = connect(str(tmp_path / "copied.db"))
    copy_until_killed(engine, target, monkeypatch, 3)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM reports"))
    with pytest.raises(UsageError, match="other data"):
        copy_database(engine, target)
    target.dispose()


def test_a_copy_of_data_that_were_repaired_meanwhile_is_left_alone(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = connect(str(tmp_path / "copied.db"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE quotes SET outlet_count = 99"))
    copy_until_killed(engine, target, monkeypatch, 3)
    repair(engine)
    with pytest.raises(UsageError, match="other data"):
        copy_database(engine, target)
    target.dispose()


def test_an_unfinished_copy_serves_nobody(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copied.db"
    target = connect(str(path))
    copy_until_killed(engine, target, monkeypatch, 12)
    target.dispose()
    for command in ("status", "verify", "recluster"):
        done = variorum(command, "--database", str(path))
        assert (done.code, "is an unfinished copy" in done.err) == (1, True)


def test_nothing_is_copied_to_a_database_that_is_being_written(engine: Engine, tmp_path: Path) -> None:
    target = connect(str(tmp_path / "copied.db"))
    migrate(target)
    with held(target, "ingest", 0, lambda _: None), pytest.raises(DatabaseError, match="being written by"):
        copy_database(engine, target)
    target.dispose()


def test_a_database_is_not_copied_to_itself(engine: Engine) -> None:
    with pytest.raises(UsageError, match="itself"):
        copy_database(engine, engine)


def test_a_database_of_another_schema_is_not_copied(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    target = connect(str(tmp_path / "copied.db"))
    with pytest.raises(DatabaseError, match="schema 0003"):
        copy_database(engine, target)
    target.dispose()


def test_the_command_says_how_much_it_copied(engine: Engine, tmp_path: Path) -> None:
    done = variorum("copy-database", str(engine.url.database), str(tmp_path / "copied.db"))
    found = [*contents(engine).values(), search(engine)]
    assert (done.code, done.out) == (0, f"{sum(map(len, found)):,} rows in {len(found)} tables\n")


def copy_until_killed(engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    """Begin a copy that ends after so many batches are written."""
    write, left = copying._write, [batches]

    def counted(*arguments: Any) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        write(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(copying, "_write", counted)
        with pytest.raises(Killed):
            copy_database(engine, target)


def count_writes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    write, steps = copying._write, list[str]()

    def counted(*arguments: Any) -> None:
        steps.append(arguments[2])
        write(*arguments)

    monkeypatch.setattr(copying, "_write", counted)
    return steps


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the version of the data, which each database draws for itself."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Table.metadata.sorted_tables
            if table.name != "data_version"
        }


def search(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT rowid, * FROM quote_search ORDER BY rowid"))]
