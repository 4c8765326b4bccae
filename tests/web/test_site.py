"""What holds for every page."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jinja2 import Environment

from app.main import create_app
from app.web import contexts
from app.web.addresses import json_twin
from app.web.headers import POLICY
from tests.databases import NewDatabase
from tests.web.corpus import HOSTILE
from tests.web.heard import heard, selects
from tests.web.pages import ADDRESSES, Page

BASES = (contexts.Page, contexts.ListPage, contexts.NoticePage)
PAGES = [page for base in BASES for page in base.__subclasses__() if hasattr(page, "template")]  # of all modules


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_answers_with_one_heading_and_headings_in_order(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    levels = [int(name[1]) for name, _ in Page(response.text).elements if name in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_and_its_json_say_the_same(client: TestClient, address: str) -> None:
    html, twin = client.get(address).text, client.get(json_twin(address)).json()
    page = " ".join(unescape(re.sub("</?mark>", "", html)).split())
    assert json_twin(address) in page
    missing = {word for word in words(twin) if " ".join(word.split()) not in page}
    assert not missing


def words(value: object, key: str = "") -> Iterator[str]:
    """The texts of a page's JSON that are for people."""
    if isinstance(value, dict):
        document = "superseded" in value  # its name is the file that it came in, which only its own page shows
        for name, inner in value.items():
            yield from words(inner, "" if document and name == "name" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, key)
    elif isinstance(value, str) and key in ("name", "title", "alias", "evidence", "summary", "remark"):
        yield value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_reads_every_field_of_its_context(client: TestClient, page: type[contexts.Page]) -> None:
    environment: Environment = client.app.state.templates  # type: ignore[attr-defined]
    source = "".join(Path(environment.loader.searchpath[0], name).read_text() for name in names(page))  # type: ignore[union-attr]
    unread = {field.name for field in fields(page) if f"page.{field.name}" not in source}
    assert not unread


def names(page: type[contexts.Page]) -> list[str]:
    return ["base.html", "_macros.html", "_notice.html", page.template, *([page.fragment] if page.fragment else [])]


def test_every_internal_link_on_every_page_leads_to_a_page_and_a_place_in_it(client: TestClient) -> None:
    waiting, pages = ["/", "/quotes/splitquote01", "/nowhere"], {}
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        if response.status_code == 302:  # a permalink, which leads to where the thing stands now
            waiting.append(response.headers["location"].partition("#")[0])
            continue
        assert response.status_code in (200, 300) or address == "/nowhere", address
        pages[address] = Page(response.text) if "html" in response.headers["content-type"] else None
        if pages[address]:
            waiting += [link.partition("#")[0] for link in pages[address].links if link.startswith("/")]
    places = {link for page in pages.values() if page for link in page.links if "#" in link and link[0] == "/"}
    assert places
    for link in places:
        address, _, place = link.partition("#")
        assert place in pages[address].ids, link


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_titles_names_and_wordings_are_inert(client: TestClient, address: str) -> None:
    html = client.get(address).text
    assert "<script>alert" not in html
    assert "<img" not in html


def test_a_hostile_title_is_shown_as_it_is(client: TestClient) -> None:
    assert Page(client.get("/documents/dochostile01").text).all("h1") == [HOSTILE]


@pytest.mark.parametrize("address", ["/", "/nowhere", "/quotes.json", "/static/variorum.css", "/quotes?from=x"])
def test_every_answer_carries_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers


def test_pages_hold_no_inline_script_or_style(client: TestClient) -> None:
    for address in ADDRESSES:
        html = client.get(address).text
        assert "<style" not in html
        assert "style=" not in html
        assert "<script>" not in html


@pytest.mark.parametrize("address", ["/", "/quotes.json", "/static/variorum.css"])
def test_answers_are_sent_compressed_to_those_who_can_read_it(client: TestClient, address: str) -> None:
    assert client.get(address, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "identity"}).headers


