"""Keeping with PostgreSQL: copies there and back, verify, repair."""

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.errors import DatabaseError
from app.keeping import copying
from app.keeping.copying import copy_database
from app.keeping.repair import repair
from app.keeping.verify import verify
from app.store.engine import connect
from tests import postgres
from tests.keeping.test_copying import contents, copy_until_killed, search

pytestmark = postgres.needs_postgresql


@pytest.fixture(scope="module")
def server() -> Iterator[object]:
    with postgres.running() as server:
        yield server


@pytest.fixture
def target(server: object) -> Iterator[Engine]:
    """An empty PostgreSQL database, without any table."""
    engine = connect(server.empty())  # type: ignore[attr-defined]
    yield engine
    engine.dispose()


def test_a_copy_to_postgresql_and_back_has_every_row(engine: Engine, target: Engine, tmp_path: Path) -> None:
    back = connect(str(tmp_path / "back.db"))
    copy_database(engine, target)
    assert contents(target) == contents(engine)
    assert verify(target).counts == {}
    copy_database(target, back)
    assert contents(back) == contents(engine)
    assert search(back) == search(engine)
    assert verify(back).counts == {}
    back.dispose()


def test_new_rows_get_ids_after_those_that_were_copied(engine: Engine, target: Engine) -> None:
    copy_database(engine, target)
    with target.begin() as connection:
        last = connection.scalar(text("SELECT max(id) FROM runs"))
        new = text("INSERT INTO runs (command, started_at, versions) VALUES ('ingest', now(), '{}') RETURNING id")
        assert connection.scalar(new) == last + 1


def test_a_copy_to_postgresql_goes_on_after_it_was_killed(
    engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_ROWS", 3)
    copy_until_killed(engine, target, monkeypatch, 12)
    copy_database(engine, target)
    assert contents(target) == contents(engine)


def test_postgresql_knows_the_sizes_of_what_was_copied(engine: Engine, target: Engine) -> None:
    copy_database(engine, target)
    with target.connect() as connection:
        known = connection.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'quotations'"))
        assert known == connection.scalar(text("SELECT count(*) FROM quotations"))


def test_a_text_with_a_character_that_postgresql_lacks_stops_the_copy(engine: Engine, target: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE documents SET text = text || char(0) WHERE id = 2"))
    with pytest.raises(DatabaseError, match="A row of documents up to the key"):
        copy_database(engine, target)


def test_a_dump_of_postgresql_can_be_restored(engine: Engine, target: Engine, server: object, tmp_path: Path) -> None:
    copy_database(engine, target)
    restored = connect(server.empty())  # type: ignore[attr-defined]
    dump = tmp_path / "news.dump"
    one, other = (address.set(drivername="postgresql") for address in (target.url, restored.url))
    programs = postgres.programs()
    run = partial(subprocess.run, check=True)
    run([programs / "pg_dump", "--format=custom", f"--file={dump}", one.render_as_string(hide_password=False)])
    run([programs / "pg_restore", f"--dbname={other.render_as_string(hide_password=False)}", dump])
    assert contents(restored) == contents(engine)
    assert verify(restored).counts == {}
    restored.dispose()


def test_what_is_wrong_in_postgresql_is_found_and_mended(engine: Engine, target: Engine) -> None:
    copy_database(engine, target)
    with target.begin() as connection:
        connection.execute(text("UPDATE quotes SET outlet_count = 99, text = 'what nobody said'"))
        connection.execute(text("UPDATE search_words SET document_count = 99"))
        connection.execute(text("DELETE FROM quote_search"))
        connection.execute(text("DELETE FROM document_search"))
        connection.execute(text("INSERT INTO outlet_search VALUES (99999, 'ghost')"))
    found = verify(target).counts
    assert {"counts of quotes", "texts of quotes", "words", "search of quotes"} <= found.keys()
    assert found["search rows"] == 6 + 1  # all documents, and an outlet that is none
    repair(target)
    assert verify(target).counts == {}


def test_a_check_that_fails_in_postgresql_spoils_no_other(engine: Engine, target: Engine) -> None:
    copy_database(engine, target)
    with target.begin() as connection:
        connection.execute(text("ALTER TABLE namings RENAME TO taken_away"))
    found = verify(target)
    assert found.counts == dict.fromkeys(("speakers of quotations", "namings of speakers", "names of speakers"), 1)
    assert all("does not exist" in str(one.difference.stored) for one in found.findings)
