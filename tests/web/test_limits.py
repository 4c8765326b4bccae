"""What a request may cost, and what it is told where it costs more."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app.errors import Overrun
from app.main import create_app
from app.settings import settings
from app.store.engine import writing
from app.store.reading import reading, reading_engine
from app.store.tables import QuoteRow
from tests.databases import opened
from tests.web.pages import GOOD_VIBES, Page

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


@contextmanager
def site(database: str, monkeypatch: pytest.MonkeyPatch, **chosen: object) -> Iterator[TestClient]:
    """A site with other settings."""
    for name, value in chosen.items():
        monkeypatch.setattr(settings(), name, value)
    with TestClient(create_app(database), follow_redirects=False) as client:
        yield client


def test_an_address_that_is_too_long_is_not_read(client: TestClient) -> None:
    response = client.get("/quotes.json?q=" + "x" * 20_000)
    assert response.status_code == 414
    assert response.json()["message"] == "This address has 20,014 bytes; at most 20,000 are read."
    assert "Content-Security-Policy" in response.headers


def test_the_longest_text_that_can_be_checked_fits_into_an_address(client: TestClient) -> None:
    assert client.get("/check", params={"q": "“" * 2000}).status_code == 200


def test_a_body_that_is_too_large_is_refused_by_its_length(client: TestClient) -> None:
    response = client.post("/reports", content=b"x" * 64_001, headers=FORM)
    assert response.status_code == 413
    assert "larger than 64,000 bytes" in Page(response.text).text


def test_a_body_of_unknown_length_is_refused_as_it_comes(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with site(database, monkeypatch, max_body_bytes=1_000) as client:
        response = client.post("/reports", content=iter([b"x" * 600, b"x" * 600]), headers=FORM)
        assert response.status_code == 413


@pytest.mark.parametrize(
    ("limit", "addresses"),
    [
        ("searches_per_minute", ["/search?q=a", "/search.json?q=b", "/quotes?q=c"]),
        ("checks_per_minute", ["/check?q=a", "/check.json?q=b", "/check"]),
    ],
)
def test_a_client_that_asks_too_often_waits(
    database: str, monkeypatch: pytest.MonkeyPatch, limit: str, addresses: list[str]
) -> None:
    with site(database, monkeypatch, **{limit: 2}) as client:
        answers = [client.get(address) for address in addresses]
        assert [answer.status_code == 429 for answer in answers] == [False, False, True]
        assert 0 < int(answers[2].headers["Retry-After"]) <= 60
        assert "from your address" in Page(answers[2].text).text
        twin = client.get(addresses[1])
        assert twin.json()["title"] == "Too often"
        assert client.get("/quotes").status_code == 200  # only what is counted is held back
        assert 'variorum_rate_limited_total{route="' in client.app.state.metrics.text().decode()  # type: ignore[attr-defined]


def test_suggestions_are_limited_and_take_nothing_from_searches(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with site(database, monkeypatch, searches_per_minute=1) as client:
        typed = [client.get("/suggest", params={"q": "vibes"[:n]}) for n in (1, 2, 3)]
        assert [answer.status_code for answer in typed] == [200, 200, 429]
        assert 0 < int(typed[2].headers["Retry-After"]) <= 60
        assert client.get("/search?q=vibes").status_code == 200
    with site(database, monkeypatch, searches_per_minute=0) as client:
        assert {client.get("/suggest?q=v").status_code for _ in range(3)} == {200}


def test_a_proxy_is_believed_only_where_a_setting_trusts_it(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(client: TestClient) -> list[int]:
        names = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(2)]
        return [client.get("/search.json", headers=header).status_code for header in names]

    with site(database, monkeypatch, searches_per_minute=1) as client:
        assert ask(client) == [200, 429]
    with site(database, monkeypatch, searches_per_minute=1, trusted_proxies="*") as client:
        assert ask(client) == [200, 200]


def test_what_takes_too_long_is_stopped(database: str) -> None:
    engine = reading_engine(database, 0.05)
    with pytest.raises(Overrun), reading(engine) as connection:
        connection.execute(text(ENDLESS))
    with reading(engine) as connection:  # the connection goes on serving others
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_a_page_that_takes_too_long_says_so(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(connection: object, *_: object) -> None:
        connection.execute(text(ENDLESS))  # type: ignore[attr-defined]

    with site(database, monkeypatch, request_seconds=0.05) as client:
        client.app.state.check = slow  # type: ignore[attr-defined]
        response = client.get("/check?q=anything")
        assert response.status_code == 503
        assert "took too long, and was stopped" in Page(response.text).text
        assert client.get("/quotes").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/suggest?q=vibes",
        "/quotes.atom",
        "/search.atom?q=vibes",
        "/quotes/goodvibes001/cite.txt",
        "/quotes.json",
        "/embed/quotes/goodvibes001",
        "/oembed?url=http://testserver/quotes/goodvibes001",
        "/panels/goodvibes001",
        "/sitemap.xml",
        "/sitemaps/quotes-1.xml",
    ],
)
def test_readers_who_come_at_once_open_no_more_connections_than_there_are_threads(
    database: str, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    opened: list[object] = []
    with site(database, monkeypatch, threads=2) as client, ThreadPoolExecutor(30) as readers:
        client.get("/healthz")
        event.listen(client.app.state.engine, "connect", lambda raw, _: opened.append(raw))  # type: ignore[attr-defined]
        answers = list(readers.map(client.get, [address] * 30))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert 1 <= len(opened) <= 3  # with the one that the version of the data is read over


def test_pages_can_not_write(client: TestClient) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), client.app.state.engine.begin() as connection:  # type: ignore[attr-defined]
        connection.execute(text("DELETE FROM reports"))


def test_a_page_answers_while_a_write_is_under_way(client: TestClient) -> None:
    with writing(client.app.state.writer, "nothing shown") as session:  # type: ignore[attr-defined]
        session.add(QuoteRow(public_id="underway0001", text="Not yet"))
        session.flush()
        assert client.get(GOOD_VIBES).status_code == 200
        assert client.get("/quotes/underway0001").status_code == 404
        session.rollback()


def test_a_report_does_not_wait_long_for_a_write_that_is_under_way(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.main._BRIEF", 0.01)
    form = {"kind": "quote", "id": "goodvibes001", "reason": "other", "text": "while writing"}
    with site(database, monkeypatch) as client, opened(database) as engine, writing(engine, "nothing shown") as session:
        session.add(QuoteRow(public_id="underway0001", text="Not yet"))
        session.flush()
        response = client.post("/reports", data=form)
        assert response.status_code == 503
        assert "send it again in a few minutes" in Page(response.text).text
        session.rollback()
