"""What pages ask the database, by SQLAlchemy or as prepared statements."""

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

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "FROM data_version" not in statement:
            said.append((statement, parameters))

    def noted(plan: Plan, connection: Connection, values: Any) -> list[Any]:
        said.append((plan.text, plan.given(values)))
        return rows(plan, connection, values)

    event.listen(engine, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plan, "rows", noted)
        yield said
    event.remove(engine, "before_cursor_execute", note)


def selects(said: list[Statement]) -> list[str]:
    """Those that read."""
    return [statement for statement, _ in said if statement.startswith("SELECT")]
