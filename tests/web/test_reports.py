"""“Something is wrong”: a form on quotes and quotations, filed without an account; of the reader nothing is kept."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.main import create_app
from app.settings import settings
from app.store.engine import writing
from app.store.report_tables import ReportRow
from app.web.limiter import WINDOW, Limiter
from tests.databases import NewDatabase, opened
from tests.web.corpus import write
from tests.web.pages import GOOD_VIBES, Page

PATIENCE = 60  # seconds
FORM = {"kind": "quotation", "id": "quotation005", "reason": "wrong speaker", "text": "It was Quill.\r\nReally."}


@pytest.fixture
def address(new_database: NewDatabase) -> str:
    """A corpus of one's own to write in."""
    address = new_database()
    with opened(address) as engine:
        write(engine)
    return address


@pytest.fixture
def writer(address: str) -> Iterator[TestClient]:
    with TestClient(create_app(address), follow_redirects=False) as client:
        yield client


def post(client: TestClient, headers: dict[str, str] | None = None, **changed: str) -> Response:
    return client.post("/reports", data=FORM | changed, headers=headers or {})


def kept(address: str) -> list[dict[str, object]]:
    with opened(address) as engine, engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(ReportRow.__table__)).mappings()]


def test_a_report_is_kept_and_thanked_for(writer: TestClient, address: str) -> None:
    response = post(writer)
    assert response.status_code == 303
    page = Page(writer.get(response.headers["location"]).text)
    assert page.all("h1") == ["Thank you"]
    assert "/q/quotation005" in page.links
    (row,) = kept(address)
    assert (row["target_kind"], row["target"], row["reason"], row["text"], row["state"], row["decision"]) == (
        "quotation",
        "quotation005",
        "wrong speaker",
        "It was Quill.\nReally.",
        "open",
        None,
    )


def test_nothing_is_kept_about_the_reader(writer: TestClient, address: str) -> None:
    post(writer, {"User-Agent": "Peculiar/1.0", "X-Forwarded-For": "192.0.2.7"})
    (row,) = kept(address)
    assert set(row) == {
        "id", "public_id", "target_kind", "target", "reason", "text", "created_at", "state", "decision",
    }  # fmt: skip
    assert not [value for value in row.values() if "Peculiar" in str(value) or "192.0.2.7" in str(value)]


def test_every_quote_and_quotation_has_the_form(client: TestClient) -> None:
    quote, document = client.get(GOOD_VIBES).text, Page(client.get("/documents/docecho00001").text)
    assert hidden("quote", "goodvibes001") in quote
    for quotation in ("quotation005", "quotation008", "quotation013"):
        address = f"/reports/new?kind=quotation&id={quotation}"
        assert address in document.links
        assert hidden("quotation", quotation) in client.get(address).text


def hidden(kind: str, target: str) -> str:
    return f'<input type="hidden" name="kind" value="{kind}"><input type="hidden" name="id" value="{target}">'


def test_each_place_on_the_page_of_a_quote_can_be_reported(client: TestClient) -> None:
    page = client.get(GOOD_VIBES)
    places = client.get(f"{GOOD_VIBES}.json").json()["places"]
    assert len(places) > 1
    for place in places:
        assert f"/reports/new?kind=quotation&id={place['occurrence']['quotation']}" in Page(page.text).links


def test_the_form_shows_what_it_reports_and_where_that_stands(client: TestClient) -> None:
    page = Page(client.get("/reports/new?kind=quotation&id=quotation005").text)
    assert "pretty good resonance" in page.all("blockquote")[0]
    assert "/documents/docecho00001#q-quotation005" in page.links
    assert GOOD_VIBES in Page(client.get("/reports/new?kind=quote&id=goodvibes001").text).links


@pytest.mark.parametrize(("kind", "status"), [("quotation", 404), ("quote", 404), ("speaker", 400)])
def test_there_is_no_form_for_what_is_not_here(client: TestClient, kind: str, status: int) -> None:
    assert client.get(f"/reports/new?kind={kind}&id=nosuchid0001").status_code == status


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("wrong speaker", "wrong speaker"),
        ("not the same quote", "not the same quote"),
        ("not a quote", "not a quote"),
        ("bad boundaries", "begins or ends in the wrong place"),
        ("other", "other"),
    ],
)
def test_every_reason_that_the_form_offers_is_taken(writer: TestClient, address: str, reason: str, words: str) -> None:
    assert f'<option value="{reason}">{words}</option>' in writer.get(GOOD_VIBES).text
    assert post(writer, reason=reason, kind="quote", id="goodvibes001", text="").status_code == 303
    assert kept(address)[0]["reason"] == reason


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"reason": "dull"}, 400, "no reason"),
        ({"reason": ""}, 400, "no reason"),
        ({"kind": "speaker"}, 400, "neither a quote nor a quotation"),
        ({"id": ""}, 400, "what it is about"),
        ({"id": "x" * 17}, 400, "what it is about"),
        ({"id": "nosuchid0001"}, 404, "no quotation with this id"),
        ({"text": "x" * 501}, 400, "At most 500"),
        ({"text": "x" * 9000}, 413, "longer than a report may be"),
    ],
)
def test_what_makes_no_report_is_refused_with_the_reason(
    writer: TestClient, address: str, changed: dict[str, str], status: int, said: str
) -> None:
    response = post(writer, **changed)
    assert response.status_code == status
    assert said in Page(response.text).text
    assert kept(address) == []


