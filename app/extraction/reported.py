"""What is reported without marks: the tagger's content, less the quotations that stand in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.extraction.proposal import Proposal
from app.extraction.words import FUNCTION_WORDS, LINKING, PRONOUNS, words
from app.inference import Tags
from app.records import Layout, Paragraph, Span

_LEAST = 2  # words of a remainder beside a quotation
_EMPTY = FUNCTION_WORDS | LINKING | PRONOUNS | set("about so this these those them him her what not".split())
_EMPTY |= set("his their its my our your neither once twice again too also".split())
_STOPS = ".!?…"
_CORE = re.compile(r"""[^\s,;:.—–\u2026"'“”‘’«»()\[\]-]+""")  # neither a space of any kind, nor a pause, nor a mark


def reported(text: str, layout: Layout, taken: Sequence[Span], tags: Tags) -> list[Proposal]:
    """Unmarked passages in order; none overlaps what is `taken`, and each stands in one paragraph."""
    found: list[Proposal] = []
    paragraphs = list(layout.paragraphs)
    at = 0
    for content in tags.contents:
        while at + 1 < len(paragraphs) and paragraphs[at].span.end <= content.span.start:
            at += 1
        remainders = [span for span in _less(content.span, taken) if not _begins_anew(text, span, content.span)]
        found += _passages(text, remainders, paragraphs[at], whole=remainders == [content.span])
    return found


def _passages(text: str, spans: Sequence[Span], paragraph: Paragraph, whole: bool) -> Iterator[Proposal]:
    for span in spans:
        trimmed = _trimmed(text, span)
        found = words(text[trimmed.start : trimmed.end])
        if len(found) >= (1 if whole else _LEAST) and not _EMPTY.issuperset(found):
            yield Proposal(trimmed, trimmed, paragraph, marked=False)


def _less(span: Span, taken: Sequence[Span]) -> list[Span]:
    """The parts of a span that no taken one covers; these are in order and do not overlap."""
    inside = taken[bisect_right(taken, span.start, key=_end) : bisect_left(taken, span.end, key=_start)]
    edges = [span.start, *(edge for one in inside for edge in one), span.end]
    return [Span(a, b) for a, b in list(pairwise(edges))[::2] if a < b]


def _begins_anew(text: str, span: Span, content: Span) -> bool:
    """Whether a remainder behind a quotation is a sentence of its own: narration goes on there, no report does."""
    lead = text[span.start : span.end].lstrip()
    goes_on = lead.lstrip(_STOPS).lstrip()[:1].islower()
    return span.start > content.start and lead.startswith(tuple(_STOPS)) and not goes_on


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def _trimmed(text: str, span: Span) -> Span:
    """Without the spaces, pauses and stray marks around its words."""
    found = list(_CORE.finditer(text, span.start, span.end))
    return Span(found[0].start(), found[-1].end()) if found else Span(span.start, span.start)
