"""The way in, and the list of alerts behind it."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.main import create_app
from app.settings import settings
from tests.databases import NewDatabase
from tests.web.pages import Page

COUNTED = ("documents", "quotations", "quotes", "speakers", "outlets", "variants", "parts")


def kinds(client: TestClient, address: str) -> list[str]:
    alerts = client.get(address).json()["alerts"]
    return [alert["label"]["kind"] if alert["label"] else "several speakers" for alert in alerts]


def test_one_search_box_leads_to_the_search(client: TestClient) -> None:
    html = client.get("/").text
    assert html.count('type="search"') == 1
    assert 'action="/search"' in html
    assert 'name="q"' in html


def test_alerts_say_what_differs_in_the_words_themselves(client: TestClient) -> None:
    page = Page(client.get("/").text)
    assert "negation differs: without “no”" in page.text
    assert "several speakers named: Ada Quill, Bo Tarn" in page.text
    assert "/v/dismissed001v1" in page.links
    assert "/alerts" in page.links


def test_alerts_are_listed_newest_first(client: TestClient) -> None:
    days = [alert["at"]["at"] for alert in client.get("/alerts.json").json()["alerts"]]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("kind", "found"), [("negation", ["negation differs"]), ("speaker", ["several speakers"] * 2), ("number", [])]
)
def test_alerts_are_filtered_by_kind(client: TestClient, kind: str, found: list[str]) -> None:
    assert kinds(client, f"/alerts.json?kind={kind}") == found


def test_a_kind_that_there_is_not_is_refused(client: TestClient) -> None:
    assert client.get("/alerts?kind=odd").status_code == 400


def test_an_empty_field_of_the_filter_is_left_out_of_the_address(client: TestClient) -> None:
    assert client.get("/alerts?kind=").headers["Location"] == "/alerts"


def test_alerts_come_in_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(settings(), "page_size", 2)
    first = client.get("/alerts.json").json()
    second = client.get(first["next"].replace("/alerts?", "/alerts.json?")).json()
    assert len(first["alerts"]) == 2
    assert [one["quote"] for one in second["alerts"]]
    assert second["first"] == "/alerts"


def test_the_start_page_counts_nothing(client: TestClient) -> None:
    said: list[str] = []
    engine = client.app.state.engine  # type: ignore[attr-defined]

    def note(*arguments: object) -> None:
        said.append(str(arguments[2]).lower())

    event.listen(engine, "before_cursor_execute", note)
    client.get("/")
    event.remove(engine, "before_cursor_execute", note)
    assert said
    assert not [statement for statement in said if "count(" in statement]


def test_a_corpus_without_alerts_says_so(new_database: NewDatabase) -> None:
    with TestClient(create_app(new_database())) as client:
        assert "No alerts" in Page(client.get("/alerts").text).text
        assert "Alerts" not in Page(client.get("/").text).text
