"""Bytes to characters, and a clear refusal where that would give rubbish."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from app.documents.stream import Stream
from app.errors import InputError

_SAMPLE = 1 << 16
_WESTERN = frozenset("‘’“”–—…•£€é\xa0«»°ñüöäáíóèç©®™½¼")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, charset: str | None = None) -> str:
    """All characters of `raw`: UTF-8 exactly as `bytes.decode` gives it, UTF-16 and UTF-32 by their mark.

    Other bytes are read in the stated `charset`, else in the detected one. Raises InputError with the byte
    offset where none fits, and where the bytes are UTF-8 with damage.
    """
    for mark, name in _WIDE:
        if raw.startswith(mark):
            return _strict(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(raw):
            raise _undecodable(error) from error
        return _strict(raw, _known(charset) or _detected(raw, error))


def utf8_chunks(stream: Stream) -> Iterator[bytes]:
    """The stream in UTF-8 where it begins with the mark of UTF-16 or UTF-32, else as it is."""
    name = next((name for mark, name in _WIDE if stream.head(4).startswith(mark)), None)
    return codecs.iterencode(_wide_text(stream, name), "utf-8") if name else iter(stream)


def _wide_text(stream: Stream, name: str) -> Iterator[str]:
    try:
        yield from codecs.iterdecode(stream, name)
    except UnicodeDecodeError as error:
        raise _undecodable(error) from error


def _strict(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError as error:
        raise _undecodable(error) from error


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 throughout are so more often than not."""
    broken = raw.decode("utf-8", "replace").count("\ufffd")
    return len(_MULTIBYTE.findall(raw)) > 2 * broken


def _known(charset: str | None) -> str | None:
    """The stated charset, None where Python's codec of that name decodes no text (rot13, zlib)."""
    try:
        name = codecs.lookup(charset).name if charset else None
        b" ".decode(name or "utf-8")
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else name


def _detected(raw: bytes, error: UnicodeDecodeError) -> str:
    start = max(0, error.start - _SAMPLE // 2)
    sample = raw[start : start + _SAMPLE]
    for charset in ("cp1252", "mac_roman"):
        if _is_western(sample, charset):
            return charset
    best = from_bytes(sample).best()
    if best is None or not best.coherence:  # no language has such letters together
        raise _undecodable(error) from error
    return best.encoding


def _is_western(sample: bytes, charset: str) -> bool:
    """Whether the high bytes are what English text has: punctuation, a few accented letters."""
    high = [character for character in sample.decode(charset, "replace") if character > "\x7f"]
    common = sum(character in _WESTERN for character in high)
    return common >= 0.8 * len(high) and len(high) < 0.1 * len(sample)


def _undecodable(error: UnicodeDecodeError) -> InputError:
    byte = error.object[error.start]
    return InputError(
        f"It can't be decoded: byte 0x{byte:02X} at offset {error.start:,} is not valid {error.encoding}.",
        "Save it as UTF-8 and ingest it again.",
    )
