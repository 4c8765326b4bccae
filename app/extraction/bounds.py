"""Where a quotation starts and ends once its marks are known; plausible places stand in for missing marks."""

import re

from app.extraction.marks import Mark
from app.extraction.pairing import Enclosure
from app.extraction.proposal import Proposal
from app.extraction.words import CUES, words
from app.records import Paragraph, Span

_SENTENCE_START = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=\S)")
_PAUSE = re.compile(r"(?<=[,?!—])\s")
_SUBJECT = frozenset(["he", "she", "they", "the", "a", "an", "his", "her", "their"])
_CLAUSE = 6  # words between a pause and its verb of saying
_REPEATABLE = ("``", "''", "‘‘", "’’")
_FRAGMENT = 3  # words


def bound(text: str, enclosure: Enclosure, paragraph: Paragraph, goes_on: bool) -> Proposal | None:
    """The proposal of one enclosure, or None where nothing that could be read stands in it."""
    opening, closing = enclosure.opening, enclosure.closing
    start = opening.end if opening else _start(text, enclosure)
    end = closing.start if closing else (enclosure.limit if goes_on else _end(text, start, enclosure.limit))
    span = _trimmed(text, start, end)
    if not any(character.isalnum() for character in text[span.start : span.end]):
        return None
    fault = _fault(enclosure, goes_on)
    if fault == "unclosed" and _is_fragment(text[span.start : span.end]):
        return None
    outer = Span(opening.start if opening else span.start, closing.end if closing else span.end)
    return Proposal(span, outer, paragraph, fault, goes_on)


def _start(text: str, enclosure: Enclosure) -> int:
    """The start of the last sentence before a closing mark that nothing opened."""
    starts = [m.end() for m in _SENTENCE_START.finditer(text, enclosure.start_limit, enclosure.limit)]
    return starts[-1] if starts else enclosure.start_limit


def _end(text: str, start: int, limit: int) -> int:
    """The end of a quotation that nothing closes: before `, he said`, else of the sentence or paragraph."""
    for pause in _PAUSE.finditer(text, start, limit):
        if _says(text[pause.end() : min(limit, pause.end() + 60)]):
            return pause.start()
    if text[start:limit].lstrip()[:1].islower():
        sentence = _SENTENCE_START.search(text, start, limit)
        return sentence.end() if sentence else limit
    return limit


def _says(clause: str) -> bool:
    """Whether a clause begins with `said Jones`, `she said` or `the new mayor said`."""
    found = [word.strip(",.;:") for word in clause.split()[:_CLAUSE]]
    if len(found) < 2:
        return False
    if found[0] in CUES:
        return found[1] in _SUBJECT or found[1][:1].isupper()
    if found[0] not in _SUBJECT and not found[0][:1].isupper():
        return False
    said = next((place for place, word in enumerate(found) if word in CUES), 0)
    return said == 1 or (said > 1 and found[0] not in ("he", "she", "they"))


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return Span(start + left, max(start + left, start + len(inside.rstrip())))


def _is_fragment(passage: str) -> bool:
    """Whether so little follows a lone mark in mid-sentence that the mark is rather a slip."""
    return passage[:1].islower() and len(words(passage)) < _FRAGMENT


def _fault(enclosure: Enclosure, goes_on: bool) -> str | None:
    opening, closing = enclosure.opening, enclosure.closing
    if opening is None:
        return "unopened"
    if closing is None and not goes_on:
        return "unclosed"
    if enclosure.inverted or _is_inverted(opening, closing):
        return "inverted"
    if _is_doubled(opening) or (closing and _is_doubled(closing)):
        return "doubled"
    return "mixed" if closing and _is_mixed(opening, closing) else None


def _is_inverted(opening: Mark, closing: Mark | None) -> bool:
    if opening.family in ("angle", "single angle"):
        return False
    low = opening.family in ("low", "low single")
    return opening.shape == "close" or (closing is not None and closing.shape == "open" and not low)


def _is_doubled(mark: Mark) -> bool:
    return len(mark.text) > 1 and mark.text not in _REPEATABLE


def _is_mixed(opening: Mark, closing: Mark) -> bool:
    if {opening.text[0], closing.text[0]} == {"`", "'"}:
        return False
    low = opening.family in ("low", "low single")
    straight = (opening.shape == "straight") != (closing.shape == "straight")
    return straight or (opening.family != closing.family and not low)
