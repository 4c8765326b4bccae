"""What pages ask the database, by SQLAlchemy or as prepared statements."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, event

from app.store.prepared import Plan

Statement = tuple[str, Any]  # with its values


@contextmanager
def heard(client: TestClient) -> Iterator[list[Statement]]:
    """The statements that pages issue meanwhile, but for the version of the data, which every request reads."""
    engine: Engine = client.app.state.engine  # type: ignore[attr-defined]
    said: list[Statement] = []
    rows = Plan.rows

    def note(statement: str, parameters: Any) -> None:
        if "FROM data_version" not in statement:
            said.append((statement, parameters))

    def executed(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        note(statement, parameters)

    def noted(plan: Plan, connection: Connection, values: Any) -> list[Any]:
        note(*_by_driver(plan.text, plan.given(values)))
        return rows(plan, connection, values)

    event.listen(engine, "before_cursor_execute", executed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plan, "rows", noted)
        yield said
    event.remove(engine, "before_cursor_execute", executed)


def _by_driver(statement: str, values: Any) -> Statement:
    """A statement whose parameters have numbers ($1), as psycopg takes them from others."""
    places = [int(place) - 1 for place in re.findall(r"\$(\d+)", statement)]
    if not places:
        return statement, values
    return re.sub(r"\$\d+", "%s", statement.replace("%", "%%")), tuple(values[place] for place in places)


def selects(said: list[Statement]) -> list[str]:
    """Those that read."""
    return [statement for statement, _ in said if statement.startswith("SELECT")]
