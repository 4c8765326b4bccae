"""What the other candidates of two wordings say of the pair: how far it stands out, and which thirds they share."""

import numpy as np

from app.clustering.blocking import Pairs
from app.clustering.collection import Floats, Ints
from app.clustering.sparse import csr_array

_FURTHER = 11  # place of a neighbour that is surely another utterance
_BATCH = 100_000  # pairs
_NOTHING = 0.02  # chance below which a neighbour is none
_PRIOR = 0.3  # keeps shares of little in bounds


def margins(pairs: Pairs, scores: Floats, size: int, nothing: float = 0.0) -> Floats:
    """Eight columns: for both wordings of each pair the lesser and the greater of what the score is above the best
    other one, above the twelfth best, and above the mean; and of its rank (logarithm). `nothing` is the score of a
    neighbour that is missing."""
    count = len(scores)
    items = np.concatenate(pairs)
    twice = np.concatenate([scores, scores])
    order = np.lexsort((-twice, items))
    ranked, starts = twice[order], np.searchsorted(items[order], np.arange(size + 1))
    degrees = np.diff(starts)
    ranks = np.empty(len(items), np.int64)
    ranks[order] = np.arange(len(items)) - starts[items[order]]

    def placed(place: int) -> Floats:
        found = np.full(size, nothing, np.float32)
        reached = degrees > place
        found[reached] = ranked[starts[:-1][reached] + place]
        return found

    best, second, further = placed(0), placed(1), placed(_FURTHER)
    sums = np.concatenate([[0.0], np.cumsum(ranked, dtype=np.float64)])
    means = (sums[starts[1:]] - sums[starts[:-1]]) / np.maximum(degrees, 1)
    rival = np.where(ranks == 0, second[items], best[items])
    columns = (twice - rival, twice - further[items], twice - means[items], np.log1p(ranks))
    halves = [(column[:count], column[count:]) for column in columns]
    return np.stack([chosen(*half) for half in halves for chosen in (np.minimum, np.maximum)], axis=1).astype(
        np.float32
    )


def thirds(pairs: Pairs, chances: Floats, size: int) -> Floats:
    """Five columns: what both wordings of each pair are likely one with, as a sum and as shares of what either is
    likely one with, and these two sums (logarithm)."""
    kept = chances >= _NOTHING
    links = csr_array((chances[kept], (pairs[0][kept], pairs[1][kept])), (size, size))
    links = csr_array(links + links.T)
    links.sort_indices()
    shared = np.concatenate(
        [np.zeros(0, np.float32)]
        + [np.asarray(links[ones].multiply(links[others]).sum(axis=1), np.float32) for ones, others in _batches(pairs)]
    )
    sums = np.asarray(links.sum(axis=1), np.float32).ravel()
    own = np.where(kept, chances, 0.0)
    left, right = sums[pairs[0]] - own, sums[pairs[1]] - own
    less, more = np.maximum(np.minimum(left, right), 0.0), np.maximum(np.maximum(left, right), 0.0)
    return np.stack(
        [shared, shared / (less + _PRIOR), shared / (more + _PRIOR), np.log1p(less), np.log1p(more)], axis=1
    ).astype(np.float32)


def _batches(pairs: Pairs) -> list[tuple[Ints, Ints]]:
    return [
        (pairs[0][start : start + _BATCH], pairs[1][start : start + _BATCH])
        for start in range(0, len(pairs[0]), _BATCH)
    ]
