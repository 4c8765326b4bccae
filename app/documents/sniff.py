"""Which reader a stream needs: content first, then what the extension or content type suggests."""

import codecs
import json
import re
from pathlib import PurePath

from app.errors import InputError

_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"PK\x05\x06": "an empty ZIP archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ\x00": "xz data",
    b"\x28\xb5\x2f\xfd": "Zstandard data",
    b"\x1f\x8b": "gzip data inside gzip data",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
    b"RIFF": "a RIFF file (sound, video or image)",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
_EXTENSIONS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "feed",
    ".warc": "warc",
}  # fmt: skip
_CONTENT_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html",
    "application/json": "jsonl", "application/jsonl": "jsonl", "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl", "application/jsonlines": "jsonl",
    "text/csv": "csv", "text/tab-separated-values": "csv",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
    "application/warc": "warc",
    "text/plain": "text", "text/markdown": "text",
}  # fmt: skip
_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Atomic, so that hostile runs of comments are read once only.
_PROLOGUE = r"(?>\s+|<!--.*?-->|<\?[^>]*>)*+"
_FEED = re.compile(_PROLOGUE + r"<(?:rss|feed|rdf:RDF)\b", re.S)
_HTML = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body|article|meta)\b", re.S | re.I)
_ONE_JSON_VALUE = re.compile(r"\s*(?:\[\s*(?:\{|$)|\{\s*\n)")
_CONTROL = bytes(range(0x20)).translate(None, b"\t\n\r\f\v\b\x1a\x1b")


def hint_of_name(name: str) -> str:
    """Media that a file name suggests ("" where it suggests none); `.gz` is looked through."""
    path = PurePath(name.lower())
    suffix = PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return _EXTENSIONS.get(suffix, "")


def hint_of_type(content_type: str) -> str:
    """Media that an HTTP content type suggests ("" where it suggests none)."""
    return _CONTENT_TYPES.get(content_type.partition(";")[0].strip().lower(), "")


def media(head: bytes, hint: str) -> str:
    """Media of a stream that begins with `head`; raises InputError where it is binary."""
    if head.startswith(b"WARC/"):
        return "warc"
    _refuse_binary(head)
    text = _readable(head)
    if _FEED.match(text):
        return "feed"
    if _HTML.match(text):
        return "html"
    if hint in ("", "text") and _is_json_line(text):
        return "jsonl"
    if hint == "jsonl" and _ONE_JSON_VALUE.match(text):
        raise InputError("It is one JSON value over many lines.", "Write one JSON object a line: jq -c '.[]'.")
    if hint in ("feed", "warc") or text.lstrip().startswith("<?xml"):
        raise InputError(
            "It is neither a feed nor a page nor an archive.", "Convert it to plain text, HTML or JSONL first."
        )
    return hint or "text"


def _refuse_binary(head: bytes) -> None:
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            raise _binary(kind)
    if head.startswith(_BOMS):
        return
    if b"\0" in head:
        raise _binary("it holds NUL bytes")
    if len(head) - len(head.translate(None, _CONTROL)) > len(head) // 20:
        raise _binary("it is full of control characters")


def _binary(kind: str) -> InputError:
    return InputError(
        f"It looks like binary: {kind}.",
        "Convert it to plain text or HTML first, or leave it out.",
    )


def _readable(head: bytes) -> str:
    if head.startswith(_BOMS):
        return head.decode("utf-32" if head.startswith(_BOMS[:2]) else "utf-16", "replace")
    return head.decode("latin-1").removeprefix("ï»¿")


def _is_json_line(text: str) -> bool:
    """A first line that is a JSON object with a text (or one too long to see all of)."""
    first, feed, _ = text.lstrip().partition("\n")
    if not first.startswith("{"):
        return False
    if not feed and len(text) > 60_000:
        return bool(re.match(r'\{\s*"\w+"\s*:', first))
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and bool({"text", "html"} & {str(key).lower() for key in row})
