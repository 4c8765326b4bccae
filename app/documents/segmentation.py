"""Paragraphs, headings and sentences of a document's body, as exact spans of its text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from app.documents.sentences import sentences
from app.records import Document, Layout, Paragraph, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WIDEST_WRAP, _NARROWEST_WRAP = 100, 40  # characters a line
_OPENING, _CLOSING = "“‘«„\"'", "”’»“\"'"
_AROUND = "”’»\"'“)] "
_QUOTED, _STOPS = ">", '.!?…”"'  # a block quote begins each line with the first; its paragraphs end in the others
_UNFINISHED = (":", ",", ";", "—", "–", "-", "(")
_HEADING_WORDS, _HEADING_CHARACTERS, _QUESTION_WORDS = 16, 120, 8
_TITLE_WORDS, _TITLE_CHARACTERS = 30, 220


def segment(document: Document) -> Layout:
    """Paragraphs of the body in order, each with its sentences and whether it is a heading.

    A line is a paragraph, except in hard-wrapped text, where lines that fill the width belong together until
    a blank line. Sentences cover all of a paragraph but the white space between them. Linear in the text.
    """
    text = document.text
    spans = _paragraph_spans(text, document.body_start)
    split = [sentences(text, span) for span in spans]
    bodies = [text[start:end] for start, end in spans]
    headings = _headings(bodies, [len(one) for one in split], document.title)
    return Layout(tuple(map(Paragraph, spans, split, headings)))


def first_heading(text: str) -> str | None:
    """The title that a text without metadata shows: its first line, where that looks like a heading."""
    spans = _paragraph_spans(text[:20_000], 0)[:4]
    bodies = [text[start:end] for start, end in spans]
    counts = [len(sentences(text, span)) for span in spans]
    if not bodies or not _headings(bodies, counts, None)[0]:
        return None
    return " ".join(bodies[0].lstrip("# ").split()) or None


def _paragraph_spans(text: str, start: int) -> list[Span]:
    lines = _lines(text, start)
    width = _wrap_width(text, lines)
    if width is None:
        return lines
    spans: list[Span] = []
    for line in lines:
        if spans and _continues(text, spans[-1], line, width):
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(line)
    return spans


def _lines(text: str, start: int) -> list[Span]:
    """Lines that are not blank, white space at their ends left out."""
    spans = []
    for match in _LINE.finditer(text, start):
        line = match.group()
        left = len(line) - len(line.lstrip())
        if left < len(line):
            spans.append(Span(match.start() + left, match.start() + len(line.rstrip())))
    return spans


def _wrap_width(text: str, lines: Sequence[Span]) -> int | None:
    """Width that the text is wrapped to, None where each line is a paragraph.

    Wrapped lines have no room for the first word of the next one; lines that end where a paragraph does
    mostly have. So most lines that another follows directly must be full.
    """
    inner = [(line, after) for line, after in pairwise(lines) if _touch(text, line, after)]
    lengths = sorted(line.end - line.start for line, _ in inner)
    if len(lengths) < 3:
        return None
    width = lengths[int(0.98 * (len(lengths) - 1))]  # a long address or two may stick out
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or median(lengths) < 0.7 * width:
        return None
    full = sum(_is_full(text, line, after, width) for line, after in inner)
    return width if full >= 0.75 * len(inner) else None


def _touch(text: str, line: Span, after: Span) -> bool:
    """Whether no blank line stands between two lines."""
    between = text[line.end : after.start]
    return len(between) < 200 and len(_BREAK.findall(between)) == 1


def _is_full(text: str, line: Span, after: Span, width: float) -> bool:
    word = text[after.start : min(after.end, after.start + _WIDEST_WRAP)].split(None, 1)[0]
    return line.end - line.start + 1 + len(word) > width - 4  # hyphenation and ragged edges


def _continues(text: str, paragraph: Span, line: Span, width: int) -> bool:
    last = max(text.rfind(mark, paragraph.start, paragraph.end) for mark in "\n\r\v\f\x85\u2028\u2029")
    last_line = Span(max(last + 1, paragraph.start), paragraph.end)
    quoted = text.startswith(_QUOTED, line.start)
    if quoted != text.startswith(_QUOTED, last_line.start) or (quoted and text[paragraph.end - 1] in _STOPS):
        return False
    return _touch(text, last_line, line) and _is_full(text, last_line, line, 0.75 * width)


def _headings(bodies: Sequence[str], counts: Sequence[int], title: str | None) -> list[bool]:
    """Which paragraphs are headings, from their wording and from what follows them."""
    headings: list[bool] = []
    for index, (body, count) in enumerate(zip(bodies, counts, strict=True)):
        first = index == 0
        named = title is not None and first and _folded(body) == _folded(title)
        shape = _looks_like_title(body) if first else _looks_like_heading(body)
        followed = _is_followed(bodies, index)
        headings.append(named or body.startswith("# ") or (followed and shape and (count == 1 or first)))
    return headings


def _is_followed(bodies: Sequence[str], index: int) -> bool:
    """Whether a longer paragraph comes soon: a heading heads something."""
    return any(len(body) > 1.3 * len(bodies[index]) for body in bodies[index + 1 : index + 4])


def _looks_like_title(body: str) -> bool:
    if len(body) > _TITLE_CHARACTERS or len(body.split()) > _TITLE_WORDS:
        return False
    return not _runs_on(body) and not (body[0] in _OPENING and body[-1] in _CLOSING and _ended(body))


def _looks_like_heading(body: str) -> bool:
    words = body.split()
    if len(body) > _HEADING_CHARACTERS or len(words) > _HEADING_WORDS or body[0].islower() or body[0] == _QUOTED:
        return False
    if body[0] in _OPENING and not any(mark in body[1:] for mark in _CLOSING):
        return False
    question = body.endswith("?") and len(words) <= _QUESTION_WORDS and "," not in body
    return question or not (_runs_on(body) or _ended(body))


def _runs_on(body: str) -> bool:
    """Whether a line ends as running text does, with a period or with something to come."""
    return body.rstrip(_AROUND).endswith((".", "…", *_UNFINISHED))


def _ended(body: str) -> bool:
    return body.rstrip(_AROUND).endswith(("!", "?"))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
