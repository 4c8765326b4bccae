"""`variorum backup`: a copy of one moment, all or nothing."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from app.errors import DatabaseError, UsageError
from app.keeping.backup import backup
from app.keeping.verify import verify
from app.store.engine import connect
from tests.command import variorum


def test_a_backup_holds_what_the_database_held_and_verifies(engine: Engine, tmp_path: Path) -> None:
    size = backup(engine, tmp_path / "backup.db")
    assert size == (tmp_path / "backup.db").stat().st_size
    copy = connect(str(tmp_path / "backup.db"))
    assert verify(copy).counts == {}
    assert quotes(copy) == quotes(engine)
    copy.dispose()


def test_a_backup_serves_readers_beside_a_writer_as_the_original_does(engine: Engine, tmp_path: Path) -> None:
    backup(engine, tmp_path / "backup.db")
    with sqlite3.connect(tmp_path / "backup.db") as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_during_a_write_has_none_of_it_and_waits_for_nothing(engine: Engine, tmp_path: Path) -> None:
    before = quotes(engine)
    with engine.execution_options(writes=True).begin() as writer:
        writer.execute(text("UPDATE quotes SET text = 'half written'"))
        backup(engine, tmp_path / "backup.db")
    copy = connect(str(tmp_path / "backup.db"))
    assert quotes(copy) == before
    copy.dispose()


def test_a_file_that_is_there_is_written_over_only_when_forced(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("dear to somebody")
    with pytest.raises(UsageError, match="--force"):
        backup(engine, target)
    assert target.read_text() == "dear to somebody"
    backup(engine, target, force=True)
    assert target.read_bytes().startswith(b"SQLite format 3")


def test_the_database_itself_is_never_written_over(engine: Engine) -> None:
    with pytest.raises(UsageError):
        backup(engine, Path(str(engine.url.database)), force=True)


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_what_an_earlier_copy_left_beside_it_is_never_taken_for_a_part_of_it(
    engine: Engine, tmp_path: Path, end: str
) -> None:
    target = tmp_path / "backup.db"
    Path(f"{target}{end}").write_bytes(b"of another database")
    with pytest.raises(UsageError, match=f"backup.db{end} belongs to a database that was there before"):
        backup(engine, target, force=True)
    assert not target.exists()


def test_a_backup_that_fails_leaves_no_file(engine: Engine, tmp_path: Path) -> None:
    path = Path(str(engine.url.database))
    engine.dispose()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(DatabaseError):
        backup(engine, folder / "backup.db")
    assert list(folder.iterdir()) == []


def test_there_is_nothing_to_back_up_without_a_database(tmp_path: Path) -> None:
    done = variorum("backup", str(tmp_path / "backup.db"), "--database", str(tmp_path / "none.db"))
    assert (done.code, "There is no database" in done.err) == (1, True)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ann:secret@db.example/news", "ann@db.example/news"),
        (
            "ann@db.example/news?password=secret&sslpassword=secret&port=1",
            "ann@db.example/news?port=1",
        ),
    ],
)
def test_for_postgresql_the_command_that_does_it_is_named(tmp_path: Path, address: str, shown: str) -> None:
    url = make_url(f"postgresql+psycopg://{address}")
    engine: Any = SimpleNamespace(url=url, dialect=SimpleNamespace(name="postgresql"))
    with pytest.raises(UsageError) as refused:
        backup(engine, tmp_path / "news.dump")
    assert "pg_dump --format=custom" in refused.value.hint
    assert f"postgresql://{shown}'" in refused.value.hint
    assert "secret" not in str(refused.value)


def quotes(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM quotes ORDER BY id"))]
