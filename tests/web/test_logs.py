"""The log says what was asked in general: never by whom, nor in which words."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from fastapi.testclient import TestClient

from app.logs import JsonLines, TextLines, log_config
from app.main import create_app
from app.settings import settings


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the log of requests says meanwhile, as JSON lines."""
    out, logger = StringIO(), logging.getLogger("variorum.requests")
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield out
    logger.removeHandler(handler)


def test_a_line_names_route_id_status_and_time(client: TestClient, written: StringIO) -> None:
    response = client.get("/documents/docharbour01")
    line = json.loads(written.getvalue())
    assert line["route"] == "/documents/{public_id}"
    assert line["public_id"] == "docharbour01"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    assert line["milliseconds"] > 0
    assert line["request"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "address", ["/quotes/goodvibes001/secret-words", "/search?q=secret-words", "/secret-words", "/quotes/secret-words"]
)
def test_no_words_and_no_address_of_a_reader_are_logged(client: TestClient, written: StringIO, address: str) -> None:
    client.get(address, headers={"User-Agent": "secret-words", "Referer": "https://secret-words.example"})
    assert written.getvalue()
    assert "secret" not in written.getvalue()
    assert "testclient" not in written.getvalue()


def test_an_id_that_was_sent_is_taken_up(client: TestClient, written: StringIO) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc-123_DEF.4"}).headers["X-Request-ID"] == "abc-123_DEF.4"
    client.get("/quotes", headers={"X-Request-ID": "abc-123_DEF.4"})
    assert json.loads(written.getvalue())["request"] == "abc-123_DEF.4"


@pytest.mark.parametrize("sent", ["short", "x" * 65, "with space", 'quo"te12'])
def test_an_id_that_makes_no_sense_is_made_anew(client: TestClient, sent: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent


def test_a_failure_is_logged_with_its_id_and_the_reader_gets_it_too(
    database: str, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(database), raise_server_exceptions=False) as client:
        client.app.state.collate = None  # type: ignore[attr-defined]
        response = client.get("/")
    line = json.loads(written.getvalue())
    assert (response.status_code, line["status"], line["level"]) == (500, 500, "error")
    assert response.headers["X-Request-ID"] == line["request"]


def test_errors_of_ours_are_named(client: TestClient, written: StringIO) -> None:
    client.get("/q/nothere00001")
    assert json.loads(written.getvalue())["error"] == "NotFound"


def test_probes_that_go_well_are_logged_for_debugging_only(client: TestClient, written: StringIO) -> None:
    client.get("/healthz")
    assert written.getvalue() == ""


def test_a_trace_is_one_value_of_one_line() -> None:
    try:
        raise ValueError("of all things")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "it failed", (), (ValueError, error, None))
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "of all things" in json.loads(line)["trace"]


def test_a_setting_writes_text_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    assert log_config()["formatters"]["lines"]["()"] is JsonLines
    monkeypatch.setattr(settings(), "log_format", "text")
    assert log_config()["formatters"]["lines"]["()"] is TextLines
    record = logging.LogRecord("x", logging.INFO, "x", 1, "request", (), None)
    record.values = {"route": "/quotes", "status": 200}
    assert TextLines().format(record).endswith("INFO request route=/quotes status=200")
