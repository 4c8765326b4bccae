"""Nobody waits for libraries that what they asked for does not need: neither a command nor a page loads them."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.store.engine import connect
from app.store.migrate import migrate
from tests.web.corpus import write

ROOT = Path(__file__).parents[1]
HEAVY = {"alembic", "lxml", "onnxruntime", "PIL", "pyarrow", "scipy", "sqlalchemy.dialects.postgresql", "trafilatura"}
PAGES = ("/", "/quotes/goodvibes001", "/quotes?q=vibes", "/search?q=vibes", "/speakers", "/documents", "/readyz")
ASKED = """
from starlette.testclient import TestClient
from app.main import create_app
with TestClient(create_app({address!r})) as client:
    for page in {pages!r}:
        assert client.get(page).status_code == 200, page
"""


def loaded(code: str) -> set[str]:
    """The names of all modules that a new Python has after running `code`."""
    found = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


@pytest.fixture
def database(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'loading.db'}"
    engine = connect(address)
    migrate(engine)
    write(engine)
    engine.dispose()
    return address


def test_the_server_loads_no_library_that_few_pages_need() -> None:
    assert loaded("import app.main") & HEAVY == set()


def test_common_pages_need_no_other_library_than_those_that_the_server_begins_with(database: str) -> None:
    assert loaded(ASKED.format(address=database, pages=PAGES)) & HEAVY == set()


def test_the_command_line_loads_no_library_before_a_command_needs_it() -> None:
    assert loaded("import app.cli") & {*HEAVY, "fastapi", "numpy", "pydantic", "rich", "sqlalchemy", "uvicorn"} == set()


def test_a_database_of_the_current_schema_is_opened_without_what_changes_schemas(database: str) -> None:
    code = f"from app.store.migrate import opened\nwith opened({database!r}) as engine: engine.connect().close()"
    assert "alembic" not in loaded(code)
