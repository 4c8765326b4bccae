"""The sample documents in SQLite and in PostgreSQL: the same rows, the same pages, the same answers."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.main import create_app
from app.recluster import cluster_new, recluster
from app.store.engine import connect
from app.store.export import AGGREGATES, export_rows
from app.store.migrate import migrate
from tests.conftest import take_in
from tests.databases import address
from tests.postgres import Server
from tests.web.pages import Page

SEEDS = Path(__file__).parents[1] / "seeds"
PAGES = 150  # of those that the first page leads to
ASKED = (
    "/search.json?q=good+vibes",
    '/search.json?q="good+vibes"+talks',
    "/search.json?q=vibrat",
    "/search.json?q=technology+OR+ferry",
    "/search.json?q=ferry+-+*&show=documents",
    "/search.json?q=vibratoins",
    "/search.json?q=velowway",
    "/search.json?q=ferries&show=documents",
    "/search.json?q=minister&speaker=velloway&outlet=post",
    "/search.json?q=a",
    "/search.json?outlet=gannet&from=2024-01-01",
    "/quotes.json?q=ferries",
    "/quotes.json?sort=newest",
    "/documents.json",
    "/speakers.json",
    "/check.json?q=We+are+getting+some+good+vibes",
    "/check.json?q=four+ferries+will+sail+again",
    "/check.json?q=nobody+ever+said+this+in+any+of+the+documents",
)

Stores = tuple[Engine, Engine]


@pytest.fixture(scope="module")
def stores(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The sample documents in both, taken in at one moment."""
    engines = (connect(str(tmp_path_factory.mktemp("same") / "seeds.db")), connect(postgresql.migrated()))
    with pytest.MonkeyPatch.context() as patch:
        for module in ("ingest", "recluster", "rewriting", "stories"):
            patch.setattr(f"app.{module}.now", lambda: datetime(2031, 5, 6, 7, 8, 9))
        for engine in engines:
            migrate(engine)
            take_in(engine, SEEDS / "ferry")
            recluster(engine)
            take_in(engine, SEEDS)
            cluster_new(engine)
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def clients(stores: Stores) -> Iterator[tuple[TestClient, TestClient]]:
    with TestClient(create_app(address(stores[0]))) as one, TestClient(create_app(address(stores[1]))) as other:
        yield one, other


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_every_row_is_the_same(stores: Stores, aggregate: str) -> None:
    ours, theirs = (rows(engine, aggregate) for engine in stores)
    assert ours == theirs
    assert ours or aggregate == "decisions"


def rows(engine: Engine, aggregate: str) -> list[dict[str, object]]:
    with Session(engine) as session:
        return list(export_rows(session, aggregate))


@pytest.mark.parametrize("asked", ASKED)
def test_searches_and_checks_have_the_same_answers(clients: tuple[TestClient, TestClient], asked: str) -> None:
    one, other = (client.get(asked) for client in clients)
    assert (one.status_code, one.json()) == (other.status_code, other.json())


def test_every_page_is_the_same(clients: tuple[TestClient, TestClient]) -> None:
    waiting, seen = deque(["/"]), {"/"}
    while waiting:
        here = waiting.popleft()
        one, other = (client.get(here) for client in clients)
        assert (here, one.status_code, one.text) == (here, other.status_code, other.text)
        for link in sorted(Page(one.text).links) if "html" in one.headers["Content-Type"] else ():
            found = urldefrag(urljoin(here, link)).url
            if found not in seen and len(seen) < PAGES and found.startswith("/") and "." not in urlsplit(found).path:
                seen.add(found)
                waiting.append(found)
    assert len(seen) == PAGES
