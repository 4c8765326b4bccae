"""WARC archives as Common Crawl's news crawl ships them: one document for each response that is HTML."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from functools import partial
from typing import Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from app.documents.dates import may_be_a_date
from app.documents.inputs import Limits
from app.documents.stream import CHUNK, Source, Stream
from app.documents.unparsed import Unparsed
from app.documents.webpage import parse
from app.errors import InputError
from app.records import Document, Published, Rejected

_HINT = "Fetch or copy the archive again; what stands before that place has been read."
_ENVELOPE = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
_PAGES = ("text/html", "application/xhtml+xml")


class _File:
    """What FastWARC reads from; it panics at an error, so a fault is kept and reads as the end."""

    def __init__(self, stream: Stream) -> None:
        self._chunks = iter(stream)
        self._held = b""
        self.position = 0  # bytes of the decompressed archive handed over
        self.tail = b""
        self.fault: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, b"" at the end and after a fault."""
        if not self._held:
            self._held = self._next()
        taken = self._held[:size] if size >= 0 else self._held
        self._held = self._held[len(taken) :]
        self.position += len(taken)
        self.tail = (self.tail + taken)[-4:]
        return taken

    def _next(self) -> bytes:
        try:
            return next(self._chunks, b"")
        except InputError as fault:
            self.fault = fault
            return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Never possible: the archive is read as a stream."""
        raise OSError("not seekable")

    def tell(self) -> int:
        """Bytes handed over so far."""
        return self.position

    def close(self) -> None:
        """Nothing to do: who opened the stream closes it."""

    @property
    def is_complete(self) -> bool:
        """Whether what was read ends as a record must, with two line breaks (WARC 1.1, section 4)."""
        return self.fault is None and self.tail.replace(b"\r", b"").endswith(b"\n\n")


def read_warc(source: Source, limits: Limits) -> Iterator[Unparsed | Rejected]:
    """The pages of a decompressed archive.

    Responses that are not successful HTML (images, redirects) are passed over. Raises InputError, after all
    that can be read, where the archive is damaged or breaks off, and where it holds no responses.
    """
    file, number, cut = _File(source.stream), 0, ""
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
            number += 1
            if found := _read_record(record, f"{source.name}#{number}", limits):
                yield found
    except EOFError:
        cut = f", within its record {number}"
    except OSError as error:
        raise InputError(f"The archive is damaged before byte {file.position:,}: {error}.", _HINT) from error
    if cut or not file.is_complete:
        where = file.fault.message if file.fault else f"The archive breaks off at byte {file.position:,}{cut}."
        raise InputError(where, _HINT)
    if not number:
        raise InputError("The archive holds no responses.", "Give an archive of fetched pages.")


def _read_record(record: WarcRecord, name: str, limits: Limits) -> Unparsed | Rejected | None:
    """The page of a record or why it gives none; None for what is no page. Raises EOFError for a record cut short."""
    length = record.content_length
    if length > limits.max_record_bytes:
        _pass_over(record, length)
        return Rejected(
            name,
            "failed",
            f"The record is longer than the limit of {limits.max_record_bytes:,} bytes.",
            "Raise VARIORUM_MAX_RECORD_BYTES.",
        )
    block = record.reader.read(length)
    if len(block) < length:
        raise EOFError
    try:
        if not _is_page(_response(block, "none")):
            return None
    except InputError as error:
        return Rejected(name, "failed", error.message, error.hint)
    url, crawled = record.headers.get("WARC-Target-URI"), _crawled(record)
    return Unparsed(name, length, partial(_document, name, block, url, crawled, limits.max_record_bytes))


def _pass_over(record: WarcRecord, length: int) -> None:
    """Read what nobody wants, to see that it is there: a length that lies takes all that follows."""
    while length:
        piece = record.reader.read(min(length, CHUNK))
        if not piece:
            raise EOFError
        length -= len(piece)


def _response(block: bytes, decode: Literal["none", "all"]) -> WarcRecord:
    """The answer in a record; a copy, since decompressing damaged content spoils a record and with it the iteration."""
    response = WarcRecord.from_bytes(_ENVELOPE % len(block) + block + b"\r\n\r\n")
    with _decompressing():
        response.parse_http(auto_decode=decode)
    return response


@contextmanager
def _decompressing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"The page can't be decompressed: {error}.", "Fetch the page again.") from error


def _is_page(response: WarcRecord) -> bool:
    headers = response.http_headers
    return headers is not None and headers.status_code == 200 and response.http_content_type in _PAGES


def _document(name: str, block: bytes, url: str | None, crawled: Published | None, limit: int) -> Document:
    response = _response(block, "all")
    with _decompressing():
        raw = response.reader.read(limit + 1)
    if len(raw) > limit:
        raise InputError(f"The page is larger than the limit of {limit:,} bytes.", "Raise VARIORUM_MAX_RECORD_BYTES.")
    page = parse(raw, response.http_charset, url)
    return Document(
        name=name,
        text=page.text,
        media="warc",
        title=page.title,
        outlet=page.outlet,
        url=page.url or url,
        authors=page.authors,
        published=page.published or crawled,
        language=page.language,
    )


def _crawled(record: WarcRecord) -> Published | None:
    """The day of the crawl, which is as near to publication as the archive itself tells."""
    try:
        day = record.record_date and record.record_date.astimezone(UTC)
    except OverflowError:  # at the very beginning or end of what can be written as a date
        return None
    if day is None or not may_be_a_date(day):
        return None
    return Published(day.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0), "day", "crawl")
