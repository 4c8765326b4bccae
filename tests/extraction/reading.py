"""How these tests read a text: one paragraph a line, a sentence each; headings by line number."""

import re

from app.extraction import extract
from app.records import Layout, Paragraph, Passage, Span
from tests.tagging import tags_of


def layout_of(text: str, headings: tuple[int, ...] = ()) -> Layout:
    spans = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in re.finditer(r"[^\s][^\n]*", text)]
    return Layout(tuple(Paragraph(span, (span,), number in headings) for number, span in enumerate(spans)))


def extracted(text: str, headings: tuple[int, ...] = ()) -> tuple[Passage, ...]:
    """All passages, with marks or without."""
    layout = layout_of(text, headings)
    return extract(text, layout, tags_of(text, layout))


def passages(text: str, headings: tuple[int, ...] = ()) -> tuple[Passage, ...]:
    """The passages between marks, or that the layout gives to a speaker."""
    return tuple(passage for passage in extracted(text, headings) if passage.kind != "indirect")


def quoted(text: str) -> list[str]:
    return [text[passage.span.start : passage.span.end] for passage in passages(text)]


def faults(text: str) -> list[str | None]:
    return [passage.fault for passage in passages(text)]
