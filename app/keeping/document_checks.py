"""Checks of documents and what stands in them."""

from collections.abc import Iterator
from hashlib import sha256
from typing import get_args

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
    """Quotations, with their marks, contexts, cues and sources, lie within their document's text."""
    for document, rows in batch.quotations.items():
        length = _length(batch, document)
        for row in rows:
            inner = (row.start, row.end)
            yield from _inside(row.public_id, "start, end", inner, (0, length))
            yield from _inside(row.public_id, "outer_start, outer_end", (row.outer_start, row.outer_end), (0, length))
            for around, span in (("outer", (row.outer_start, row.outer_end)), ("context", _context(row))):
                yield from _around(row.public_id, f"{around}_start, {around}_end", span, inner)
            yield from _inside(row.public_id, "context_start, context_end", _context(row), (0, length))
            for name in _LEAST_PAIRS:
                pair = (getattr(row, f"{name}_start"), getattr(row, f"{name}_end"))
                if pair != (None, None):
                    yield from _inside(row.public_id, f"{name}_start, {name}_end", pair, (0, length))


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


def _context(row: object) -> tuple[int, int]:
    return row.context_start, row.context_end  # type: ignore[attr-defined]


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


def _around(name: str, what: str, span: tuple[int, int], inner: tuple[int, int]) -> Iterator[Difference]:
    if not (span[0] <= inner[0] and inner[1] <= span[1]):
        yield Difference("quotations", name, what, f"{span[0]}, {span[1]}", f"around {inner[0]}, {inner[1]}")
