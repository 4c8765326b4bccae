"""Block quotes: paragraphs that begin with `>`, or that are set in under a sentence that ends in a colon."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction.signatures import signature_at
from app.extraction.turns import Page, Turn
from app.extraction.words import has_cue
from app.inference import Tags
from app.records import Paragraph, Span

_PREFIX = re.compile(r"(?:[-*•][ \t])?>[> \t]*")
_SIGNED = re.compile(r"[.!?…\"”’»)\]]\s{0,3}(?=(?:[—–―]|--)\s?[^\W\d_])")
_INDENT = 3  # columns
_HALF = 0.5  # of the text: more of it in block quotes is a way to lay out a page, unless somebody is named
_REACH = 200  # characters in which a signature at the end of a paragraph stands


@dataclass(frozen=True, slots=True)
class _Block:
    """Paragraphs `first` to `stop`, with the words of each; `label` names the speaker."""

    first: int
    stop: int
    spans: Sequence[Span]
    label: Span | None
    introduced: bool


def blocks(page: Page, tags: Tags) -> list[Turn]:
    """The block quotes of a document. Their speaker is named in the sentence above them, or behind a dash below.

    A paragraph with a quotation and its cue inside is a narrator's, and left to the marks.
    """
    found = [_block(page, tags, first, stop) for first, stop in _runs(page)]
    size = sum(span.end - span.start for block in found for span in block.spans)
    whole = sum(paragraph.span.end - paragraph.span.start for paragraph in page.paragraphs)
    styled = size > _HALF * whole
    return [
        turn
        for block in found
        if (block.label or block.introduced or not (styled or _narrated(page, block)))
        and (turn := _turn(page, block)).parts
    ]


def _runs(page: Page) -> Iterator[tuple[int, int]]:
    """First and stop of the paragraphs that stand together in one block."""
    first = 0
    while first < len(page.paragraphs):
        stop = first
        if _is_prefixed(page, first):
            while stop < len(page.paragraphs) and _is_prefixed(page, stop):
                stop += 1
        elif first and _closing_sentence(page, first - 1).endswith(":"):
            margin = _indent(page, first - 1) + _INDENT
            while stop < len(page.paragraphs) and _indent(page, stop) >= margin and not _is_prefixed(page, stop):
                stop += 1
        if stop > first:
            yield first, stop
        first = max(stop, first + 1)


def _is_prefixed(page: Page, number: int) -> bool:
    return _PREFIX.match(page.text, page.paragraphs[number].span.start) is not None


def _indent(page: Page, number: int) -> int:
    """Columns of white space before a paragraph in its line."""
    start = page.paragraphs[number].span.start
    line = max(page.text.rfind(mark, max(0, start - 80), start) for mark in "\n\r") + 1
    before = page.text[max(line, start - 80) : start]
    return len(before.expandtabs(4)) if before.isspace() else 0


def _block(page: Page, tags: Tags, first: int, stop: int) -> _Block:
    spans = [_words(page, paragraph) for paragraph in page.paragraphs[first:stop]]
    label, spans = _signed(page, spans)
    outside = page.paragraphs[stop].span if stop < len(page.paragraphs) else None
    if label is None and outside and (below := signature_at(page.text, *outside)):
        label, stop = below.name, stop + 1
    lead = _closing_sentence(page, first - 1) if first else ""
    introduced = lead.endswith(":")
    if label is None and (introduced or _reports(page, first - 1, lead)):
        label = _named(page, tags, first - 1, len(lead), Span(spans[0].start, spans[-1].end))
    return _Block(first, stop, spans, label, introduced)


def _words(page: Page, paragraph: Paragraph) -> Span:
    prefix = _PREFIX.match(page.text, *paragraph.span)
    return Span(prefix.end() if prefix else paragraph.span.start, paragraph.span.end)


def _signed(page: Page, spans: list[Span]) -> tuple[Span | None, list[Span]]:
    """The name behind a dash at the end of a block, and the block without it."""
    last = spans[-1]
    if whole := signature_at(page.text, *last):
        return whole.name, spans[:-1]
    for dash in list(_SIGNED.finditer(page.text, max(last.start, last.end - _REACH), last.end))[-1:]:
        if signature := signature_at(page.text, dash.end(), last.end):
            return signature.name, [*spans[:-1], Span(last.start, dash.end())]
    return None, spans


def _closing_sentence(page: Page, number: int) -> str:
    """The last sentence of a paragraph, to the end of it."""
    span = page.paragraphs[number].sentences[-1] if page.paragraphs[number].sentences else page.paragraphs[number].span
    return page.text[span.start : page.paragraphs[number].span.end].rstrip()


def _reports(page: Page, number: int, lead: str) -> bool:
    """Whether a sentence has a verb of saying but no quotation of its own."""
    if number < 0 or page.paragraphs[number].heading:
        return False
    paragraph = page.paragraphs[number].span
    own = any(p.outer.end > paragraph.end - len(lead) for p in page.marked(page.paragraphs[number]))
    return has_cue(lead) and not own


def _named(page: Page, tags: Tags, number: int, length: int, said: Span) -> Span | None:
    """The source that the tagger sees in the sentence that introduces a block."""
    end = page.paragraphs[number].span.end
    first = bisect_left(tags.sources, end - length, key=lambda tagged: tagged.span.start)
    stop = bisect_left(tags.sources, end, key=lambda tagged: tagged.span.start)
    mass = tags.link(said)
    source = max((tagged.span for tagged in tags.sources[first:stop]), key=mass.of, default=None)
    if source is None:
        return None
    named = page.text[source.start : source.end].rstrip(" ,;:—–-")
    return Span(source.start, source.start + len(named)) if named else None


def _narrated(page: Page, block: _Block) -> bool:
    """Whether quotations with their cues stand in a block: an article that is quoted, or only set in."""
    return any(
        page.marked(paragraph) and has_cue(page.outside(paragraph.span, paragraph))
        for paragraph in page.paragraphs[block.first : block.stop]
    )


def _turn(page: Page, block: _Block) -> Turn:
    paragraphs = page.paragraphs[block.first : block.stop]
    parts = (page.part(paragraph, span) for paragraph, span in zip(paragraphs, block.spans, strict=False))
    return Turn(block.label, tuple(part for part in parts if part), tuple(paragraph.span for paragraph in paragraphs))