@pytest.mark.parametrize("body", [b"\xff\xfe=%00", b"", b"{}"])
def test_odd_bodies_are_refused(writer: TestClient, body: bytes) -> None:
    for kind in ("application/x-www-form-urlencoded", "application/json", ""):
        assert writer.post("/reports", content=body, headers={"Content-Type": kind}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_other_sites_can_not_file_reports(writer: TestClient, address: str, headers: dict[str, str]) -> None:
    response = post(writer, headers)
    assert response.status_code == 403
    assert "another site" in Page(response.text).text
    assert kept(address) == []


def test_an_error_of_the_database_names_no_words_of_the_reader(writer: TestClient, address: str) -> None:
    with opened(address) as engine, engine.begin() as connection:
        connection.execute(text("ALTER TABLE reports RENAME TO elsewhere"))
    with pytest.raises(DBAPIError) as raised:
        post(writer, text="It was my neighbour.")
    assert "reports" in str(raised.value)
    assert "neighbour" not in str(raised.value)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_pages_can(writer: TestClient, headers: dict[str, str]) -> None:
    assert post(writer, headers).status_code == 303


def test_too_many_reports_are_held_back_with_the_time_to_wait(writer: TestClient, address: str) -> None:
    writer.app.state.limiter = Limiter(each=2, altogether=10)  # type: ignore[attr-defined]
    assert [post(writer, text=str(n)).status_code for n in range(3)] == [303, 303, 429]
    response = post(writer)
    assert 0 < int(response.headers["Retry-After"]) <= WINDOW
    assert "Too many reports" in Page(response.text).text
    assert len(kept(address)) == 2


def test_a_busy_database_says_so_and_names_no_file(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "busy_seconds", 0.1)
    with TestClient(create_app(address), follow_redirects=False) as client:
        with opened(address) as engine, writing(engine) as session:
            session.connection()
            response = post(client)
        assert response.status_code == 503
        assert "busy" in Page(response.text).text
        assert address.split("/")[-1].split("?")[0] not in response.text
        assert post(client).status_code == 303


def test_a_page_that_only_reads_does_not_wait_for_a_report(address: str, writer: TestClient) -> None:
    with opened(address) as engine, writing(engine) as session:
        session.connection()
        assert writer.get(GOOD_VIBES).status_code == 200


def test_thanks_lead_nowhere_else(client: TestClient) -> None:
    page = Page(client.get("/reports/thanks?kind=quote&id=goodvibes001").text)
    assert "/quotes/goodvibes001" in page.links
    assert client.get("/reports/thanks?kind=quote&id=//evil.example").status_code == 400


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_client_has_a_share_and_all_have_one_too() -> None:
    limiter = Limiter(each=2, altogether=3, clock=Clock())
    assert [limiter.wait("192.0.2.1") for _ in range(3)] == [0, 0, 3600]
    assert [limiter.wait(f"192.0.2.{n}") for n in (2, 3)] == [0, 3600]


def test_an_hour_later_nothing_is_known_of_the_one_before() -> None:
    clock = Clock()
    limiter = Limiter(each=1, altogether=9, clock=clock)
    limiter.wait("192.0.2.1")
    before = dict(vars(limiter))
    clock.now = WINDOW
    assert limiter.wait("192.0.2.1") == 0
    assert vars(limiter)["_salt"] != before["_salt"]
    assert not set(vars(limiter)["_counts"]) & set(before["_counts"])


def test_one_reader_is_one_client_under_all_addresses_of_a_network() -> None:
    limiter = Limiter(each=1, altogether=9, clock=Clock())
    assert limiter.wait("2001:db8:1:1::1") == 0
    assert limiter.wait("2001:db8:1:1::2") == 3600
    assert limiter.wait("2001:db8:1:2::1") == 0


def test_a_report_that_does_not_arrive_is_not_waited_for(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.writing._SECONDS", 0.1)
    address = urlsplit(site)
    with socket.create_connection((address.hostname, address.port), PATIENCE) as reader:
        head = "POST /reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        reader.sendall(head.encode() + b"Content-Length: 50\r\n\r\nkind=")
        assert reader.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_readers_with_ipv4_are_clients_of_their_own_where_ipv6_carries_them() -> None:
    limiter = Limiter(each=1, altogether=9, clock=Clock())
    assert [limiter.wait(f"::ffff:192.0.2.{n}") for n in (1, 2)] == [0, 0]
    assert limiter.wait("192.0.2.1") == 3600
