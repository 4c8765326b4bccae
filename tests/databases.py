"""Databases for tests: those that ask for one run over SQLite and over PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import Engine

from app.store.engine import connect
from app.store.migrate import migrate

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes a migrated, empty database at each call, and tells its address."""
    if request.param == "postgresql":
        migrated: NewDatabase = request.getfixturevalue("postgresql").migrated
        return migrated
    folder, numbers = tmp_path_factory.mktemp("databases"), count(1)

    def new() -> str:
        address = f"sqlite:///{folder / f'{next(numbers)}.db'}"
        with opened(address) as engine:
            migrate(engine)
        return address

    return new


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    """The engine of a database, for as long as the block runs."""
    engine = connect(address)
    yield engine
    engine.dispose()


def address(engine: Engine) -> str:
    """Where an engine's database is, for another process."""
    return engine.url.render_as_string(hide_password=False)


def over_postgresql(item: pytest.Item) -> bool:
    """Whether a test is the one over PostgreSQL of two."""
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("new_database") == "postgresql"
