"""Text to word pieces, as an uncased BERT reads them, with what such an encoder does not see by itself.

A *word* here is a run of letters and digits, or one other character; labels belong to words, and a word is
represented by its first piece. A paragraph opens with a word of no characters, the break.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.records import Span

Ints = npt.NDArray[np.int64]

BREAK = "[unused0]"
BREAK_TYPE = 6  # types 0 to 5: plain, Capitalised, CAPITALS, each outside and inside marks
TYPES = 7

# A long row of one mark is one word: rules and decoration, or an attack.
_WORD = re.compile(r"[^\W_]+|([^\w\s]|_)(?:\1{7,})?+")
_MARK = re.compile(r"[“”„«»\"]|''|``|(?<!\w)['‘](?=\w)|(?<=[\w.,;:!?…])['’](?!\w)")
_OPENING = {"“", "„", "«", "``"}
_CLOSING = {"”", "»"}
_LONGEST_WORD = 100  # BERT's own limit; longer ones become one unknown piece


class Vocabulary:
    """The pieces an encoder knows; splits a word greedily, longest piece first."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self.opening, self.closing = self._ids["[CLS]"], self._ids["[SEP]"]
        self.padding, self.unknown = self._ids["[PAD]"], self._ids["[UNK]"]
        self.masked, self.paragraph = self._ids["[MASK]"], self._ids[BREAK]
        self.split = lru_cache(maxsize=65_536)(self._split)

    @classmethod
    def read(cls, path: Path) -> "Vocabulary":
        """The vocabulary of a file with one piece a line; the line number is the id."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def __len__(self) -> int:
        return len(self._ids)

    def _split(self, word: str) -> tuple[int, ...]:
        rest = _plain(word)
        found: list[int] = []
        if len(rest) > _LONGEST_WORD:
            return (self.unknown,)
        while rest:
            lead = "##" if found else ""
            size = next((n for n in range(len(rest), 0, -1) if lead + rest[:n] in self._ids), 0)
            if not size:
                return (self.unknown,)
            found.append(self._ids[lead + rest[:size]])
            rest = rest[size:]
        return tuple(found) or (self.unknown,)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One document as words and pieces. `first[i]` is the first piece of word i; `first[-1]` their number."""

    starts: Ints  # character offsets of words
    ends: Ints
    first: Ints
    ids: Ints  # of pieces
    types: Ints  # of pieces
    breaks: Ints  # words that open a paragraph

    def __len__(self) -> int:
        return len(self.starts)


def encode(text: str, paragraphs: Sequence[Span], vocabulary: Vocabulary) -> Encoded:
    """The words of the paragraphs, in order; text between paragraphs is left out."""
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    breaks: list[int] = []
    ids: list[int] = []
    types: list[int] = []
    for start, end in paragraphs:
        breaks.append(len(starts))
        for word_start, word_end, kind in _words(text, start, end):
            starts.append(word_start)
            ends.append(word_end)
            first.append(len(ids))
            found = vocabulary.split(text[word_start:word_end]) if word_end > word_start else ()
            ids.extend(found or (vocabulary.paragraph,))
            types.extend([kind] * max(1, len(found)))
    first.append(len(ids))
    return Encoded(*map(_column, (starts, ends, first, ids, types, breaks)))


def _column(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The break of a paragraph and its words, each with its type."""
    yield start, start, BREAK_TYPE
    changes = [*_changes(text, start, end), (end, False)]
    turn, inside = 0, False
    for match in _WORD.finditer(text, start, end):
        while changes[turn][0] <= match.start():
            inside = changes[turn][1]
            turn += 1
        yield match.start(), match.end(), _case(match.group()) + 3 * inside


def _changes(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Where a reader would be inside quotation marks, as far as one paragraph tells."""
    double = single = False
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if mark in {"'", "‘", "’"}:
            opens = match.end() < end and text[match.end()].isalnum() and mark != "’"
            single = opens
        else:
            double = mark in _OPENING or (mark not in _CLOSING and not double)
        yield match.start(), double or single


def _case(word: str) -> int:
    if not word[0].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _plain(word: str) -> str:
    """Lower case without accents."""
    lower = word.lower()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if unicodedata.category(c) != "Mn")
