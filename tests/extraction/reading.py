"""How these tests read a text: one paragraph a line, a sentence each; headings by line number."""

import re

from app.extraction import extract
from app.records import Layout, Paragraph, Passage, Span


def layout_of(text: str, headings: tuple[int, ...] = ()) -> Layout:
    spans = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in re.finditer(r"[^\s][^\n]*", text)]
    return Layout(tuple(Paragraph(span, (span,), number in headings) for number, span in enumerate(spans)))


def passages(text: str, headings: tuple[int, ...] = ()) -> tuple[Passage, ...]:
    return extract(text, layout_of(text, headings))


def quoted(text: str) -> list[str]:
    return [text[passage.span.start : passage.span.end] for passage in passages(text)]


def faults(text: str) -> list[str | None]:
    return [passage.fault for passage in passages(text)]
