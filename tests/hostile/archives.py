"""Archives and compressed files that lie, break off or blow up."""

import gzip
import zlib
from collections.abc import Iterator

_PAGE = (
    b"<html lang='en'><head><title>Archive</title></head><body><article>"
    + b"<p>The crews of the ferries met in the harbour. \xe2\x80\x9cWe sail on Monday,\xe2\x80\x9d said Ann Ashby.</p>"
    * 9
    + b"</article></body></html>"
)
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(
    block: bytes,
    length: object = None,
    target: bytes = b"https://pwned.example/x",
    date: bytes = b"2031-03-14T10:00:00Z",
    extra: bytes = b"",
) -> bytes:
    """A response record, with a length of its own where one is given."""
    told = str(len(block) if length is None else length).encode()
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + target + b"\r\nWARC-Date: " + date + b"\r\n"
        b"WARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n" + extra +
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + told + b"\r\n\r\n" + block + b"\r\n\r\n"
    )  # fmt: skip


def response(body: bytes, headers: bytes = b"", start: bytes = _HTTP) -> bytes:
    """An HTTP answer."""
    return start + headers + b"\r\n" + body


def archives() -> Iterator[tuple[str, str, bytes]]:
    """What each attacks, its name, and its bytes."""
    yield from _compressed()
    yield from _lying()
    yield from _contents()


def _compressed() -> Iterator[tuple[str, str, bytes]]:
    zeros = gzip.compress(b" " * 60_000_000, 9, mtime=0)
    line = gzip.compress(b'{"text":"' + b"a" * 60_000_000 + b'"}\n', 9, mtime=0)
    yield "a bomb of spaces", "bomb.txt.gz", zeros
    yield "a bomb of one JSON line", "bomb.jsonl.gz", line
    yield "a bomb of lines", "lines.jsonl.gz", gzip.compress(b"\n" * 60_000_000, 9, mtime=0)
    yield "a bomb of tags", "tags.html.gz", gzip.compress(b"<html><body>" + b"<b>" * 15_000_000, 9, mtime=0)
    yield "a bomb of a table", "table.csv.gz", gzip.compress(b"text,title\n" + b'"",""\n' * 8_000_000, 9, mtime=0)
    yield "many empty members", "members.txt.gz", gzip.compress(b"", mtime=0) * 50_000
    yield (
        "a bomb of a page in an archive",
        "page.warc.gz",
        gzip.compress(record(response(b"<p>" * 15_000_000)), mtime=0),
    )
    yield "members with rubbish between", "rubbish.txt.gz", gzip.compress(b"one", mtime=0) + b"rubbish" * 99
    yield "a member with a wrong checksum", "checksum.txt.gz", gzip.compress(_PAGE, mtime=0)[:-8] + b"\0" * 8
    yield "a header without data", "header.txt.gz", gzip.compress(_PAGE, mtime=0)[:10]
    yield "a header with an endless name", "name.txt.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 2_000_000
    bomb = zlib.compressobj(9, wbits=31)
    packed = bomb.compress(b"<p>words and words</p>" * 2_000_000) + bomb.flush()
    encoded = response(packed, b"Content-Encoding: gzip\r\n")
    yield "a bomb in a page's encoding", "encoding.warc", record(encoded)
    twice = response(gzip.compress(packed, mtime=0), b"Content-Encoding: gzip, gzip\r\n")
    yield "a page encoded twice", "encoded-twice.warc", record(twice)
    brotli = response(b"\xff" * 500, b"Content-Encoding: br\r\n")
    yield "an encoding that is not what it says", "brotli.warc", record(brotli)
    yield (
        "a length of compressed data that lies",
        "length.warc.gz",
        gzip.compress(record(response(_PAGE), 10**9), mtime=0),
    )


def _lying() -> Iterator[tuple[str, str, bytes]]:
    good = response(_PAGE)
    for length in (-1, 0, 1, 10**6, 10**12, 2**63, 2**64, 10**30, "ten", "", "0x40", "1e9", "+40", " 40 40"):
        yield f"a record of length {length!r}", f"length-{length}.warc".replace(" ", "_"), record(good, length) * 2
    yield "a record cut in its head", "cut.warc", record(good)[:60]
    yield "a record without a length", "lengthless.warc", record(good).replace(b"Content-Length", b"Content-Lengths", 1)
    yield "two lengths", "two.warc", record(good, extra=b"Content-Length: 5\r\n")
    yield "a head without end", "head.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000
    yield "one endless header", "header.warc", b"WARC/1.0\r\nX: " + b"y" * 3_000_000
    yield "a version from the future", "version.warc", record(good).replace(b"WARC/1.0", b"WARC/9999999.9", 1)
    yield "only a version", "version-only.warc", b"WARC/1.0\r\n"
    yield "lines of version", "versions.warc", b"WARC/1.0\r\n\r\n" * 50_000
    yield "NUL in headers", "nul.warc", record(good, target=b"https://pwned.example/\0<script>window.pwned=1</script>")


def _contents() -> Iterator[tuple[str, str, bytes]]:
    for date in (
        b"0000-00-00T00:00:00Z",
        b"99999-01-01T00:00:00Z",
        b"",
        b"now",
        b"0001-01-01T00:00:00+23:59",
        b"9999-12-31T23:59:59-23:59",
    ):
        yield (
            f"a date of {date!r}",
            f"date-{date.decode().replace(':', '').replace('+', 'p')}.warc",
            record(response(_PAGE), date=date),
        )
    yield "a target that is no address", "target.warc", record(response(_PAGE), target=b"javascript:window.pwned=1//[")
    yield "a target of bytes", "bytes.warc", record(response(_PAGE), target=b"https://\xff\xfe[::1/\x1b[31m")
    yield (
        "chunks that lie",
        "chunks.warc",
        record(response(b"fffffffffffffff\r\nabc\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\n")),
    )
    yield (
        "chunks of minus one",
        "chunks-minus.warc",
        record(response(b"-1\r\nabc\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\n")),
    )
    yield (
        "a charset that is none",
        "charset.warc",
        record(response(_PAGE, start=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff'\"><x\r\n")),
    )
    yield (
        "a charset that is a codec",
        "codec.warc",
        record(response(_PAGE, start=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=zlib\r\n")),
    )
    yield (
        "a status that is none",
        "status.warc",
        record(response(_PAGE, start=b"HTTP/1.1 2OO OK\r\nContent-Type: text/html\r\n")),
    )
    yield "no HTTP", "nothing.warc", record(b"\x00" * 300)
    yield "an empty answer", "empty.warc", record(b"")
    yield "many headers", "headers.warc", record(response(_PAGE, b"X: y\r\n" * 100_000))
