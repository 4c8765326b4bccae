"""Pages that did not change are told so, or sent as they were made; those that did change are made anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.main import create_app
from app.settings import settings
from app.store.engine import writing
from app.store.tables import QuoteRow
from app.web.keeping import Keeper
from app.web.middleware import files_digest
from tests.databases import NewDatabase, opened
from tests.web.corpus import write
from tests.web.heard import heard
from tests.web.pages import ADDRESSES, GOOD_VIBES

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(scope="module")
def own(new_database: NewDatabase) -> str:
    """Address of an invented corpus that may be written to."""
    address = new_database()
    with opened(address) as engine:
        write(engine)
    return address


@pytest.fixture
def client(own: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A site of its own that keeps pages."""
    monkeypatch.setattr(settings(), "page_cache_bytes", 1_000_000)
    with TestClient(create_app(own), follow_redirects=False) as client:
        yield client


def change(client: TestClient, changes: str = "quotes") -> None:
    """Write something that the page of a quote shows."""
    with writing(client.app.state.writer, changes) as session:  # type: ignore[attr-defined, arg-type]
        session.execute(update(QuoteRow).where(QuoteRow.public_id == "goodvibes001").values(tied=True))


@pytest.mark.parametrize("address", ["/embed/quotes/goodvibes001", GOOD_VIBES, "/static/variorum.css"])
def test_an_answer_that_is_confirmed_keeps_the_policy_that_it_came_with(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    policy = "content-security-policy"
    assert {**first.headers, **again.headers}[policy] == first.headers[policy]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "HX-Request" in again.headers["Vary"]
    assert first.headers["Cache-Control"] == "no-cache"


def test_a_page_is_made_once_and_then_sent_as_it_was(client: TestClient) -> None:
    with heard(client) as said:
        first = client.get(GOOD_VIBES)
        made = len(said)
        again = client.get(GOOD_VIBES)
        assert made
        assert len(said) == made
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_write_makes_every_page_anew(client: TestClient) -> None:
    quote, twin, listed = (client.get(it) for it in (GOOD_VIBES, f"{GOOD_VIBES}.json", "/quotes"))
    change(client)
    for address, old in ((GOOD_VIBES, quote), (f"{GOOD_VIBES}.json", twin), ("/quotes", listed)):
        new = client.get(address, headers={"If-None-Match": old.headers["ETag"]})
        assert (new.status_code, new.headers["ETag"] != old.headers["ETag"]) == (200, True)
    assert client.get(f"{GOOD_VIBES}.json").json()["tied"] is True


def test_documents_that_are_taken_in_leave_the_pages_of_quotes_until_the_quotes_are_compared(
    client: TestClient,
) -> None:
    quote, documents = client.get(GOOD_VIBES), client.get("/documents")
    change(client, "documents")
    assert client.get(GOOD_VIBES).headers["ETag"] == quote.headers["ETag"]
    assert client.get("/documents").headers["ETag"] != documents.headers["ETag"]


def test_a_write_that_fails_changes_no_page(client: TestClient) -> None:
    def fail() -> None:
        with writing(client.app.state.writer) as session:  # type: ignore[attr-defined]
            session.execute(update(QuoteRow).values(tied=True))
            raise ZeroDivisionError

    before = client.get("/quotes").headers["ETag"]
    with pytest.raises(ZeroDivisionError):
        fail()
    assert client.get("/quotes").headers["ETag"] == before


def test_a_report_of_a_reader_changes_no_page(client: TestClient) -> None:
    before = client.get(GOOD_VIBES).headers["ETag"]
    form = {"kind": "quote", "id": "goodvibes001", "reason": "other", "text": ""}
    assert client.post("/reports", data=form).status_code == 303
    assert client.get(GOOD_VIBES).headers["ETag"] == before


@pytest.mark.parametrize(
    "headers", [HTMX, {**HTMX, "HX-Source": "input#q"}, {"Accept-Encoding": "identity"}, {"Host": "other.example"}]
)
def test_each_form_of_a_page_has_a_tag_of_its_own(client: TestClient, headers: dict[str, str]) -> None:
    whole, other = client.get("/quotes"), client.get("/quotes", headers=headers)
    assert whole.headers["ETag"] != other.headers["ETag"]
    assert client.get("/quotes", headers=headers).content == other.content
    assert client.get("/quotes").content == whole.content


def test_two_processes_agree_on_the_tag(client: TestClient, own: str) -> None:
    with TestClient(create_app(own)) as other:
        assert other.get(GOOD_VIBES).headers["ETag"] == client.get(GOOD_VIBES).headers["ETag"]


@pytest.mark.parametrize(
    "name",
    ["web/pages.py", "base.html", "opensearch.xml", "variorum.css", "tagger/manifest.json", "variants/manifest.json"],
)
def test_a_tag_covers_every_file_that_pages_are_made_of(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert digest_with(monkeypatch, name) != digest_with(monkeypatch, "no file")


def test_a_tag_covers_htmx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "htmx.min.js").touch()
    monkeypatch.setattr("app.web.middleware.resource", lambda _: tmp_path)
    assert digest_with(monkeypatch, "htmx.min.js") != digest_with(monkeypatch, "no file")


def digest_with(monkeypatch: pytest.MonkeyPatch, changed: str) -> bytes:
    """What the tags of a build depend on where one file is another."""
    read = Path.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda it: b"" if it.as_posix().endswith(changed) else b"\n" + read(it))
        return files_digest.__wrapped__()


@pytest.mark.parametrize("address", ["/quotes/nothere00001", "/nowhere", "/q/quotation001", "/healthz"])
def test_only_pages_that_were_found_have_a_tag(client: TestClient, address: str) -> None:
    assert "ETag" not in client.get(address).headers


def test_a_head_has_the_tag_of_its_page(client: TestClient) -> None:
    assert client.head("/quotes.json").headers["ETag"] == client.get("/quotes.json").headers["ETag"]
    assert client.head("/quotes").headers["ETag"] == client.get("/quotes").headers["ETag"]
    assert client.get("/quotes").text.startswith("<!doctype html>")


def test_a_feed_is_told_that_nothing_is_new(client: TestClient) -> None:
    tag = client.get("/quotes.atom").headers["ETag"]
    assert client.get("/quotes.atom", headers={"If-None-Match": tag}).status_code == 304


def test_pages_are_kept_compressed(client: TestClient) -> None:
    for _ in range(2):
        assert client.get(GOOD_VIBES, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in client.get(GOOD_VIBES, headers={"Accept-Encoding": "identity"}).headers


def test_a_packed_page_goes_to_no_reader_who_does_not_take_it(client: TestClient) -> None:
    both = [("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")]
    assert client.get("/speakers", headers=both).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/speakers", headers={"Accept-Encoding": "br"}).headers


def test_a_panel_goes_to_no_browser_that_asks_by_itself(client: TestClient) -> None:
    panel = "/panels/goodvibes001"
    assert client.get(panel, headers={"HX-Request": "true"}).status_code == 200
    for headers in ({"HX-Request": ""}, {}, {"HX-Request": "no"}):
        assert client.get(panel, headers=headers).status_code == 302


def test_what_is_kept_is_bounded_and_those_used_last_stay() -> None:
    keeper = Keeper(4_500)
    for tag in "abc":
        keeper.keep(tag, {}, {"body": b"x" * 1_000}, {})
        assert keeper.find("a") or tag == "c"
    assert [tag for tag in "abc" if keeper.find(tag)] == ["a", "c"]
    keeper.keep("d", {}, {"body": b"x" * 300_000}, {})
    assert keeper.find("d") is None
