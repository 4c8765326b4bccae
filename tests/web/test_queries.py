"""No page asks the database for what no index answers: the plan of every statement, as the database tells it."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.store.tables import Table
from app.web.addresses import json_twin
from tests.web.heard import heard
from tests.web.pages import ADDRESSES

SMALL = {"outlets", "runs", "alembic_version", "corpus_counts", "corpus", "data_version"}  # hundreds of rows at most
LISTS = (
    "/quotes?sort=carried",
    "/quotes?sort=newest",
    "/quotes?q=talks&outlet=tidaltimes01&sort=newest",
    "/quotes?speaker=adaquill0001",
    "/quotes?speaker=adaquill0001&sort=newest",
    "/quotes?speaker=adaquill0001&outlet=tidaltimes01",
    "/quotes?outlet=tidaltimes01",
    "/quotes?outlet=tidaltimes01&sort=carried",
    "/quotes?from=2026-03-01&to=2026-03-20",
    "/quotes?from=2026-03-01&sort=newest",
    "/documents?outlet=tidaltimes01",
    "/documents?from=2026-03-01&to=2026-03-20",
    "/documents?outlet=tidaltimes01&from=2026-03-01",
    "/q/quotation001",
    "/quotes/nothere00001/four-of-us",
)
SCAN = re.compile(r"^SCAN (?!CONSTANT)(?P<name>\w+)(?P<how>.*)$")
SEQ_SCAN = re.compile(r"Seq Scan on (?P<name>\w+)")


@pytest.fixture(scope="module")
def statements(client: TestClient) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Every statement that the pages issue, with the address and the values it was issued with first."""
    found: dict[str, tuple[str, tuple[object, ...]]] = {}
    with heard(client) as said:
        for address in (*ADDRESSES, *map(json_twin, ADDRESSES), *LISTS):
            said.clear()
            client.get(address)
            for statement, parameters in said:
                found.setdefault(statement, (address, parameters))
    return {statement: seen for statement, seen in found.items() if statement.startswith(("SELECT", "WITH"))}


def test_no_page_scans_a_table(client: TestClient, statements: dict[str, tuple[str, tuple[object, ...]]]) -> None:
    engine: Engine = client.app.state.engine  # type: ignore[attr-defined]
    assert len(statements) > 20
    scans = [
        f"{address}: {step}\n    {' '.join(statement.split())}"
        for statement, (address, parameters) in statements.items()
        for step in scanned(engine, statement, parameters)
    ]
    assert not scans, "\n".join(scans)


def scanned(engine: Engine, statement: str, parameters: tuple[object, ...]) -> Iterator[str]:
    """Steps of a statement's plan that read a table that may be large from end to end, and by no index."""
    if engine.dialect.name == "postgresql":
        yield from seq_scanned(engine, statement, parameters)
        return
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [step for *_, step in plan]
        # An index may be walked from its beginning as far as a limit; rows that are sorted after it are all walked.
        walks = "LIMIT" in statement and "USE TEMP B-TREE FOR ORDER BY" not in steps
        for step in steps:
            found = SCAN.match(step)
            if not found or (walks and "INDEX" in found["how"]):
                continue
            if large(statement, found["name"]) and not bounded(statement):
                yield step


def seq_scanned(engine: Engine, statement: str, parameters: tuple[object, ...]) -> Iterator[str]:
    """The same, where PostgreSQL takes any index rather than none, however few rows there are."""
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for (step,) in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters):
            found = SEQ_SCAN.search(step)
            if found and found["name"] in {*Table.metadata.tables} - SMALL and not bounded(statement):
                yield step


def bounded(statement: str) -> bool:
    """Whether it counts the rows of a whole list up to a limit: it reads no more rows than that."""
    return bool(re.match(r"SELECT count\(\*\) AS count_1 \nFROM \(SELECT [?%]", statement)) and "WHERE" not in statement


def large(statement: str, name: str) -> bool:
    """Whether a name in a plan is that of a table of ours that grows with the corpus, or another name for one."""
    table = re.search(rf"\b(\w+) AS {name}\b", statement)
    return (table[1] if table else name) in {*Table.metadata.tables} - SMALL
