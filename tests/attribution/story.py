"""A small document for a test: paragraphs are lines, a line without closing punctuation is a heading."""

import re
from collections.abc import Sequence

from app.attribution import attribute
from app.records import Layout, Paragraph, Passage, Quotation, Span
from tests.tagging import tags_of

_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!Mr)(?<!Ms)[.?!]”?\s+(?=[A-Z“])")


def layout(text: str) -> Layout:
    """The paragraphs and sentences of a text."""
    return Layout(tuple(_paragraph(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)))


def passages(text: str) -> list[Passage]:
    """What stands between curly marks, double or single, each an attribution of its own."""
    found = re.finditer(r"“([^”\n]*)”|(?<!\w)‘([^’\n]*)’(?!\w)", text)
    lines = layout(text).paragraphs
    return [
        Passage(
            Span(match.start() + 1, match.end() - 1),
            Span(*match.span()),
            "direct",
            number,
            any(line.heading and line.span.start <= match.start() < line.span.end for line in lines),
        )
        for number, match in enumerate(found)
    ]


def attributed(text: str, found: Sequence[Passage]) -> list[Quotation]:
    """The passages of a text with their speakers."""
    lines = layout(text)
    return list(attribute(text, lines, found, tags_of(text, lines)))


def read(text: str) -> list[Quotation]:
    """The quotations of a text, attributed."""
    return attributed(text, passages(text))


def speakers(text: str) -> list[str | None]:
    """The names of the speakers of a text's quotations, in order."""
    return [quotation.speaker.name if quotation.speaker else None for quotation in read(text)]


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    cuts = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    sentences = tuple(Span(a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True))
    return Paragraph(Span(start, end), sentences, not re.search(r"[.:,?!]”?\s*$", text[start:end]))
