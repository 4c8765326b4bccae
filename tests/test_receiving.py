"""What a connection may send: heads of requests that end, and come in time."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from time import sleep
from typing import Any

import pytest

from app import receiving
from tests.web.serving import listening

PATIENCE = 60  # seconds
LOOK = 0.5
MOST = 84_000  # bytes of a head
LONG = 20_000_000  # bytes of an answer
ANSWER = b"HTTP/1.1 200 "


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how long the body was; /slow takes longer than several looks, /long is more than systems keep."""
    assert scope["type"] == "http"
    if scope["path"] == "/slow":
        await asyncio.sleep(4 * LOOK)
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    said = bytes(LONG) if scope["path"] == "/long" else str(length).encode()
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(receiving, "_SECONDS", LOOK)
    with listening(app) as port:
        yield port


@pytest.fixture
def patient_port() -> Iterator[int]:
    """The same with the time that a reader has."""
    with listening(app) as port:
        yield port


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), PATIENCE)


def is_closed(connection: socket.socket) -> bool:
    """Whether the server ends the connection without another word."""
    with suppress(ConnectionResetError):
        return connection.recv(1) == b""
    return True


def is_closed_while_sending(connection: socket.socket, slowly: bytes) -> bool:
    with suppress(ConnectionError):
        for byte in slowly:
            connection.sendall(bytes([byte]))
            sleep(LOOK / 10)
        return False
    return True


@pytest.mark.parametrize(
    "head", [b"GET /", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nX: "], ids=["address", "name of a header", "header"]
)
def test_a_head_that_is_too_large_is_refused(patient_port: int, head: bytes) -> None:
    with connected(patient_port) as connection:
        connection.sendall(head.ljust(MOST + 1, b"x"))
        assert connection.recv(1000).startswith(b"HTTP/1.1 431 ")
        assert is_closed(connection)


def test_a_head_that_is_not_too_large_is_read_in_whatever_pieces_it_comes(patient_port: int) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: x\r\n" * 13_000 + b"\r\n"
    with connected(patient_port) as connection:
        for _ in range(2):
            for start in range(0, len(head), 30_000):
                connection.sendall(head[start : start + 30_000])
                sleep(0.01)
            assert connection.recv(1000).startswith(ANSWER)


def test_a_body_is_no_head_however_long_it_is(patient_port: int) -> None:
    with connected(patient_port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)
        assert b"1000000" in connection.recv(1000)


def test_lines_after_a_body_have_an_end_as_well(patient_port: int) -> None:
    with connected(patient_port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
        with suppress(ConnectionError):
            connection.sendall(b"X: ".ljust(10 * MOST, b"x"))
        assert is_closed(connection)


@pytest.mark.parametrize("begun", [b"", b"GET /quo", b"GET / HTTP/1.1\r\nX: x\r\n"], ids=["nothing", "line", "header"])
def test_a_head_that_does_not_come_in_time_closes_the_connection(port: int, begun: bytes) -> None:
    with connected(port) as connection:
        connection.sendall(begun)
        assert is_closed(connection)


def test_a_second_head_that_comes_byte_by_byte_does_so_too(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(ANSWER)
        connection.sendall(b"GET /")
        assert is_closed_while_sending(connection, b"x" * 1_000)


def test_an_answer_may_take_longer_than_its_head(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(ANSWER)


def test_a_connection_that_is_used_stays_open(port: int) -> None:
    with connected(port) as connection:
        for _ in range(10):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(1000).startswith(ANSWER)
            sleep(LOOK / 3)


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux alone ends connections by itself")
def test_a_reader_who_takes_nothing_of_an_answer_loses_the_connection(
    patient_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_UNTAKEN", 1)
    with connected(patient_port) as connection:
        connection.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\nGET /")
        assert is_closed_while_sending(connection, b"x" * 1_000)


def test_a_reader_who_takes_an_answer_slowly_gets_all_of_it(patient_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "_UNTAKEN", 1)
    with connected(patient_port) as connection:
        connection.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        taken = 0
        while taken < LONG:
            sleep(0.05)
            piece = connection.recv(500_000)
            assert piece
            taken += len(piece)
