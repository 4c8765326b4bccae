"""Plain text and Markdown: the text is all of the file, front matter included."""

import re
from collections.abc import Iterator, Mapping

from app.documents.dates import published, published_from_name
from app.documents.decoding import decode
from app.documents.inputs import Limits
from app.documents.segmentation import first_heading
from app.documents.stream import Source, too_large
from app.records import Document, Rejected

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"(?P<line>[^\n]*)\n?")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?P<value>(?:[ \t].*)?)")
_ITEM = re.compile(r"-[ \t](?P<value>.*)")
_LONGEST_FRONT_MATTER = 20_000  # characters


def read_text(source: Source, limits: Limits) -> Iterator[Document | Rejected]:
    """The one document of a text file; raises InputError where it is too large or can't be decoded."""
    if source.size is not None and source.size > limits.max_document_bytes:
        raise too_large(limits.max_document_bytes)
    text = decode(source.stream.whole(limits.max_document_bytes), source.charset)
    fields, body_start = front_matter(text)
    yield Document(
        name=source.name,
        text=text,
        media="text",
        body_start=body_start,
        title=_one(fields, "title") or first_heading(text[body_start:]),
        outlet=_one(fields, "outlet"),
        url=_one(fields, "url") or source.url,
        authors=fields.get("authors") or fields.get("author") or (),
        published=published(_one(fields, "date"), "front matter") or published_from_name(source.name),
        language=_one(fields, "language"),
    )


def front_matter(text: str) -> tuple[Mapping[str, tuple[str, ...]], int]:
    """Values by key of the `key: value` lines between two `---` lines, and where the body begins.

    Without front matter: no values, and 0 (1 after a byte order mark).
    """
    nothing: tuple[Mapping[str, tuple[str, ...]], int] = ({}, int(text.startswith("\ufeff")))
    fence = _FENCE.match(text)
    if not fence:
        return nothing
    fields: dict[str, tuple[str, ...]] = {}
    key, position = "", fence.end()
    while position < min(len(text), _LONGEST_FRONT_MATTER):
        if end := _END.match(text, position):
            return fields, end.end()
        line = _LINE.match(text, position)
        assert line
        position = line.end()
        stripped = line["line"].strip()
        if pair := _PAIR.fullmatch(stripped):
            key = pair["key"].strip().lower()
            fields[key] = _values(pair["value"].strip())
        elif (item := _ITEM.fullmatch(stripped)) and key:
            fields[key] = (*fields[key], *_values(item["value"].strip()))
        elif stripped and not stripped.startswith("#"):
            return nothing
    return nothing


def _values(raw: str) -> tuple[str, ...]:
    """One value, or the values of a `[a, b]` list, without their quotation marks."""
    parts = raw[1:-1].split(",") if raw.startswith("[") and raw.endswith("]") else [raw]
    return tuple(value for part in parts if (value := _unquoted(part.strip())))


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _one(fields: Mapping[str, tuple[str, ...]], key: str) -> str | None:
    return ", ".join(fields.get(key, ())) or None
