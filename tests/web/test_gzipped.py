"""What is packed for readers who take gzip, and what is sent as it is."""

import asyncio
import gzip
import zlib
from collections.abc import Sequence

import pytest
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.web.gzipped import Gzipped

LONG = "A long answer, which says the same again and again. " * 50


def answered(response: Response, taken: str = "br, gzip") -> tuple[dict[str, str], list[bytes]]:
    """Headers and pieces of the body, as a reader gets them who takes these codings."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    scope = {"type": "http", "method": "GET", "headers": [(b"accept-encoding", taken.encode())]}
    asyncio.run(Gzipped(app)(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, [message["body"] for message in sent[1:]]


def test_a_long_answer_is_packed_and_says_so() -> None:
    headers, pieces = answered(Response(LONG, headers={"Vary": "HX-Request"}))
    body = b"".join(pieces)
    assert gzip.decompress(body).decode() == LONG
    assert len(body) < len(LONG) / 10
    assert (headers["content-encoding"], headers["content-length"]) == ("gzip", str(len(body)))
    assert headers["vary"] == "HX-Request, Accept-Encoding"


def test_readers_who_do_not_take_gzip_get_it_as_it_is_and_caches_know_that_others_do_not() -> None:
    headers, pieces = answered(Response(LONG), taken="br")
    assert b"".join(pieces).decode() == LONG
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("taken", ["GZIP", "br , gzip", "gzip;q=0.5", "identity;q=0, gzip; q=1.0"])
def test_gzip_may_be_written_in_any_letters_and_weighed(taken: str) -> None:
    headers, _ = answered(Response(LONG), taken)
    assert headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("taken", ["gzip;q=0", "br, Gzip; q=0.000", "notgzip", "identity", ""])
def test_a_weight_of_zero_refuses_gzip_and_another_name_is_not_it(taken: str) -> None:
    headers, pieces = answered(Response(LONG), taken)
    assert "content-encoding" not in headers
    assert b"".join(pieces).decode() == LONG


def test_each_piece_of_a_stream_can_be_read_when_it_comes() -> None:
    headers, pieces = answered(StreamingResponse(iter(["first ", "second ", "third"])))
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert read(reader, pieces) == ["first ", "second ", "third", ""]
    assert reader.eof
    assert headers["content-encoding"] == "gzip"
    assert "content-length" not in headers


def read(reader: "zlib._Decompress", pieces: Sequence[bytes]) -> list[str]:
    return [reader.decompress(piece).decode() for piece in pieces]


def test_what_is_short_packed_already_or_part_of_a_file_is_sent_as_it_is() -> None:
    for response in (
        Response("Short."),
        Response(LONG, media_type="image/png"),
        Response(LONG, headers={"Content-Encoding": "br"}),
        Response(LONG, 206, {"Content-Range": f"bytes 0-{len(LONG) - 1}/9999"}),
    ):
        headers, pieces = answered(response)
        assert b"".join(pieces) == response.body
        assert headers.get("content-encoding") in (None, "br")
        assert headers["content-length"] == str(len(response.body))