def test_static_files_are_kept_for_ever_under_the_hash_of_their_content(client: TestClient) -> None:
    html = client.get("/").text
    address = html.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "?v=" in address
    assert "immutable" in client.get(address).headers["Cache-Control"]
    for other in ("/static/variorum.css", "/static/variorum.css?v=zzz", f"{address}&v=zzz"):
        assert client.get(other).headers["Cache-Control"] == "no-cache"


def test_a_packed_file_has_a_tag_that_is_not_that_of_its_bytes_and_offers_no_ranges(client: TestClient) -> None:
    plain, packed = (client.get("/static/variorum.css", headers={"Accept-Encoding": it}) for it in ("br", "gzip"))
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert ("Accept-Ranges" in plain.headers, "Accept-Ranges" in packed.headers) == (True, False)
    headers = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get("/static/variorum.css", headers=headers).status_code == 304


@pytest.mark.parametrize("name", ["package.json", "package-lock.json", "vendor/../package.json", "vendor", ""])
def test_only_files_that_pages_use_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(("method", "address", "status"), [("GET", "/nowhere", 404), ("POST", "/quotes", 405)])
def test_errors_are_pages_for_people_and_json_for_programs(
    client: TestClient, method: str, address: str, status: int
) -> None:
    response = client.request(method, address)
    assert response.status_code == status
    assert str(status) in Page(response.text).text
    twin = client.request(method, f"{address}.json")
    assert twin.json()["status"] == twin.status_code == status


def test_htmx_gets_an_error_without_the_page_around_it(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    response = client.get("/quotes?from=yesterday", headers=headers)
    assert response.status_code == 400
    assert "<html" not in response.text
    assert "HX-Push-Url" not in response.headers


def test_a_database_that_fails_answers_503_and_names_the_file_in_the_log_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "broken.db"
    with TestClient(create_app(f"sqlite:///{path}")) as client:
        assert client.get("/healthz").status_code == 200
        client.app.state.engine.dispose()  # type: ignore[attr-defined]
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
        path.write_text("this is no database " * 500)
        response = client.get("/quotes")
        assert response.status_code == 503
        assert "The database can’t be used just now" in Page(response.text).text
        assert str(tmp_path) not in response.text
        logged = caplog.records[-1].values  # type: ignore[attr-defined]
        assert logged["reason"].startswith(f"The database {path} is not a database.")
        assert client.get("/quotes.json").json()["hint"]


def test_an_unexpected_failure_is_a_page_too(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(database)
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.collate = None
        response = client.get("/")
        assert response.status_code == 500
        assert "Something went wrong" in Page(response.text).text
        assert response.headers["Content-Security-Policy"] == POLICY


def test_a_page_takes_a_handful_of_queries_however_long_it_is(client: TestClient) -> None:
    with heard(client) as said:
        for address in ADDRESSES:
            said.clear()
            client.get(address)
            # beside these, a check looks up the words that it is asked about in the index, at most 28 a sentence
            asked = [it for it in selects(said) if not it.startswith("SELECT rowid")]
            # a search counts each thing asked of quotes and documents; a quote leads to others in several ways
            most = 16 if address.startswith("/search") else 15 if address.startswith("/quotes/") else 12
            assert len(asked) <= most, (address, len(asked))


def test_an_empty_corpus_has_pages_that_say_so(new_database: NewDatabase) -> None:
    with TestClient(create_app(new_database())) as client:
        assert "Nothing has been taken in yet" in Page(client.get("/").text).text
        for address in ("/quotes", "/documents", "/speakers", "/outlets"):
            assert client.get(address).status_code == 200


def test_json_is_utf8_and_holds_the_words_themselves(client: TestClient) -> None:
    body = client.get("/documents/docharbour01.json").content
    assert "“I'm getting" in body.decode("utf-8")
    assert json.loads(body)["quotations"][0]["speaker"]["name"] == "Ada Quill"


@pytest.mark.parametrize("kind", ["quotes", "documents", "speakers", "outlets", "stories"])
def test_an_unknown_id_leads_to_the_search(client: TestClient, kind: str) -> None:
    response = client.get(f"/{kind}/nosuchid0001")
    assert response.status_code == 404
    assert "/search" in re.findall(r'<p class="onward">.*?</p>', response.text)[0]
