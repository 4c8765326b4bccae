"""Two documents laid side by side, sentence by sentence."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from app.clustering.context import longest_chain
from app.clustering.normal import normal_form

_ALIKE = 55.0  # of 100, below which two sentences have nothing to do with each other
_SAME = 100.0

Pair = tuple[int | None, int | None]
_Both = tuple[int, int]
_Scores = NDArray[np.float32]


class Parallel(NamedTuple):
    """Pairs in order, None beside what has no counterpart there; and those that correspond out of order."""

    pairs: list[Pair]
    crossing: list[_Both]


def parallel(ours: Sequence[str], theirs: Sequence[str], shared: Iterable[_Both] = ()) -> Parallel:
    """Which sentence of the one goes with which of the other; each stands once, in order on both sides.

    Those that are known to have something in common (`shared`) go first, as many as can without crossings (as in
    `context`); between them those with the same words, then those that are each other's most alike. Time goes with the
    product of the lengths: callers bound them.
    """
    if not ours or not theirs:
        return Parallel(_filled((), len(ours), len(theirs)), [])
    scores = process.cdist(
        list(map(normal_form, ours)), list(map(normal_form, theirs)), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    known, same = _in_order(shared), list(_mutual(scores, _SAME))
    scores[[i for i, _ in (*known, *same)]] = 0
    scores[:, [j for _, j in (*known, *same)]] = 0
    alike = list(_mutual(scores, _ALIKE))
    chain = _joined(_joined(longest_chain(known), same), alike)
    return Parallel(_filled(chain, len(ours), len(theirs)), _in_order({*known, *same, *alike} - {*chain}))


def _joined(fixed: Sequence[_Both], pairs: Sequence[_Both]) -> list[_Both]:
    """What is fixed, and as many of the pairs between as can be without crossings."""
    return sorted([*fixed, *(pair for gap in _gaps(fixed, pairs) for pair in longest_chain(gap))])


def _in_order(pairs: Iterable[_Both]) -> list[_Both]:
    """By rising first and falling second place, as `longest_chain` asks for them."""
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


def _gaps(fixed: Sequence[_Both], pairs: Sequence[_Both]) -> Iterator[list[_Both]]:
    """The pairs that lie on both sides between two neighbours of `fixed`, before the first and after the last one."""
    end = max((max(pair) for pair in (*fixed, *pairs)), default=0) + 1
    for (i, j), (i_next, j_next) in pairwise([(-1, -1), *fixed, (end, end)]):
        yield [(one, other) for one, other in pairs if i < one < i_next and j < other < j_next]


def _filled(chain: Sequence[_Both], our_count: int, their_count: int) -> list[Pair]:
    pairs: list[Pair] = []
    i = j = 0
    for one, other in [*chain, (our_count, their_count)]:
        pairs += [(k, None) for k in range(i, one)]
        pairs += [(None, k) for k in range(j, other)]
        if one < our_count:
            pairs.append((one, other))
        i, j = one + 1, other + 1
    return pairs


def _mutual(scores: _Scores, least: float) -> Iterator[_Both]:
    """Pairs of which each is what the other is most like, the nearest in place where several are."""
    our_count, their_count = scores.shape
    best = [_best(row, i / our_count, least) for i, row in enumerate(scores)]
    wanted = [_best(column, j / their_count, least) for j, column in enumerate(scores.T)]
    for i, j in enumerate(best):
        if j is not None and wanted[j] == i:
            yield i, j


def _best(scores: _Scores, place: float, least: float) -> int | None:
    top = scores.max()
    if top < least:
        return None
    return min(np.flatnonzero(scores == top).tolist(), key=lambda k: abs(k / len(scores) - place))
