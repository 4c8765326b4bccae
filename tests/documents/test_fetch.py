import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from app.documents import Limits, expand, read
from app.documents.guard import is_public
from app.records import Document, Rejected
from tests.documents.helpers import ARTICLE, TEXT, page


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, "answer_" + urlsplit(self.path).path.strip("/").replace("/", "_").partition(".")[0])()

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

    def answer_inside(self) -> None:
        self.send(b"", "text/plain", 302, Location="http://192.168.1.1/latest/meta-data")

    def answer_gone(self) -> None:
        self.send(b"gone", "text/html", 410)

    def answer_big(self) -> None:
        with suppress(ConnectionError):  # the reader hangs up, as it should
            self.send(b"words and more words " * 100_000, "text/plain")

    def answer_drip(self) -> None:
        with suppress(ConnectionError):
            while not stop.wait(0.05):
                self.wfile.write(b"H")  # never a whole line

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


HERE = Limits(fetch_seconds=5, fetch_private=True)


def fetch(url: str, limits: Limits = HERE) -> Document | Rejected:
    (given,) = expand([url])
    (found,) = read(given, limits)
    return found


def reason(url: str, limits: Limits = HERE) -> str:
    found = fetch(url, limits)
    assert isinstance(found, Rejected)
    assert found.name == url
    return found.reason


def test_a_page_is_read_from_its_address(site: str) -> None:
    found = fetch(f"{site}/page")
    assert isinstance(found, Document)
    assert found.text.endswith(ARTICLE[-1])
    assert (found.name, found.url, found.media) == (f"{site}/page", f"{site}/page", "html")


@pytest.mark.parametrize("path", ["page", "gone"])
def test_a_name_and_password_in_an_address_are_never_kept(site: str, path: str) -> None:
    (found,) = read(expand([f"{site}/{path}".replace("://", "://reader:s3cret@")])[0], Limits(fetch_private=True))
    assert found.name == f"{site}/{path}"
    assert "s3cret" not in repr(found)


@pytest.mark.parametrize("login", ["reader:s3/cret", "reader:s3?c@ret", "reader:s3#cret"])
def test_a_password_that_makes_no_address_is_neither_kept_nor_shown(login: str) -> None:
    (found,) = read(expand([f"https://{login}@paper.example/@page"])[0], HERE)
    assert isinstance(found, Rejected)
    assert "name and password" in found.reason
    assert "s3" not in repr(found)


def test_an_address_without_a_login_stays_as_it_is() -> None:
    for address in ("https://paper.example/@writer", "https://paper.example:80/@writer", "https://[::1]:80/?to=a@b"):
        assert expand([address])[0].name == address


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
    assert "100,000 bytes" in reason(f"{site}/big", Limits(max_document_bytes=100_000, fetch_private=True))


def test_a_silent_server_is_given_up(site: str) -> None:
    assert "in time" in reason(f"{site}/never", Limits(fetch_seconds=0.2, fetch_private=True))


def test_a_server_that_sends_byte_after_byte_is_given_up(site: str) -> None:
    assert "in time" in reason(f"{site}/drip", Limits(fetch_seconds=0.3, fetch_private=True))


PRIVATE = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "10.1.2.3", "172.16.0.9", "192.168.1.1",
           "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fd00::1]",
           "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]",
           "[fec0::1]", "[64:ff9b:1::7f00:1]", "[::7f00:1]", "[::ffff:0:7f00:1]", "[5f00::1]"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_addresses_of_this_machine_and_of_private_networks_are_refused(host: str) -> None:
    assert "private network" in reason(f"http://{host}:9/a", Limits(fetch_seconds=2))


def test_nothing_is_sent_to_a_private_address(site: str) -> None:
    assert "private network" in reason(f"{site}/page", Limits(fetch_seconds=2))


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = site.rpartition(":")[2]
    monkeypatch.setattr("app.documents.guard.is_public", lambda address: str(address) == "127.0.0.1")
    assert "192.168.1.1 is an address" in reason(f"http://127.0.0.1:{port}/inside", Limits(fetch_seconds=2))


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *given: object, **named: object) -> object:
        if host != "paper.example":
            return real(host, port, *given, **named)  # type: ignore[call-overload]
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "192.168.1.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("app.documents.guard.is_public", lambda address: str(address) == "127.0.0.1")
    found = fetch(f"http://paper.example:{site.rpartition(':')[2]}/page", Limits(fetch_seconds=5))
    assert isinstance(found, Document)
    assert asked == ["paper.example"]


def test_public_addresses_are_fetched() -> None:
    public = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
    assert all(is_public(ip_address(address)) for address in public)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1", "http://name.invalid/", "http://127.0.0.1:99999/"]
)
def test_an_unreachable_address_is_refused(url: str) -> None:
    assert "can't be reached" in reason(url)


def proxy(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let the environment name a proxy for all addresses."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, address)


@pytest.mark.parametrize("written", ["http://{}", "{}"])
def test_a_proxy_is_used_with_and_without_its_scheme(site: str, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy(monkeypatch, written.format(site.removeprefix("http://")))
    found = fetch("http://paper.example/page", Limits(fetch_seconds=5))
    assert isinstance(found, Document)
    assert found.url == "http://paper.example/page"


def test_a_proxy_that_sends_byte_after_byte_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy(monkeypatch, site)
    assert "in time" in reason("http://paper.example/drip", Limits(fetch_seconds=0.3))


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9", "http://[::1", "127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy(monkeypatch, address)
    assert "can't be reached" in reason("http://paper.example/page")


def test_an_address_that_is_none_is_refused_beside_a_proxy_too(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy(monkeypatch, site)
    assert "can't be reached" in reason("http://[::1")


def test_other_schemes_are_refused() -> None:
    assert "http and https" in reason("ftp://courier.example/a.txt")
