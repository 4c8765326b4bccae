"""Candidate pairs from an inverted index, with bounded work for each wording, so about linear in their number."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.clustering.collection import Collection, Floats, Ints
from app.clustering.sparse import Sparse, csr_array

_BUDGET = 6_000  # index entries that one wording may look at, rarest features first
_NEIGHBOURS = 24  # candidates that one wording keeps
_ROWS = 2_000  # wordings looked up at a time; bounds memory
_SHORT = 6  # words up to which parts of words serve as features
_LEAST = 0.1  # share of common weight below which a pair is not looked at further
_HOP = 0.25  # chance that two wordings have one utterance in common, summed over what is between them
_ENTRIES = 4_000_000  # sums over what is between pairs, looked at in one go

Pairs = tuple[Ints, Ints]  # indices, first < second


def candidates(collection: Collection) -> Pairs:
    """Pairs of wordings worth scoring, as two arrays of indices with first < second, sorted.

    Features are stems, neighbouring stems, and the beginnings of words of short wordings. Each wording looks up its
    rarest features until its budget is spent, and keeps the neighbours that share the greatest weight.
    """
    index, frequencies = _useful(_index(collection))
    size = len(collection)
    found = [np.empty(0, np.int64)]
    if index.nnz:
        found += [_codes(rows, columns, size) for rows, columns in _neighbours(index, frequencies)]
    return _decoded(np.unique(np.concatenate(found)), size)


def between(pairs: Pairs, probability: Floats, size: int) -> Pairs:
    """Pairs that are no candidates yet, both of which are likely one utterance with some third wording."""
    likely = probability >= _HOP
    ones, others = pairs[0][likely], pairs[1][likely]
    links = csr_array((probability[likely], (ones, others)), (size, size))
    links = csr_array(links + links.T)
    found = [np.empty(0, np.int64)]
    for start, stop in _blocks(links):
        sums = (links[start:stop] @ links).tocoo()
        rows, columns = sums.row.astype(np.int64) + start, sums.col.astype(np.int64)
        kept = (sums.data >= _HOP) & (rows < columns)
        found.append(rows[kept] * size + columns[kept])
    codes = np.setdiff1d(np.concatenate(found), pairs[0] * size + pairs[1])
    return _decoded(codes, size)


def _blocks(links: Sparse) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose products stay within bounds."""
    degrees = np.diff(links.indptr)
    work = np.cumsum(np.concatenate([[0], (links @ degrees.astype(np.float64))]))
    start = 0
    while start < len(degrees):
        stop = max(start + 1, int(np.searchsorted(work, work[start] + _ENTRIES, side="right")) - 1)
        yield start, min(stop, len(degrees))
        start = stop


def _codes(rows: Ints, columns: Ints, size: int) -> Ints:
    return np.asarray(np.minimum(rows, columns) * size + np.maximum(rows, columns))


def _decoded(codes: Ints, size: int) -> Pairs:
    return codes // max(size, 1), codes % max(size, 1)


def _index(collection: Collection) -> Sparse:
    """Wordings by features, 1 where a wording has one."""
    size = len(collection)
    vocabulary = len(collection.stems)
    tokens = collection.tokens.astype(np.int64)
    rows = np.repeat(np.arange(size), np.diff(collection.ends))
    neighbours = np.flatnonzero(rows[:-1] == rows[1:])
    twos, two = np.unique(tokens[neighbours] * vocabulary + tokens[neighbours + 1], return_inverse=True)
    beginnings = {word[:3]: None for word in collection.stems if len(word) > 3}
    numbered = {beginning: number for number, beginning in enumerate(beginnings)}
    part = np.array([numbered[word[:3]] if len(word) > 3 else -1 for word in collection.stems] or [0], np.int64)
    short = np.flatnonzero(np.diff(collection.ends)[rows] <= _SHORT)
    short = short[part[tokens[short]] >= 0]
    parts = part[tokens[short]] + vocabulary + len(twos)
    columns = np.concatenate([tokens, two + vocabulary, parts]).astype(np.int32)
    places = np.concatenate([rows, rows[neighbours], rows[short]])
    shape = (size, vocabulary + len(twos) + len(numbered))
    index = csr_array((np.ones(len(columns), np.float32), (places, columns)), shape)
    index.data[:] = 1.0
    return index


def _useful(index: Sparse) -> tuple[Sparse, Ints]:
    """The index without features that find nothing (one wording has them) or that no budget reaches."""
    frequencies = np.bincount(index.indices, minlength=index.shape[1])
    kept = np.flatnonzero((frequencies > 1) & (frequencies <= _BUDGET))
    return index[:, kept], frequencies[kept]


def _neighbours(index: Sparse, frequencies: Ints) -> Iterator[tuple[Ints, Ints]]:
    weights = np.log((index.shape[0] + 100.0) / frequencies).astype(np.float32)
    totals = index @ weights
    queries = _queries(index, frequencies, weights)
    postings = index.T.tocsr()
    for start in range(0, index.shape[0], _ROWS):
        shared = (queries[start : start + _ROWS] @ postings).tocoo()
        rows, columns = shared.row.astype(np.int64) + start, shared.col.astype(np.int64)
        likeness = _likeness(shared.data, totals[rows], totals[columns])
        kept = np.flatnonzero((rows != columns) & (likeness >= _LEAST))
        yield _best(rows[kept], columns[kept], likeness[kept])


def _queries(index: Sparse, frequencies: Ints, weights: NDArray[np.float32]) -> Sparse:
    """Each wording's rarest features, as many as its budget allows, with their weights."""
    rows = np.repeat(np.arange(index.shape[0]), np.diff(index.indptr))
    order = np.lexsort((index.indices, frequencies[index.indices], rows))
    rows, columns = rows[order], index.indices[order]
    spent = np.cumsum(frequencies[columns])
    before = np.concatenate([[0], spent])[index.indptr[:-1]]
    kept = spent - before[rows] <= _BUDGET
    return csr_array((weights[columns[kept]], (rows[kept], columns[kept])), index.shape)


def _likeness(shared: Floats, own: Floats, other: Floats) -> Floats:
    """Shared weight against both totals; the smaller counts more, so that a cut finds its long quote."""
    return np.asarray(shared / (0.65 * np.minimum(own, other) + 0.35 * np.maximum(own, other)), np.float32)


def _best(rows: Ints, columns: Ints, likeness: Floats) -> Pairs:
    order = np.lexsort((columns, -likeness, rows))
    rows, columns = rows[order], columns[order]
    near = np.arange(len(rows)) - np.searchsorted(rows, rows) < _NEIGHBOURS
    return rows[near], columns[near]
