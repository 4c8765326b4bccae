"""The cheapest reading of a paragraph's marks: which open, which close, which are apostrophes or damage.

A Viterbi search over the marks; its states are the quotations open at that point, innermost last.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.extraction.marks import Family, Mark

Open = Family | Literal["inverted"]
State = tuple[Open, ...]
Move = Literal["skip", "open", "close", "reopen", "unopened"]

_UNCLOSED = 2.5
_UNCLOSED_SINGLE = 4.0  # a lone single mark is rather an apostrophe
_CONTINUED = 0.2  # unclosed, but the next paragraph opens again
_NESTED_ALIKE = 1.2
_INVERTED_OPEN, _INVERTED_CLOSE = 1.4, 0.6
_REOPEN_AT_SENTENCE, _REOPEN = 1.8, 3.2
_UNOPENED_SURE, _UNOPENED = 1.2, 2.4
_ACROSS = 1.5  # an inner quotation left open
_OTHER_FAMILY = 2.5
_DEPTH, _BEAM, _MARGIN = 3, 6, 5.0

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")
_CLOSED_BY: dict[Open, Family] = {
    "double": "double",
    "low": "double",
    "angle": "angle",
    "single": "single",
    "low single": "single",
    "single angle": "single angle",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An outermost quotation between two marks; a missing mark is None. `limit`: where it must have ended."""

    opening: Mark | None
    closing: Mark | None
    start_limit: int
    limit: int
    inverted: bool


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    came_from: State
    move: Move


def pair(text: str, start: int, end: int, marks: Sequence[Mark], continues: bool) -> list[Enclosure]:
    """The outermost quotations of the paragraph text[start:end]; `continues`: the next one opens anew.

    Near-linear in the number of marks: `_BEAM` readings at most are carried from mark to mark.
    """
    column: dict[State, _Step] = {(): _Step(0.0, (), "skip")}
    columns = []
    previous = start
    for mark in marks:
        sentence = _SENTENCE_END.search(text, previous, mark.start) is not None
        column = _advance(column, mark, sentence)
        columns.append(column)
        previous = mark.end
    last = min(column, key=lambda state: column[state].cost + _closing_down(state, continues))
    return _enclosures(text, marks, _trace(columns, last), start, end)


def _advance(column: dict[State, _Step], mark: Mark, sentence: bool) -> dict[State, _Step]:
    reached: dict[State, _Step] = {}
    for state, step in column.items():
        for cost, target, move in _moves(state, mark, sentence):
            total = step.cost + cost
            if target not in reached or total < reached[target].cost:
                reached[target] = _Step(total, state, move)
    ranked = sorted(reached.items(), key=lambda item: item[1].cost)[:_BEAM]
    worst = ranked[0][1].cost + _MARGIN
    return {state: step for state, step in ranked if step.cost <= worst}


def _moves(state: State, mark: Mark, sentence: bool) -> Iterator[tuple[float, State, Move]]:
    yield mark.stray, state, "skip"
    yield from _openings(state, mark)
    yield from _closings(state, mark)
    if state and mark.family == state[0] and mark.opening < 2:
        yield mark.opening + (_REOPEN_AT_SENTENCE if sentence else _REOPEN), (mark.family,), "reopen"
    sure = mark.cue_follows or (mark.after_stop and mark.shape == "close")
    if not state and mark.shape != "open" and mark.family == "double" and (sentence or sure):
        yield mark.closing + (_UNOPENED_SURE if sure else _UNOPENED), state, "unopened"


def _openings(state: State, mark: Mark) -> Iterator[tuple[float, State, Move]]:
    if len(state) >= _DEPTH:
        return
    alike = mark.family in state
    if not alike or (mark.family == "double" and len(state) == 1):
        yield mark.opening + _NESTED_ALIKE * alike, (*state, mark.family), "open"
    if mark.slipped and mark.family == "double" and mark.shape != "open" and len(state) < 2:
        yield _INVERTED_OPEN, (*state, "inverted"), "open"


def _closings(state: State, mark: Mark) -> Iterator[tuple[float, State, Move]]:
    if not state:
        return
    inner = state[-1]
    if inner == "inverted":
        if mark.family == "double" and mark.shape != "close":
            yield _INVERTED_CLOSE + mark.opening, state[:-1], "close"
        return
    if _CLOSED_BY[inner] == mark.family:
        low = inner in ("low", "low single") and mark.shape == "open"
        yield (0.0 if low else mark.closing), state[:-1], "close"
    elif len(state) == 1:
        yield mark.closing + _OTHER_FAMILY, (), "close"
    if len(state) > 1 and _CLOSED_BY.get(state[-2]) == mark.family:
        yield mark.closing + _ACROSS, state[:-2], "close"


def _closing_down(state: State, continues: bool) -> float:
    """Cost of what is still open at the end of the paragraph."""
    if not state:
        return 0.0
    if state[0] == "inverted":
        return 2 * _UNCLOSED
    single = state[0] in ("single", "low single", "single angle")
    outer = _CONTINUED if continues else _UNCLOSED_SINGLE if single else _UNCLOSED
    return outer + _ACROSS * (len(state) - 1)


def _trace(columns: Sequence[dict[State, _Step]], last: State) -> list[tuple[State, Move, State]]:
    """The best reading, from first mark to last: state before, move, state after."""
    path = []
    state = last
    for column in reversed(columns):
        step = column[state]
        path.append((step.came_from, step.move, state))
        state = step.came_from
    return path[::-1]


def _enclosures(
    text: str, marks: Sequence[Mark], path: Sequence[tuple[State, Move, State]], start: int, end: int
) -> list[Enclosure]:
    found: list[Enclosure] = []
    opening: Mark | None = None
    inverted, free = False, start
    for mark, (before, move, after) in zip(marks, path, strict=True):
        inverted = (inverted and bool(before)) or "inverted" in after
        if move == "reopen" or (move == "close" and not after) or move == "unopened":
            closing = None if move == "reopen" else mark
            if move == "unopened":
                free = _absorb(text, found, free, mark)
            found.append(Enclosure(opening, closing, free, mark.start, inverted))
            free = mark.start if move == "reopen" else mark.end
            opening = mark if move == "reopen" else None
        elif move == "open" and not before:
            opening = mark
    if path and path[-1][2]:
        found.append(Enclosure(opening, None, free, end, inverted))
    return found


def _absorb(text: str, found: list[Enclosure], free: int, mark: Mark) -> int:
    """Give inner quotations in the sentence before a closing mark that nothing opened back to it."""
    while found and found[-1].closing and _is_single(found[-1].closing):
        if _SENTENCE_END.search(text, found[-1].closing.start, mark.start):
            break
        free = found.pop().start_limit
    return free


def _is_single(mark: Mark) -> bool:
    return mark.family in ("single", "low single", "single angle")
