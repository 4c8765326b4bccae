"""The words in a text that a query found, marked as SQLite's highlight() marks them: for PostgreSQL. Pure."""

import re
from collections.abc import Iterator, Sequence

from app.store.search_postgresql import Phrase, lexemes

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_Span = tuple[int, int]


def marked(text: str, phrases: Sequence[Phrase]) -> str:
    """The whole text, each hit between \\x02 and \\x03, those that overlap as one."""
    places = [found.span() for found in _WORD.finditer(text)]
    words = [(lexemes(text[start:end]) or ("",))[0] for start, end in places]
    at, parts = 0, []
    for first, last in _joined(sorted(span for phrase in phrases for span in _hits(words, phrase))):
        start, end = places[first][0], places[last][1]
        parts += [text[at:start], "\x02", text[start:end], "\x03"]
        at = end
    return "".join([*parts, text[at:]])


def _hits(words: Sequence[str], phrase: Phrase) -> Iterator[_Span]:
    """The first and the last word of each place where a phrase stands."""
    size = len(phrase.words)
    for start in range(len(words) - size + 1) if size else ():
        *before, last = words[start : start + size]
        ends = last.startswith(phrase.words[-1]) if phrase.begun else last == phrase.words[-1]
        if ends and tuple(before) == phrase.words[:-1]:
            yield start, start + size - 1


def _joined(hits: Sequence[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, end in hits:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
