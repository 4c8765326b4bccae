"""The OpenAPI description and the addresses keep to each other: schemathesis asks all that it allows and forbids."""

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.story_tables import StoryRow
from app.store.tables import DocumentRow, OutletRow, QuotationRow, QuoteRow, SpeakerRow, VariantRow

KINDS = {
    "quotes": QuoteRow,
    "v": VariantRow,
    "q": QuotationRow,
    "documents": DocumentRow,
    "speakers": SpeakerRow,
    "outlets": OutletRow,
    "stories": StoryRow,
}


@pytest.fixture(scope="session")
def contract(seeded_client: TestClient) -> BaseSchema:
    """The description of the site over the sample documents; every third request asks for something that is there."""
    app = seeded_client.app
    with Session(app.state.engine) as session:  # type: ignore[attr-defined]
        known = {kind: session.scalars(select(row.public_id).limit(50)).all() for kind, row in KINDS.items()}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)

    @schema.hook
    def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
        kind = context.operation.path.strip("/").partition("/")[0]
        if path_parameters and "public_id" in path_parameters and known.get(kind):
            draw = hash(str(path_parameters["public_id"]))
            if draw % 3:
                path_parameters["public_id"] = known[kind][draw % len(known[kind])]
        return path_parameters

    return schema


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_address_answers_as_it_is_described(contract: BaseSchema, mode: GenerationMode) -> None:
    for operation in contract.get_all_operations():
        ask(operation.ok(), mode)


def ask(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    """Send requests that keep to the description of one address, or break it, and run all checks on the answers."""

    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case) -> None:
        case.call_and_validate()

    with suppress(Unsatisfiable):  # an address without parameters can't be asked wrongly
        one()
