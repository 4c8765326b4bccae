"""Two documents laid side by side, sentence by sentence."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from app.clustering.context import longest_chain
from app.clustering.normal import normal_form

_ALIKE = 55.0  # of 100, below which two sentences have nothing to do with each other

Pair = tuple[int | None, int | None]


def parallel(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """Which sentence of the one goes with which of the other; each stands once, in order on both sides.

    Those pair that are each other's most alike, as many as can without crossings (as in `context`); None stands
    beside what has no counterpart. Time goes with the product of the lengths: callers bound them.
    """
    pairs: list[Pair] = []
    i = j = 0
    for one, other in [*longest_chain(_mutual(ours, theirs)), (len(ours), len(theirs))]:
        pairs += [(k, None) for k in range(i, one)]
        pairs += [(None, k) for k in range(j, other)]
        if one < len(ours):
            pairs.append((one, other))
        i, j = one + 1, other + 1
    return pairs


def _mutual(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of which each is what the other is most like, the nearest in place where several are."""
    if not ours or not theirs:
        return []
    scores = process.cdist(
        list(map(normal_form, ours)), list(map(normal_form, theirs)), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    best = [_best(row, i / len(ours), len(theirs)) for i, row in enumerate(scores)]
    wanted = [_best(column, j / len(theirs), len(ours)) for j, column in enumerate(scores.T)]
    return list(_agreed(best, wanted))


def _best(scores: Sequence[float], place: float, count: int) -> int | None:
    top = max(scores)
    if top < _ALIKE:
        return None
    return min((k for k, score in enumerate(scores) if score == top), key=lambda k: abs(k / count - place))


def _agreed(best: Sequence[int | None], wanted: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    for i, j in enumerate(best):
        if j is not None and wanted[j] == i:
            yield i, j
