"""Candidate pairs from an inverted index, with bounded work for each wording, so about linear in their number."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_BUDGET = 6_000  # index entries that one wording may look at, rarest features first
_NEIGHBOURS = 24  # candidates that one wording keeps
_ROWS = 2_000  # wordings looked up at a time; bounds memory
_SHORT = 6  # words up to which parts of words serve as features
_LEAST = 0.1  # share of common weight below which a pair is not looked at further

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def candidates(sentences: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
    """Pairs of stemmed sentences worth scoring, as two arrays of indices with first < second, sorted.

    Features are stems, neighbouring stems, and the beginnings of words of short sentences. Each sentence looks up
    its rarest features until its budget is spent, and keeps the neighbours that share the greatest weight.
    """
    index, frequencies = _index(sentences)
    size = len(sentences)
    found = [np.empty(0, np.int64)]
    if index.nnz:
        found += [_codes(rows, columns, size) for rows, columns in _neighbours(index, frequencies)]
    codes = np.unique(np.concatenate(found))
    return codes // size, codes % size


def _codes(rows: Ints, columns: Ints, size: int) -> Ints:
    return np.asarray(np.minimum(rows, columns) * size + np.maximum(rows, columns))


def _index(sentences: Sequence[Sequence[str]]) -> tuple[csr_array, Ints]:
    number: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for sentence in sentences:
        columns += (number.setdefault(feature, len(number)) for feature in dict.fromkeys(_features(sentence)))
        ends.append(len(columns))
    shape = (len(sentences), len(number))
    index = csr_array((np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(ends)), shape)
    return _useful(index)


def _features(words: Sequence[str]) -> Iterator[str]:
    yield from words
    for word, following in pairwise(words):
        yield f"{word} {following}"
    if len(words) <= _SHORT:
        yield from (f"{word[:3]}-" for word in words if len(word) > 3)


def _useful(index: csr_array) -> tuple[csr_array, Ints]:
    """The index without features that find nothing (one sentence has them) or that no budget reaches."""
    frequencies = np.bincount(index.indices, minlength=index.shape[1])
    kept = np.flatnonzero((frequencies > 1) & (frequencies <= _BUDGET))
    return index[:, kept], frequencies[kept]


def _neighbours(index: csr_array, frequencies: Ints) -> Iterator[tuple[Ints, Ints]]:
    weights = np.log((index.shape[0] + 100.0) / frequencies).astype(np.float32)
    totals = index @ weights
    queries = _queries(index, frequencies, weights)
    postings = index.T.tocsr()
    for start in range(0, index.shape[0], _ROWS):
        shared = (queries[start : start + _ROWS] @ postings).tocoo()
        rows, columns = shared.row.astype(np.int64) + start, shared.col.astype(np.int64)
        yield _best(rows, columns, _likeness(shared.data, totals[rows], totals[columns]))


def _queries(index: csr_array, frequencies: Ints, weights: NDArray[np.float32]) -> csr_array:
    """Each sentence's rarest features, as many as its budget allows, with their weights."""
    rows = np.repeat(np.arange(index.shape[0]), np.diff(index.indptr))
    order = np.lexsort((index.indices, frequencies[index.indices], rows))
    rows, columns = rows[order], index.indices[order]
    spent = np.cumsum(frequencies[columns])
    before = np.concatenate([[0], spent])[index.indptr[:-1]]
    kept = spent - before[rows] <= _BUDGET
    return csr_array((weights[columns[kept]], (rows[kept], columns[kept])), index.shape)


def _likeness(shared: NDArray[np.float32], own: NDArray[np.float32], other: NDArray[np.float32]) -> Floats:
    """Shared weight against both totals; the smaller counts more, so that a cut finds its long quote."""
    return np.asarray(shared / (0.65 * np.minimum(own, other) + 0.35 * np.maximum(own, other)), np.float64)


def _best(rows: Ints, columns: Ints, likeness: Floats) -> tuple[Ints, Ints]:
    kept = np.flatnonzero((rows != columns) & (likeness >= _LEAST))
    order = kept[np.lexsort((columns[kept], -likeness[kept], rows[kept]))]
    rows, columns = rows[order], columns[order]
    firsts = np.searchsorted(rows, rows)
    near = np.arange(len(rows)) - firsts < _NEIGHBOURS
    return rows[near], columns[near]
