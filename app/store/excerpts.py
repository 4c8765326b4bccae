"""The place in a text that has most of what was sought, chosen as SQLite's snippet() chooses it. Pure.

The rules are those of fts5_aux.c: a window of so many words around each hit, or from the beginning of its sentence;
each phrase counts once in full, and a little where it comes again.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.store.search_postgresql import Phrase, lexemes

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_WORDS = 20
_PHRASE, _AGAIN, _SENTENCE, _BEGINNING = 1000, 1, 100, 120


_Span = tuple[int, int]


class _Hit(NamedTuple):
    """A phrase (by number) in the text: its first word and how many words it has."""

    start: int
    phrase: int
    size: int


def excerpt(text: str, phrases: Sequence[Phrase], words: int = _WORDS) -> str:
    """So many words of `text`, hits between \\x02 and \\x03, an ellipsis where there is more before or after."""
    places = [found.span() for found in _WORD.finditer(text)]
    hits = _hits([(lexemes(text[start:end]) or ("",))[0] for start, end in places], phrases)
    first = _best(text, places, hits, words)
    return _marked(text, places, _joined(hits), first, first + words - 1)


def _hits(words: Sequence[str], phrases: Sequence[Phrase]) -> list[_Hit]:
    found = []
    for number, phrase in enumerate(phrases):
        size = len(phrase.words)
        for start in range(len(words) - size + 1) if size else ():
            *before, last = words[start : start + size]
            ends = last.startswith(phrase.words[-1]) if phrase.begun else last == phrase.words[-1]
            if ends and tuple(before) == phrase.words[:-1]:
                found.append(_Hit(start, number, size))
    return sorted(found)


def _best(text: str, places: Sequence[_Span], hits: Sequence[_Hit], words: int) -> int:
    """The word with which the best window begins."""
    sentences = _sentences(text, places)
    best, chosen = 0, 0
    for hit in hits:
        score, around = _score(hits, hit.start, words, len(places))
        if score > best:
            best, chosen = score, around
        begins = sentences[max(bisect_right(sentences, hit.start) - 1, 0)] if sentences else hit.start
        if len(places) > words and begins < hit.start:
            score = _score(hits, begins, words, len(places))[0] + (_SENTENCE if begins else _BEGINNING)
            if score > best:
                best, chosen = score, begins
    return chosen


def _sentences(text: str, places: Sequence[_Span]) -> list[int]:
    """Words that begin a sentence: the first one, and those after a full stop or colon and a space."""
    begin = []
    for number, (start, _) in enumerate(places):
        before = text[:start].rstrip(" \t\n\r") if start and text[start - 1] in " \t\n\r" else ""
        if number == 0 or before[-1:] in (".", ":"):
            begin.append(number)
    return begin


def _score(hits: Sequence[_Hit], start: int, words: int, length: int) -> tuple[int, int]:
    """What a window from a word on is worth, and where one with the same hits begins that has them in its middle."""
    within = [hit for hit in hits if start <= hit.start < start + words]
    if not within:
        return 0, start
    score = sum(_AGAIN for _ in within) + len({hit.phrase for hit in within}) * (_PHRASE - _AGAIN)
    first, last = within[0].start, within[-1].start + within[-1].size
    around = first - int((words - (last - first)) / 2)
    return score, max(min(around, length - words), 0)


def _joined(hits: Sequence[_Hit]) -> list[_Span]:
    """Hits as their first and last words, those that overlap as one."""
    joined: list[_Span] = []
    for hit in hits:
        end = hit.start + hit.size - 1
        if joined and hit.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((hit.start, end))
    return joined


def _marked(text: str, places: Sequence[_Span], hits: Sequence[_Span], first: int, last: int) -> str:
    whole = last >= len(places) - 1
    at = places[first][0] if first else 0
    parts = ["…" if first else ""]
    for start, end in hits:
        if first <= start <= last:
            parts += [text[at : places[start][0]], "\x02", text[places[start][0] : places[min(end, last)][1]], "\x03"]
            at = places[min(end, last)][1]
    parts.append(text[at:] if whole else f"{text[at : places[last][1]]}…")
    return "".join(parts)
