"""The documentation for programs: complete, and true."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.settings import settings
from app.web.addresses import json_twin
from tests.web.pages import ADDRESSES, Page

SAMPLES = {
    "{public_id}": {
        "quotes": "goodvibes001",
        "documents": "docharbour01",
        "speakers": "adaquill0001",
        "outlets": "tidaltimes01",
        "q": "quotation001",
        "v": "goodvibes001v1",
        "stories": "harbourtalks",
        "share": "goodvibes001",
        "around": "goodvibes001",
    },
    "{slug}": "im-getting-some-pretty-good-vibes-coming-out-of-the-talks",
    "{form}": "bib",
}

VALUES = {
    "/oembed": {"url": "http://testserver/quotes/goodvibes001"},
    "/reports/new.json": {"kind": "quote", "id": "goodvibes001"},
}


@pytest.fixture(scope="module")
def schema(client: TestClient) -> Any:
    return client.get("/api/openapi.json").json()


def filled(path: str) -> str:
    area = path.split("/")[1]
    path = path.replace("{public_id}", SAMPLES["{public_id}"].get(area, ""))  # type: ignore[attr-defined]
    return path.replace("{slug}", str(SAMPLES["{slug}"])).replace("{form}", str(SAMPLES["{form}"]))


def test_every_address_that_it_names_answers(client: TestClient, schema: Any) -> None:
    for path in (path for path, operations in schema["paths"].items() if "get" in operations):
        assert client.get(filled(path), params=VALUES.get(path)).status_code in (200, 301, 302), path


def test_the_json_of_every_page_is_in_it(schema: Any) -> None:
    for area in ("/quotes", "/documents", "/speakers", "/outlets"):
        assert {f"{area}.json", f"{area}/{{public_id}}.json"} <= set(schema["paths"])
    files = {
        "/quotes.csv",
        "/documents.parquet",
        "/quotes.atom",
        "/search.atom",
        "/quotes/{public_id}/card.png",
        "/oembed",
    }
    assert files <= set(schema["paths"])
    assert not [path for path in schema["paths"] if path.startswith(("/embed", "/sitemap"))]


def test_the_page_names_every_address_and_parameter(client: TestClient, schema: Any) -> None:
    page = Page(client.get("/api").text)
    codes = page.all("code")
    for path, operations in schema["paths"].items():
        assert path in codes or f"POST {path}" in codes
        for operation in operations.values():
            assert {parameter["name"] for parameter in operation.get("parameters", ())} <= set(codes)
    assert "/api/openapi.json" in page.links
    assert "Raises" not in page.text


def test_parameters_say_what_they_are(client: TestClient) -> None:
    items = Page(client.get("/api").text).all("li")
    assert "sort changed or carried or newest, changed where it is left out" in items
    assert "from day. Earliest day, YYYY-MM-DD." in items


def test_the_description_loads_nothing_from_elsewhere(client: TestClient) -> None:
    html = client.get("/api").text
    assert "//cdn" not in html
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_json_that_the_description_describes(client: TestClient, schema: Any, address: str) -> None:
    body = client.get(json_twin(address)).json()
    path = next(
        path
        for path in schema["paths"]
        if filled(path) == json_twin(address).partition("?")[0] or matches(path, address)
    )
    answer = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    forms = [schema["components"]["schemas"][it["$ref"].rpartition("/")[2]] for it in answer.get("anyOf", [answer])]
    assert any(set(form["required"]) <= set(body) <= set(form["properties"]) for form in forms)
    assert json.dumps(body)


def matches(path: str, address: str) -> bool:
    """Whether an address is of the kind that a path describes."""
    want, have = path.split("/"), json_twin(address).partition("?")[0].split("/")
    return len(want) == len(have) and all(
        one == other or (one.startswith("{") and (".json" in one) == (".json" in other))
        for one, other in zip(want, have, strict=True)
    )


def test_lists_lead_on_page_by_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "page_size", 2)
    first = client.get("/quotes.json").json()
    following = client.get(json_twin(first["next"])).json()
    assert {quote["id"] for quote in first["quotes"]}.isdisjoint(quote["id"] for quote in following["quotes"])
