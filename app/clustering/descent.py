"""Which wording most likely derives from which: the cheapest tree over how much each step changes.

A minimum-cost arborescence (Chu and Liu 1965, Edmonds 1967) over the wordings, rooted at the likely original. It is a
guess from words and dates: who read whom is not in the texts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from app.clustering.collation import word_key, words
from app.records import Descended, Reading

Costs = NDArray[np.float64]  # [from, to]

_DROP = 0.4  # of the cost of a new word: to leave out is easier than to make up
_KIN = 0.6  # factor where a document copies the one of the other wording, or holds both
_BACKWARDS = 10.0  # added where a wording would derive from a later one: only where nothing else is left
_UNDATED = 0.15  # added where a date is missing
_TOLERANCE = 1e-9


def descent(readings: Sequence[Reading], root: int) -> tuple[Descended, ...]:
    """For each reading the one that it most likely derives from, with the reasons; `root` derives from none."""
    if not readings:
        return ()
    costs = _costs(readings) if len(readings) > 2 else np.zeros((2, 2))  # of two, one has no choice
    parents = _arborescence(costs, root)
    return tuple(
        Descended(None) if n == root else Descended(parents[n], tuple(_reasons(readings, costs, parents[n], n)))
        for n in range(len(readings))
    )


def _costs(readings: Sequence[Reading]) -> Costs:
    costs = _distances([reading.text for reading in readings])
    for n, parent in enumerate(readings):
        for m, child in enumerate(readings):
            if _kin(parent, child):
                costs[n, m] *= _KIN
            if parent.published is None or child.published is None:
                costs[n, m] += _UNDATED
            elif parent.published > child.published:
                costs[n, m] += _BACKWARDS
    return costs


def _distances(texts: Sequence[str]) -> Costs:
    """Words that each step adds or drops, against those that it ends with.

    A word is written as one sign, so that all pairs are compared at once.
    """
    signs: dict[str, str] = {}
    coded = [
        "".join(signs.setdefault(key, chr(0x10000 + len(signs))) for key in map(word_key, words(text)))
        for text in texts
    ]
    shared = cdist(coded, coded, scorer=LCSseq.similarity).astype(np.float64)
    lengths = np.array([len(code) for code in coded], dtype=np.float64)
    dropped, added = lengths[:, None] - shared, lengths[None, :] - shared
    return np.asarray((_DROP * dropped + added) / np.maximum(lengths, 1.0)[None, :])


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


def _reasons(readings: Sequence[Reading], costs: Costs, parent: int, child: int) -> list[str]:
    one, other = readings[parent], readings[child]
    reasons = [_nearness(readings, costs, parent, child)]
    if one.documents & other.copied:
        reasons.append("It stands in a copy of a document that has that wording.")
    elif one.documents & other.documents:
        reasons.append("Both stand in one document.")
    if other.published is None:
        reasons.append("It is undated: its words alone decide.")
    elif one.published is None:
        reasons.append("That wording is undated.")
    elif one.published > other.published:
        reasons.append("It is dated earlier than that wording: the order is not known.")
    return reasons


def _nearness(readings: Sequence[Reading], costs: Costs, parent: int, child: int) -> str:
    open_to = [n for n in range(len(readings)) if n != child and costs[n, child] < _BACKWARDS]
    if len(open_to) <= 1:
        return "No other wording was out by then."
    nearer = sum(costs[n, child] < costs[parent, child] - _TOLERANCE for n in open_to)
    level = sum(abs(costs[n, child] - costs[parent, child]) <= _TOLERANCE for n in open_to) - 1
    if nearer:
        return "A nearer wording derives from this one itself, so the next nearest stands here."
    if level > 0:
        return f"The nearest of {len(open_to)} wordings that were out by then; {level} more {_is(level)} as near."
    return f"The nearest of {len(open_to)} wordings that were out by then."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
