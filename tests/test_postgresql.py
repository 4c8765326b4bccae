"""PostgreSQL as the store."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, inspect, select

from app.errors import DatabaseError
from app.settings import settings
from app.store.engine import connect, writing
from app.store.migrate import migrate
from app.store.search import is_search_table
from app.store.tables import OutletRow, Table
from tests.command import variorum
from tests.conftest import take_in
from tests.databases import address, opened
from tests.postgres import Server

ROOT = Path(__file__).parents[1]


def test_migrations_make_every_table(postgresql: Server) -> None:
    engine = connect(postgresql.empty())
    migrate(engine)
    assert set(Table.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_each_test_gets_an_empty_database_of_its_own(postgresql: Server) -> None:
    one, other = postgresql.migrated(), postgresql.migrated()
    assert one != other
    engine = connect(one)
    assert inspect(engine).get_table_names()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 0
    engine.dispose()


@pytest.fixture
def store(postgresql: Server) -> Iterator[Engine]:
    with opened(postgresql.migrated()) as engine:
        yield engine


def test_models_and_migrations_agree(store: Engine) -> None:
    done = run_alembic("check", store)
    assert done.returncode == 0, done.stdout + done.stderr


def test_migrations_lead_back_to_nothing(postgresql: Server) -> None:
    with opened(postgresql.migrated()) as engine:
        done = run_alembic("downgrade", engine, "base")
        assert done.returncode == 0, done.stderr
        assert inspect(engine).get_table_names() == ["alembic_version"]
        migrate(engine)


def run_alembic(command: str, engine: Engine, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VARIORUM_DATABASE_URL": address(engine)}
    program = Path(sys.executable).parent / "alembic"
    return subprocess.run(
        [program, command, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_every_column_of_text_sorts_by_code_points(store: Engine) -> None:
    columns = (
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND (data_type = 'character varying' OR data_type = 'text' AND collation_name IS DISTINCT FROM 'C')"
    )
    with store.connect() as connection:
        found = set(connection.exec_driver_sql(columns).scalars())
    assert {name for name in found if not is_search_table(name) and not name.startswith("alembic_version")} == set()


def test_two_processes_may_bring_one_database_up_at_once(postgresql: Server) -> None:
    where = postgresql.empty()

    def bring_up(_: int) -> None:
        with opened(where) as engine:
            migrate(engine)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(bring_up, range(3)))
    with opened(where) as engine:
        assert set(Table.metadata.tables) <= set(inspect(engine).get_table_names())


def test_one_writer_at_a_time_and_the_next_sees_what_it_left(store: Engine) -> None:
    def add(_: int) -> None:
        with writing(store) as session:
            count = session.scalar(select(func.count(OutletRow.id))) or 0
            session.add(OutletRow(public_id=f"outlet{count}", key=f"{count}", name="Post", siglum="P"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(12)))
    with store.connect() as connection:
        assert connection.scalar(select(func.count(OutletRow.id))) == 12


def test_a_writer_that_waits_too_long_says_that_the_database_is_locked(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "busy_seconds", 0.1)
    with writing(store) as session, opened(address(store)) as other:
        session.connection()
        with pytest.raises(DatabaseError, match="is locked by another process"), writing(other) as second:
            second.connection()


def test_a_page_is_read_from_one_moment(store: Engine) -> None:
    with store.connect() as connection:
        assert connection.scalar(select(func.count(OutletRow.id))) == 0
        with writing(store) as session:
            session.add(OutletRow(public_id="outlet", key="post", name="Post", siglum="P"))
        assert connection.scalar(select(func.count(OutletRow.id))) == 0
    with store.connect() as connection:
        assert connection.scalar(select(func.count(OutletRow.id))) == 1


def test_a_server_that_was_started_anew_is_found_again(store: Engine) -> None:
    with store.connect() as connection:
        backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with opened(address(store)) as other, other.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({backend})")
    with store.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"database": "nowhere"}, "does not exist"),
        ({"username": "nobody"}, "does not know this user"),
        ({"query": {"host": "127.0.0.1", "port": "9"}}, "can't be reached (Connection refused)"),
        ({"query": {"host": "127.0.0.1", "sslmode": "verify"}}, 'can\'t be reached (invalid sslmode value: "verify")'),
        ({"query": {"host": "nowhere.invalid"}}, "can't be reached"),
        ({"drivername": "mysql"}, "keeps nothing in mysql"),
    ],
)
def test_what_keeps_a_command_out_is_told_in_one_line(store: Engine, wrong: dict[str, Any], said: str) -> None:
    where = store.url.set(password="secret", **wrong).render_as_string(hide_password=False)
    done = variorum("status", "--database", where)
    assert done.code == 1
    assert said in done.err
    assert "secret" not in done.err
    assert len(done.err.splitlines()) == 1


def test_a_lack_of_rights_is_told(postgresql: Server) -> None:
    with opened(postgresql.empty()) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE ROLE guest LOGIN")
        where = engine.url.set(username="guest").render_as_string()
    with opened(where) as guest, pytest.raises(DatabaseError, match="does not allow this"):
        migrate(guest)


def test_a_database_that_only_reads_says_so(store: Engine) -> None:
    where = address(store) + "&options=-c default_transaction_read_only=on"
    with opened(where) as engine, pytest.raises(DatabaseError, match="is read-only"), writing(engine) as session:
        session.add(OutletRow(public_id="outlet", key="post", name="Post", siglum="P"))


def test_without_psycopg_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError, match=r"needs the package psycopg.*psycopg\[binary\]"):
        connect("postgresql+psycopg://localhost/news")


def test_nul_in_a_question_finds_nothing(store: Engine) -> None:
    with store.connect() as connection:
        assert connection.scalar(select(OutletRow.id).where(OutletRow.public_id == "a\0b")) is None


def test_an_address_too_long_for_an_index_costs_its_document_alone(store: Engine, reports: Path) -> None:
    path = "".join(chr(number * 37 % 20_000 + 0x4E00) for number in range(1900))
    report = reports / "2-tribune.txt"
    report.write_text(report.read_text("utf-8").replace("example/hopeful", f"example/{path}"), "utf-8")
    summary = take_in(store, reports)
    assert summary.outcomes == {"added": 2, "failed": 1}
    assert "index row size" in (summary.refused[0].reason or "")
