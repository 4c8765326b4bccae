"""Checks of documents and what stands in them."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, get_args

from sqlalchemy import Row

from app.keeping.findings import Difference
from app.keeping.walks import DocumentBatch
from app.records import Kind
from app.store import ids

_LEAST_PAIRS = ("source", "cue")


def texts(batch: DocumentBatch) -> Iterator[Difference]:
    """Every text has the sha256 that its document is known by."""
    for row in batch.documents:
        found = sha256(batch.texts[row.id]).hexdigest()
        if found != row.sha256:
            yield Difference("documents", row.public_id, "sha256 of the text", found, row.sha256)


def document_ids(batch: DocumentBatch) -> Iterator[Difference]:
    """Every document has the id that follows from its sha256."""
    for row in batch.documents:
        if row.public_id != ids.document_id(row.sha256):
            yield Difference("documents", row.public_id, "public_id", row.public_id, ids.document_id(row.sha256))


def bodies(batch: DocumentBatch) -> Iterator[Difference]:
    """The body of a document begins within its text."""
    for row in batch.documents:
        length = _length(batch, row.id)
        if not 0 <= row.body_start <= length:
            yield Difference("documents", row.public_id, "body_start", row.body_start, f"0 to {length}")


def quotations_inside(batch: DocumentBatch) -> Iterator[Difference]:
    """Quotations, with their marks, cues and sources, lie within their document's text."""
    for document, rows in batch.quotations.items():
        length = _length(batch, document)
        for row in rows:
            inner = (row.start, row.end)
            yield from _inside(row.public_id, "start, end", inner, (0, length))
            yield from _inside(row.public_id, "outer_start, outer_end", (row.outer_start, row.outer_end), (0, length))
            yield from _around(row, "outer", inner)
            for name in _LEAST_PAIRS:
                pair = (getattr(row, f"{name}_start"), getattr(row, f"{name}_end"))
                if pair != (None, None):
                    yield from _inside(row.public_id, f"{name}_start, {name}_end", pair, (0, length))


def contexts(batch: DocumentBatch) -> Iterator[Difference]:
    """The context of a quotation lies around it and its marks, and consists of whole words."""
    for text, row in _with_text(batch):
        yield from _around(row, "context", (row.outer_start, row.outer_end))
        yield from _whole(row, "context", text)


def cues_and_sources(batch: DocumentBatch) -> Iterator[Difference]:
    """The cue and the source of a quotation are whole words."""
    for text, row in _with_text(batch):
        for name in _LEAST_PAIRS:
            start, end = _span(row, name)
            if start is not None and end is not None:
                yield from _whole(row, name, text)


def marks(batch: DocumentBatch) -> Iterator[Difference]:
    """The marks of a quotation hold no letters and no figures, and no white space stands at their outer ends."""
    for text, row in _with_text(batch):
        around = text[row.outer_start : row.start] + text[row.end : row.outer_end]
        outer = text[row.outer_start : row.outer_end]
        if any(map(str.isalnum, around)) or outer != outer.strip():
            yield _shown(row, "outer", text, "the quotation with its marks")


def quotation_ids(batch: DocumentBatch) -> Iterator[Difference]:
    """Every quotation has the id that follows from its document's sha256 and its offsets."""
    for document in batch.documents:
        for row in batch.quotations.get(document.id, ()):
            expected = ids.quotation_id(document.sha256, row.start, row.end)
            if row.public_id != expected:
                yield Difference("quotations", row.public_id, "public_id", row.public_id, expected)


def quotation_counts(batch: DocumentBatch) -> Iterator[Difference]:
    """Every document counts its quotations, reports without marks left out."""
    for row in batch.documents:
        count = sum(quotation.kind != "indirect" for quotation in batch.quotations.get(row.id, ()))
        if row.quotation_count != count:
            yield Difference("documents", row.public_id, "quotation_count", row.quotation_count, count, row.id)


def parts_inside(batch: DocumentBatch) -> Iterator[Difference]:
    """Sentences lie within their quotation."""
    for rows in batch.quotations.values():
        for quotation in rows:
            for part in batch.parts.get(quotation.id, ()):
                span = (quotation.start, quotation.end)
                yield from _inside(part.public_id, "start, end", (part.start, part.end), span, "parts")


