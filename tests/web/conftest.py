"""A site over the invented corpus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.store.engine import connect
from app.store.migrate import migrate
from tests.web.corpus import write


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "corpus.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    write(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def client(database: Path) -> Iterator[TestClient]:
    with TestClient(create_app(f"sqlite:///{database}"), follow_redirects=False) as client:
        yield client
