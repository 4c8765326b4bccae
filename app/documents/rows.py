"""JSONL and CSV: one document a row, read as a stream; a broken row is named and left out."""

import csv
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from app.documents.dates import published
from app.documents.decoding import decode, utf8_chunks
from app.documents.inputs import Limits
from app.documents.stream import Source, Stream
from app.documents.unparsed import Unparsed, refused
from app.errors import InputError
from app.records import Document, Rejected

_Row = Mapping[str, object]
_KNOWN = frozenset({
    "id", "text", "html", "title", "outlet", "publisher", "source", "url", "author", "authors", "date",
    "published", "language",
})  # fmt: skip
_JSON_HINT = "Give one JSON object a line, with at least a field named text."


def read_jsonl(source: Source, limits: Limits) -> Iterator[Document | Unparsed | Rejected]:
    """One document for each line that is a JSON object with a field `text` or `html`."""
    for number, line in enumerate(_lines(source, limits), start=1):
        if line == b"\n":
            continue
        name = f"{source.name}#{number}"
        where = f"Line {number} of {source.name}"
        try:
            if line is None:
                raise _long_record(where, limits)
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield _document(_json_row(line, where), name, "jsonl", where)
        except Exception as error:
            yield refused(name, error)


def read_csv(source: Source, limits: Limits) -> Iterator[Document | Unparsed | Rejected]:
    """One document for each row below a header that names a field `text` or `html`."""
    lines = _decoded_lines(source, limits)
    _, header = next(lines, (1, ""))
    delimiter, fields = _header(header or "", source.name)
    for number, row in _csv_rows(lines, delimiter, len(fields), limits):
        name = f"{source.name}#{number}"
        where = f"Line {number} of {source.name}"
        if row is None:
            yield Rejected(
                name,
                "failed",
                f"{where} is not a row with the {len(fields)} fields of the header.",
                "Put fields that hold delimiters, line breaks or quotation marks in double quotation marks.",
            )
            continue
        try:
            yield _document(dict(zip(fields, row, strict=True)), name, "csv", where)
        except Exception as error:
            yield refused(name, error)


def _lines(source: Source, limits: Limits) -> Iterator[bytes | None]:
    return Stream(utf8_chunks(source.stream)).lines(limits.max_record_bytes)


def _json_row(line: bytes, where: str) -> _Row:
    try:
        row = json.loads(decode(line).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "a value is too long or nested too deep")
        raise InputError(f"{where} is not JSON: {reason}.", _JSON_HINT) from error
    except InputError as error:
        raise InputError(f"{where} can't be read. {error.message}", error.hint) from error
    if not isinstance(row, dict):
        raise InputError(f"{where} is JSON, but not an object.", _JSON_HINT)
    return {str(key).strip().lower(): value for key, value in row.items()}


def _document(row: _Row, name: str, media: str, where: str) -> Document | Unparsed:
    """What one row gives, a page where it has no text; raises InputError where it has neither."""
    text, html = (_text(row.get(key)) for key in ("text", "html"))
    stated = Document(
        name=_value(row, "id") or name,
        text=text,
        media=media,
        title=_value(row, "title"),
        outlet=_value(row, "outlet", "publisher", "source"),
        url=_value(row, "url"),
        authors=_authors(row),
        published=published(_value(row, "date", "published"), "record"),
        language=_value(row, "language"),
    )
    if text:
        return stated
    if not html:
        raise InputError(f"{where} has no text.", "Name the field with the article's text: text.")
    return Unparsed(name, len(html), partial(_of_page, stated, html))


def _of_page(stated: Document, html: str) -> Document:
    """The document with the text of its page, and what that says of itself where the row does not."""
    from app.documents.webpage import parse  # loads trafilatura, which most rows do not need

    page = parse(html, url=stated.url)
    return replace(
        stated,
        text=page.text,
        title=stated.title or page.title,
        outlet=stated.outlet or page.outlet,
        url=stated.url or page.url,
        authors=stated.authors or page.authors,
        published=stated.published or page.published,
        language=stated.language or page.language,
    )


def _text(value: object) -> str:
    """The value where it is a text that says something, else nothing."""
    return value if isinstance(value, str) and value.strip() else ""


def _value(row: _Row, *keys: str) -> str | None:
    """The first of the named fields that holds a string or a number."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None


def _authors(row: _Row) -> tuple[str, ...]:
    value = row.get("authors") or row.get("author")
    if isinstance(value, str):
        value = value.split(";")
    if not isinstance(value, list):
        return ()
    return tuple(one.strip() for one in value if isinstance(one, str) and one.strip())


def _decoded_lines(source: Source, limits: Limits) -> Iterator[tuple[int, str | None]]:
    """Numbered lines of a CSV file; None in place of one that is too long or can't be decoded."""
    for number, line in enumerate(_lines(source, limits), start=1):
        try:
            yield number, None if line is None else decode(line)
        except InputError:
            yield number, None


def _header(line: str, file: str) -> tuple[str, list[str]]:
    """Delimiter and field names of a header line; raises InputError where it names no text."""
    choices = [(mark, _cells(line.lstrip("\ufeff"), mark) or []) for mark in ",\t;|"]
    delimiter, cells = max(choices, key=lambda choice: len(_KNOWN & {_key(cell) for cell in choice[1]}))
    fields = [_key(cell) for cell in cells]
    if not {"text", "html"} & set(fields):
        raise InputError(
            f"The first line of {file} names no field text.",
            "Begin the file with a line of field names; the article's text is the field named text.",
        )
    return delimiter, fields


def _key(cell: str) -> str:
    return cell.strip().lower()


def _csv_rows(
    lines: Iterator[tuple[int, str | None]], delimiter: str, width: int, limits: Limits
) -> Iterator[tuple[int, Sequence[str] | None]]:
    """Rows with the number of their first line, None for a broken one.

    A row ends where its quotation marks are balanced. Where that never happens, its first line alone is
    broken, and reading goes on with the second, so that one stray mark does not swallow the file.
    """
    waiting: deque[tuple[int, str | None]] = deque()
    while waiting or (waiting := deque(_take(lines))):
        number, first = waiting[0]
        used = _record_length(waiting, lines, limits.max_record_bytes) if first is not None else 0
        record = "".join(line or "" for _, line in islice(waiting, used))
        row = _cells(record, delimiter) if used else None
        if row is None or len(row) != width:
            used, row = 1, _cells(first or "", delimiter)
        for _ in range(used):
            waiting.popleft()
        if row is None or len(row) == width:
            yield number, row
        elif any(cell.strip() for cell in row):
            yield number, None


def _take(lines: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, str | None]]:
    if (line := next(lines, None)) is not None:
        yield line


def _record_length(waiting: deque[tuple[int, str | None]], lines: Iterator[tuple[int, str | None]], limit: int) -> int:
    """How many lines make one record with balanced marks (read into `waiting` as needed); 0 where none do."""
    marks = held = 0
    for index in range(limit):
        if index == len(waiting):
            waiting.extend(_take(lines))
        if index == len(waiting) or (line := waiting[index][1]) is None:
            return 0
        marks += line.count('"')
        held += len(line)
        if marks % 2 == 0:
            return index + 1
        if held > limit:
            return 0
    return 0


def _cells(record: str, delimiter: str) -> list[str] | None:
    csv.field_size_limit(max(csv.field_size_limit(), len(record)))
    try:
        rows = list(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


def _long_record(where: str, limits: Limits) -> InputError:
    return InputError(
        f"{where} is longer than the limit of {limits.max_record_bytes:,} bytes for one record.",
        "Split it, or raise VARIORUM_MAX_RECORD_BYTES.",
    )
