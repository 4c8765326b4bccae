"""Which wording most likely derives from which: the cheapest tree over how much each step changes.

A minimum-cost arborescence (Chu and Liu 1965, Edmonds 1967) over the wordings, rooted at the likely original. It is a
guess from words and dates: who read whom is not in the texts.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from app.clustering.collation import words
from app.clustering.contractions import written_out
from app.clustering.numerals import is_numeral, values
from app.clustering.vocabulary import NEGATIONS
from app.records import Descended, Reading

Costs = NDArray[np.float64]  # [from, to]

_DROP = 0.4  # of the cost of a new word: to leave out is easier than to make up
_KIN = 0.6  # factor where a document copies the one of the other wording, or holds both
_GRAVE = 4  # words that a negation or a number weighs as much as: who copies seldom changes those
_BACKWARDS = 1e4  # added where a wording would derive from a later one: only where nothing else is left
_UNDATED = 0.15  # added where a date is missing
_TOLERANCE = 1e-9


class _Guess(NamedTuple):
    """How far wordings are from each other in words, and what each step costs by words, documents and dates."""

    distances: Costs
    costs: Costs


def descent(readings: Sequence[Reading], root: int) -> tuple[Descended, ...]:
    """For each reading the one that it most likely derives from, with the reasons; `root` derives from none."""
    if not readings:
        return ()
    distances = _distances(readings) if len(readings) > 2 else np.zeros((2, 2))  # of two, one has no choice
    guess = _Guess(distances, _costs(readings, distances))
    parents = _arborescence(guess.costs, root)
    return tuple(
        Descended(None) if n == root else Descended(parents[n], tuple(_reasons(readings, guess, parents[n], n)))
        for n in range(len(readings))
    )


def _costs(readings: Sequence[Reading], distances: Costs) -> Costs:
    costs = distances.copy()
    for n, parent in enumerate(readings):
        for m, child in enumerate(readings):
            if _kin(parent, child):
                costs[n, m] *= _KIN
            if parent.published is None or child.published is None:
                costs[n, m] += _UNDATED
            elif _is_later(parent, child):
                costs[n, m] += _BACKWARDS
    return costs


def _distances(readings: Sequence[Reading]) -> Costs:
    """Words that each step adds or drops, against those that it ends with; a negation or a number weighs as several.

    A word is written as one sign, so that all pairs are compared at once.
    """
    signs: dict[str, str] = {}
    coded = [
        "".join(signs.setdefault(key, chr(0x10000 + len(signs))) * weight for key, weight in _weighed(reading.text))
        for reading in readings
    ]
    shared = cdist(coded, coded, scorer=LCSseq.similarity).astype(np.float64)
    lengths = np.array([len(code) for code in coded], dtype=np.float64)
    dropped, added = lengths[:, None] - shared, lengths[None, :] - shared
    return np.asarray((_DROP * dropped + added) / np.maximum(lengths, 1.0)[None, :])


def _weighed(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text as they are compared, contractions written out and numbers by value, each with its weight."""
    for numeral, run in groupby(written_out(words(text)), key=is_numeral):
        keys = list(run)
        numbers = values(keys) if numeral else ()
        yield from ((number, _GRAVE) for number in numbers)
        for key in () if numbers else keys:
            yield key, 1
            if key in NEGATIONS:
                yield "not", _GRAVE - 1  # whichever word denies


def _kin(parent: Reading, child: Reading) -> bool:
    return bool(parent.documents & (child.copied | child.documents))


def _arborescence(costs: Costs, root: int) -> dict[int, int]:
    """The parent of every node but `root`: cheapest edges, cycles contracted until there are none."""
    best = {n: _cheapest(costs, n) for n in range(len(costs)) if n != root}
    cycle = _cycle(best, root)
    if not cycle:
        return best
    return _expanded(costs, root, best, cycle)


def _cheapest(costs: Costs, child: int) -> int:
    column = costs[:, child].copy()
    column[child] = np.inf
    return int(column.argmin())


def _cycle(parents: Mapping[int, int], root: int) -> list[int]:
    done = {root}
    for start in parents:
        path: list[int] = []
        node = start
        while node not in done and node not in path:
            path.append(node)
            node = parents[node]
        if node in path:
            return path[path.index(node) :]
        done.update(path)
    return []


def _expanded(costs: Costs, root: int, best: Mapping[int, int], cycle: Sequence[int]) -> dict[int, int]:
    """Solve with `cycle` as one node, then open it where the edge into it enters."""
    others = [n for n in range(len(costs)) if n not in set(cycle)]
    inner = np.array([costs[best[n], n] for n in cycle])
    into = costs[np.ix_(others, cycle)] - inner
    out = costs[np.ix_(cycle, others)]
    size = len(others)
    smaller = np.full((size + 1, size + 1), np.inf)
    smaller[:size, :size] = costs[np.ix_(others, others)]
    smaller[:size, size] = into.min(axis=1)
    smaller[size, :size] = out.min(axis=0)
    found = _arborescence(smaller, others.index(root))
    entered = cycle[int(into[found[size]].argmin())]
    parents = {n: best[n] for n in cycle if n != entered} | {entered: others[found[size]]}
    for place, node in enumerate(others):
        if node != root:
            above = found[place]
            parents[node] = others[above] if above < size else cycle[int(out[:, place].argmin())]
    return parents


def _reasons(readings: Sequence[Reading], guess: _Guess, parent: int, child: int) -> list[str]:
    one, other = readings[parent], readings[child]
    reasons = [_nearness(readings, guess, parent, child)]
    if one.documents & other.copied:
        reasons.append("It stands in a copy of a document that has that wording.")
    elif one.documents & other.documents:
        reasons.append("Both stand in one document.")
    if other.published is None:
        reasons.append("It is undated: its words alone decide.")
    elif one.published is None:
        reasons.append("That wording is undated.")
    elif _is_later(one, other):
        reasons.append("It is dated earlier than that wording: the order is not known.")
    return reasons


def _nearness(readings: Sequence[Reading], guess: _Guess, parent: int, child: int) -> str:
    """How near the parent is among the wordings that may have been out by then, as far as dates tell."""
    costs, distances = guess.costs[:, child], guess.distances[:, child]
    open_to = [n for n in range(len(readings)) if n != child and not _is_later(readings[n], readings[child])]
    if len(readings) == 2:
        return "There is no other wording."
    if open_to in ([], [parent]):
        return "No other wording was out by that day."
    if any(costs[n] < costs[parent] - _TOLERANCE for n in open_to):
        return "A likelier wording derives from this one itself, so the next likeliest stands here."
    dated = all(readings[n].published for n in (*open_to, child))
    those = f"{len(open_to)} wordings that {'were out by that day' if dated else 'may have been out by then'}"
    nearer = sum(distances[n] < distances[parent] - _TOLERANCE for n in open_to)
    if nearer:
        return f"Of {those}, {nearer} {_is(nearer)} nearer in words; documents and dates speak for this one."
    level = sum(abs(distances[n] - distances[parent]) <= _TOLERANCE for n in open_to) - 1
    return f"The nearest of {those}{f'; {level} more {_is(level)} as near' if level else ''}."


def _is_later(one: Reading, other: Reading) -> bool:
    return one.published is not None and other.published is not None and one.published > other.published


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