def parts_cover(batch: DocumentBatch) -> Iterator[Difference]:
    """The sentences of what stands in marks have every character of it that is no white space."""
    for document, rows in batch.quotations.items():
        text = batch.texts.get(document, b"").decode("utf-8", "replace")
        for row in rows:
            parts = [(part.start, part.end) for part in batch.parts.get(row.id, ())]
            left = _uncovered(text, row.start, row.end, parts)
            if row.kind != "indirect" and left:
                yield Difference("quotations", row.public_id, "characters in no sentence", left, 0)


def _uncovered(text: str, start: int, end: int, parts: list[tuple[int, int]]) -> int:
    left = 0
    for first, last in sorted(parts):
        left += len("".join(text[start:first].split()))
        start = max(start, last)
    return left + len("".join(text[start:end].split()))


def quotation_values(batch: DocumentBatch) -> Iterator[Difference]:
    """The kind of every quotation is one that there is, its confidence between 0 and 1."""
    for rows in batch.quotations.values():
        for row in rows:
            if row.kind not in get_args(Kind):
                yield Difference("quotations", row.public_id, "kind", row.kind, " or ".join(get_args(Kind)))
            if not 0 <= row.confidence <= 1:
                yield Difference("quotations", row.public_id, "confidence", row.confidence, "0 to 1")


def part_ids(batch: DocumentBatch) -> Iterator[Difference]:
    """Every sentence has the id that follows from its document's sha256 and its offsets."""
    for document in batch.documents:
        for quotation in batch.quotations.get(document.id, ()):
            for row in batch.parts.get(quotation.id, ()):
                expected = ids.part_id(document.sha256, row.start, row.end)
                if row.public_id != expected:
                    yield Difference("parts", row.public_id, "public_id", row.public_id, expected)


def _with_text(batch: DocumentBatch) -> Iterator[tuple[str, Row[Any]]]:
    """Every quotation with the text of its document."""
    for document, rows in batch.quotations.items():
        text = batch.texts.get(document, b"").decode("utf-8", "replace")
        for row in rows:
            yield text, row


def _span(row: Row[Any], name: str) -> tuple[int | None, int | None]:
    return getattr(row, f"{name}_start"), getattr(row, f"{name}_end")


def _whole(row: Row[Any], name: str, text: str) -> Iterator[Difference]:
    """That a span begins or ends with white space or inside of a word, where it does."""
    start, end = _span(row, name)
    found = text[start:end]
    if found != found.strip() or _is_inside_a_word(text, start) or _is_inside_a_word(text, end):
        yield _shown(row, name, text, "whole words")


def _is_inside_a_word(text: str, place: int | None) -> bool:
    return text[place - 1 : place].isalnum() and text[place : place + 1].isalnum() if place else False


def _shown(row: Row[Any], name: str, text: str, expected: str) -> Difference:
    start, end = _span(row, name)
    return Difference(
        "quotations",
        row.public_id,
        f"{name}_start, {name}_end",
        f"{start}, {end}: {text[start:end]!r}",
        expected,
        row.id,
    )


def _length(batch: DocumentBatch, document: int) -> int:
    """Characters of a text; bytes that are no UTF-8 count as one each, and `texts` tells of them."""
    raw = batch.texts.get(document, b"")
    return len(raw) if raw.isascii() else len(raw.decode("utf-8", "replace"))


def _inside(
    name: str, what: str, span: tuple[int | None, int | None], limits: tuple[int, int], table: str = "quotations"
) -> Iterator[Difference]:
    start, end = span
    if start is None or end is None or not limits[0] <= start < end <= limits[1]:
        yield Difference(table, name, what, f"{start}, {end}", f"within {limits[0]}, {limits[1]}")


def _around(row: Row[Any], name: str, inner: tuple[int, int]) -> Iterator[Difference]:
    start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
    if not (start <= inner[0] and inner[1] <= end):
        what = f"{name}_start, {name}_end"
        yield Difference("quotations", row.public_id, what, f"{start}, {end}", f"around {inner[0]}, {inner[1]}", row.id)
