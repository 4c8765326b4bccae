"""Quotation marks of one paragraph: exact, in order, and paired within it."""

from itertools import pairwise

from app.extraction.marks import scan
from app.extraction.pairing import pair
from app.records import Span
from tests.fuzz.made import text_of

EXAMPLES = (
    b"\x80We sail,\x81\x98said Ann",
    b"\x83\x83\x83",
    b"\x84\x85\x86\x87\x88",
    b"\x80" * 40,
    b"'tis the boys' \"six 6\" high",
)


def check(data: bytes) -> None:
    """Scan and pair all of it, and all but its edges."""
    text = text_of(data)
    for span in {Span(0, len(text)), Span(min(3, len(text)), max(min(3, len(text)), len(text) - 3))}:
        marks = scan(text, span)
        assert all(text[mark.start : mark.end] == mark.text for mark in marks)
        assert all(span.start <= mark.start < mark.end <= span.end for mark in marks)
        assert all(one.end <= other.start for one, other in pairwise(marks))
        known = {mark.start for mark in marks}
        for continues in (False, True):
            found = pair(text, span.start, span.end, marks, continues)
            assert all(one.opening or one.closing for one in found)
            assert all(mark.start in known for one in found for mark in (one.opening, one.closing) if mark)
            assert all(one.opening.end <= one.closing.start for one in found if one.opening and one.closing)
