"""Bytes as they come, looked at before they are taken, never more of them held than a limit allows."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from app.errors import InputError

CHUNK = 1 << 16
_MAX_RATIO = 200  # text compresses 3 to 10 times, 1,032 is the most that gzip can do
_UNWATCHED = 1 << 20  # bytes up to which any ratio is harmless
_GZIP = b"\x1f\x8b"


class Stream:
    """Byte chunks whose beginning can be looked at; iterate over them, or take `whole` or `lines`, once."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)

    def head(self, size: int = CHUNK) -> bytes:
        """The first `size` bytes (fewer at the end of the data), without taking them."""
        taken: list[bytes] = []
        rest = self._chunks
        try:
            while sum(map(len, taken)) < size and (chunk := next(self._chunks, None)) is not None:
                taken.append(chunk)
        except InputError as fault:
            rest = _failing(fault)
        self._chunks = chain(taken, rest)
        return b"".join(taken)[:size]

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def whole(self, limit: int) -> bytes:
        """All bytes; raises InputError where there are more than `limit`."""
        taken: list[bytes] = []
        held = 0
        for chunk in self._chunks:
            held += len(chunk)
            if held > limit:
                raise too_large(limit)
            taken.append(chunk)
        return b"".join(taken)

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """Lines with their line feed; None in place of one longer than `limit` bytes, which is not held."""
        pending: list[bytes] = []
        held = 0
        for chunk in self._chunks:
            for piece in _feeds(chunk):
                held += len(piece)
                if held <= limit:
                    pending.append(piece)
                if piece.endswith(b"\n"):
                    yield b"".join(pending) if held <= limit else None
                    pending, held = [], 0
                elif held > limit:
                    pending = []
        if held:
            yield b"".join(pending) if held <= limit else None


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input, as a reader gets it."""

    name: str
    stream: Stream
    hint: str = ""  # media that the extension or the content type suggests
    url: str | None = None
    charset: str | None = None  # as the server states it
    size: int | None = None  # bytes before decompression, where known


def too_large(limit: int) -> InputError:
    """The error for a document over the limit (bytes)."""
    return InputError(
        f"It is larger than the limit of {limit:,} bytes for one document.",
        "Split it into its articles (JSONL, one a line), or raise VARIORUM_MAX_DOCUMENT_BYTES.",
    )


def file_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Chunks of a binary file until its end."""
    while chunk := file.read(CHUNK):
        yield chunk


def inflated(stream: Stream, limit: int) -> Stream:
    """The stream with gzip taken off, where it has any; bounded as `inflate` is."""
    return Stream(inflate(stream, limit)) if stream.head(2) == _GZIP else stream


def inflate(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Decompressed chunks of gzip data with one or more members.

    Raises InputError after the readable part where the data are truncated or damaged, and where more than
    `limit` bytes or a megabyte come out of less than a 200th of that (a decompression bomb).
    """
    engine: zlib._Decompress | None = None
    taken = given = 0
    for chunk in chunks:
        taken += len(chunk)
        while chunk := (chunk if engine else chunk.lstrip(b"\0")):  # zeros pad members
            if engine is None and not chunk.startswith(_GZIP[: len(chunk)]):
                return
            engine = engine or zlib.decompressobj(31)
            for piece in _pieces(engine, chunk, taken):
                given += len(piece)
                used = taken - len(engine.unconsumed_tail)
                if given > min(limit, _UNWATCHED) and given > _MAX_RATIO * used:
                    raise _bomb(given)
                yield piece
            chunk, engine = engine.unused_data, None if engine.eof else engine
    if engine is not None:
        raise _truncated(taken)


def _pieces(engine: "zlib._Decompress", chunk: bytes, position: int) -> Iterator[bytes]:
    """What one chunk decompresses to, in bounded pieces, up to the end of the member."""
    while not engine.eof:
        try:
            piece = engine.decompress(chunk, CHUNK)
        except zlib.error as error:
            raise _damaged(position) from error
        if piece:
            yield piece
        chunk = engine.unconsumed_tail
        if not chunk and len(piece) < CHUNK:
            return


def _feeds(chunk: bytes) -> Iterator[bytes]:
    """Pieces that end at line feeds; a lone carriage return separates no records."""
    start = 0
    while (end := chunk.find(b"\n", start)) >= 0:
        yield chunk[start : end + 1]
        start = end + 1
    if start < len(chunk):
        yield chunk[start:]


def _failing(fault: InputError) -> Iterator[bytes]:
    raise fault
    yield b""


def _truncated(position: int) -> InputError:
    return InputError(
        f"The compressed data break off at byte {position:,}.",
        "Fetch or copy the file again; it is incomplete.",
    )


def _damaged(position: int) -> InputError:
    return InputError(
        f"The compressed data are damaged before byte {position:,}.",
        "Fetch or copy the file again, or decompress it by hand to see what is left.",
    )


def _bomb(given: int) -> InputError:
    return InputError(
        f"It decompresses to more than {_MAX_RATIO} times its size (stopped at {given:,} bytes).",
        "Real articles never do: look at the file before you decompress it by hand.",
    )
