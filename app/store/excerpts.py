"""Excerpts: the place of a document's body that has most of what was sought. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.store.words import fold

_MARKS = re.compile("([\x02\x03])")  # as the search table sets them around hits
_WORD = re.compile(r"\S+")
_WORDS = 24
_BEFORE = 6  # words that stand before the first hit


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `hit` where it is one of the words sought."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    hit: str  # the words sought that stand in it, folded; "" where none do


def excerpt(marked: str, body_start: int) -> tuple[Piece, ...]:
    """The words around most of what was sought, cut from a marked text; nothing where its body has none of it.

    Front matter, the first `body_start` characters (marks aside), is passed over.
    """
    body, hits = _unmarked(marked, body_start)
    tokens = list(_tokens(body, hits))
    first = _best(tokens)
    if first is None:
        return ()
    shown = tokens[max(0, first - _BEFORE) :][:_WORDS]
    start, end = shown[0].start, shown[-1].end
    before, after = ("…" if part.strip() else "" for part in (body[:start], body[end:]))
    pieces = Piece(before, False), *_pieces(body, start, end, hits), Piece(after, False)
    return tuple(piece for piece in pieces if piece.text)


def _unmarked(marked: str, body_start: int) -> tuple[str, list[tuple[int, int]]]:
    """The body without marks, and where in it the hits are."""
    parts, hits, at, inside = [], [], 0, False
    for part in _MARKS.split(marked):
        if _MARKS.fullmatch(part):
            inside = part == "\x02"
            continue
        if inside and at >= body_start:
            hits.append((at - body_start, at - body_start + len(part)))
        parts.append(part)
        at += len(part)
    return "".join(parts)[body_start:], hits


def _tokens(body: str, hits: Sequence[tuple[int, int]]) -> Iterator[_Token]:
    """The words between spaces, each with the hits that begin in it."""
    rest = iter(hits)
    hit = next(rest, None)
    for found in _WORD.finditer(body):
        words = []
        while hit and hit[0] < found.end():
            words.append(fold(body[slice(*hit)]))
            hit = next(rest, None)
        yield _Token(found.start(), found.end(), " ".join(words))


def _best(tokens: Sequence[_Token]) -> int | None:
    """The first hit of those with the most different hits, then the most hits, behind it in one excerpt."""

    def richness(first: int) -> tuple[int, int]:
        there = [token.hit for token in tokens[first : first + _WORDS - _BEFORE] if token.hit]
        return len({*there}), len(there)

    return max((number for number, token in enumerate(tokens) if token.hit), key=richness, default=None)


def _pieces(body: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = start
    for low, high in hits:
        if start <= low < end:
            yield Piece(_line(body[at:low]), False)
            yield Piece(_line(body[low : min(high, end)]), True)
            at = min(high, end)
    yield Piece(_line(body[at:end]), False)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
