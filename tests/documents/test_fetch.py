import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.documents import Limits, expand, read
from app.records import Document, Rejected
from tests.documents.helpers import ARTICLE, TEXT, page


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, "answer_" + self.path.strip("/").replace("/", "_").partition(".")[0])()

    def send(self, body: bytes, content_type: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self) -> None:
        self.send(page().encode(), "text/html; charset=utf-8")

    def answer_plain(self) -> None:
        self.send(TEXT.encode("cp1252"), "text/plain; charset=windows-1252")

    def answer_rows(self) -> None:
        self.send(f'text,id\n"{TEXT}",r1\n'.encode(), "text/csv")

    def answer_moved(self) -> None:
        self.send(b"", "text/plain", 302, Location="/page")

    def answer_round(self) -> None:
        self.send(b"", "text/plain", 302, Location="/round")

    def answer_away(self) -> None:
        self.send(b"", "text/plain", 302, Location="file:///etc/hostname")

    def answer_gone(self) -> None:
        self.send(b"gone", "text/html", 410)

    def answer_big(self) -> None:
        with suppress(ConnectionError):  # the reader hangs up, as it should
            self.send(b"words and more words " * 100_000, "text/plain")

    def answer_never(self) -> None:
        stop.wait(20)

    def log_message(self, *_: object) -> None:
        pass


stop = threading.Event()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    stop.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def fetch(url: str, limits: Limits | None = None) -> Document | Rejected:
    (given,) = expand([url])
    (found,) = read(given, limits or Limits(fetch_seconds=5))
    return found


def reason(url: str, limits: Limits | None = None) -> str:
    found = fetch(url, limits)
    assert isinstance(found, Rejected)
    assert found.name == url
    return found.reason


def test_a_page_is_read_from_its_address(site: str) -> None:
    found = fetch(f"{site}/page")
    assert isinstance(found, Document)
    assert found.text.endswith(ARTICLE[-1])
    assert (found.name, found.url, found.media) == (f"{site}/page", f"{site}/page", "html")


def test_a_redirect_is_followed_to_the_address_that_is_kept(site: str) -> None:
    found = fetch(f"{site}/moved")
    assert isinstance(found, Document)
    assert found.url == f"{site}/page"


def test_the_stated_charset_is_used(site: str) -> None:
    found = fetch(f"{site}/plain")
    assert isinstance(found, Document)
    assert found.text == TEXT


def test_the_content_type_chooses_the_reader(site: str) -> None:
    found = fetch(f"{site}/rows")
    assert isinstance(found, Document)
    assert (found.media, found.name) == ("csv", "r1")


def test_endless_redirects_are_refused(site: str) -> None:
    assert "redirects more than 5 times" in reason(f"{site}/round")


def test_a_redirect_to_a_file_is_refused(site: str) -> None:
    assert "not http" in reason(f"{site}/away")


def test_an_error_of_the_server_is_refused(site: str) -> None:
    assert "410 Gone" in reason(f"{site}/gone")


def test_a_body_over_the_limit_is_refused(site: str) -> None:
    assert "100,000 bytes" in reason(f"{site}/big", Limits(max_document_bytes=100_000))


def test_a_silent_server_is_given_up(site: str) -> None:
    assert "in time" in reason(f"{site}/never", Limits(fetch_seconds=0.2))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1", "http://name.invalid/", "http://127.0.0.1:99999/"]
)
def test_an_unreachable_address_is_refused(url: str) -> None:
    assert "can't be reached" in reason(url)


def test_other_schemes_are_refused() -> None:
    assert "http and https" in reason("ftp://courier.example/a.txt")
