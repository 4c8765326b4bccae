"""Spans and names as scoring compares them (definitions of Newell, Margolin and Ruths 2018, PolNeAR)."""

import re
from collections.abc import Iterable, Sequence

Range = Sequence[int]  # start, end
_MARKS = " \t\r\n\"“”„‟«»〝〞'`’‘"
_TRAILING = _MARKS + ".,;:!?…-–—"
_POSSESSIVE = re.compile(r"[’']s\b")
_PRONOUNS = frozenset(
    "i you he she it we they me him her us them this that these those who which one himself herself themselves "
    "his their its".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv jr. sr. esq phd md".split())
WORD = re.compile(r"\w+(?:[’']\w+)*")


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks and white space around it and punctuation at its end."""
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def overlap(a: Range, b: Range) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def likeness(a: Range, b: Range) -> float:
    """Intersection over union of two spans, 0 to 1."""
    shared = overlap(a, b)
    union = (a[1] - a[0]) + (b[1] - b[0]) - shared
    return shared / union if union else 0.0


def paint(length: int, spans: Iterable[Range]) -> bytearray:
    """One byte a character of the text, 1 within any of the spans."""
    painted = bytearray(length)
    for start, end in spans:
        end = min(end, length)
        painted[start:end] = b"\1" * max(0, end - start)
    return painted


def words_of(text: str) -> set[str]:
    """Lower-case words of a name, possessive endings dropped."""
    return {word.lower() for word in WORD.findall(_POSSESSIVE.sub("", text))}


def telling_word(name: str) -> str | None:
    """The last word of a name that identifies somebody: a surname, never a pronoun or suffix."""
    words = [word for word in WORD.findall(_POSSESSIVE.sub("", name)) if word.lower() not in _SUFFIXES]
    last = words[-1].lower() if words else None
    return None if last in _PRONOUNS else last
