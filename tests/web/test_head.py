"""HEAD answers wherever GET does: link checkers, feed readers and load balancers ask by it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.web import downloads
from tests.web.pages import GOOD_VIBES
from tests.web.test_feeds import FEEDS

PLACES = (
    "/",
    "/quotes",
    "/quotes.json",
    GOOD_VIBES,
    f"{GOOD_VIBES}.json",
    "/quotes/goodvibes001/card.png",
    "/embed/quotes/goodvibes001",
    "/q/quotation001",
    "/quotes.csv",
    "/documents.parquet",
    "/robots.txt",
    "/sitemap.xml",
    "/static/favicon.svg",
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/nowhere",
    "/quotes/nothere00001",
    *FEEDS,
)
CHANGING = {"x-request-id"}


@pytest.mark.parametrize("address", PLACES)
def test_a_head_is_what_a_get_is_without_its_body(client: TestClient, address: str) -> None:
    asked, whole = client.head(address), client.get(address)
    assert asked.content == b""
    assert asked.status_code == whole.status_code
    assert {k: v for k, v in asked.headers.items() if k not in CHANGING} == {
        k: v for k, v in whole.headers.items() if k not in CHANGING
    }


def test_a_page_that_a_head_asked_for_is_whole_for_the_next_reader(client: TestClient) -> None:
    client.head("/quotes?sort=variants")
    assert client.get("/quotes?sort=variants").text.rstrip().endswith("</html>")


def test_what_takes_only_forms_refuses_a_head(client: TestClient) -> None:
    assert client.head("/reports").status_code == client.get("/reports").status_code == 405


def test_a_head_makes_no_more_of_a_file_than_its_beginning(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def endless(*_: object) -> Iterator[bytes]:
        while True:
            made.append(1)
            yield b"line\n" * 1_000

    monkeypatch.setattr(downloads, "stream", endless)
    assert client.head("/quotes.csv").status_code == 200
    assert len(made) <= 3


def test_the_documented_interface_lists_no_head(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {method for operations in paths.values() for method in operations} <= {"get", "post"}
