"""What pairs of wordings have in common, compared in batches: one row of features for each pair.

Shares are of idf weight, 0 to 1. `covered` counts words that a learned lexicon holds for answers of each other; how
much of a word's weight an answer covers is normalised pointwise mutual information (Bouma 2009).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from app.clustering.blocking import Pairs
from app.clustering.collection import Collection, Floats, Ints, facts
from app.clustering.sparse import Sparse, csr_array, identity

FEATURES = (
    "jaccard",
    "contained",  # of the wording with less weight in the other
    "cosine",
    "short_covered",
    "long_covered",
    "covered",
    "order_long",  # longest common subsequence of stems against the longer
    "order_short",
    "letters",
    "neighbours",  # pairs of neighbouring stems that both have
    "content",  # words of content that both have; logarithms from here
    "short_content",
    "long_content",
    "length",  # shorter by longer, no logarithm
    "numbers",  # on both sides without an equal
    "negations",  # more on one side
    "words",
)
JACCARD, CONTAINED = FEATURES.index("jaccard"), FEATURES.index("contained")
COVERED, COSINE = FEATURES.index("covered"), FEATURES.index("cosine")
_WORKERS = 2
_BATCH = 100_000  # pairs
_LEAST_COVER = 0.25
_TINY = 1e-6
_HASHED = 2**31 - 1
_SURROGATES, _SIGNS = 0xD800, 1_000_000  # a stem is written as one sign of Unicode


class Comparison:
    """The matrices of a collection from which any of its pairs is compared."""

    def __init__(self, collection: Collection, lexicon: tuple[Sequence[str], Sequence[str], Floats]) -> None:
        presence, weights = collection.presence, collection.weights
        self._collection = collection
        self._weighted = _times(presence, weights)
        self._content = _times(presence, collection.content)
        self._answers = _answers(presence, _translation(collection, *lexicon))
        self._twos = _neighbouring(collection)
        self._totals = collection.totals(weights)
        self._norms = np.sqrt(collection.totals(weights * weights))
        self._telling = collection.totals(collection.content)
        self._lengths = np.diff(collection.ends)
        self._two_counts = np.diff(self._twos.indptr)
        numeric, negative = facts(collection)
        self._numeric = _times(presence, numeric.astype(np.float32))
        self._number_counts = collection.totals(numeric.astype(np.float32))
        self._negation_counts = collection.totals(negative.astype(np.float32))
        self._signs = _signs(collection)
        self._forms = np.array(collection.forms, dtype=object)

    def features(self, pairs: Pairs) -> Floats:
        """Pairs by `FEATURES`."""
        ones, others = pairs
        rows = np.empty((len(ones), len(FEATURES)), np.float32)
        for start in range(0, len(ones), _BATCH):
            stop = start + _BATCH
            rows[start:stop] = self._compared(ones[start:stop], others[start:stop])
        return rows

    def fewest(self, pairs: Pairs) -> Floats:
        """Words of content in the one of each pair that has fewer."""
        return np.minimum(self._telling[pairs[0]], self._telling[pairs[1]])

    def _compared(self, one: Ints, other: Ints) -> Floats:
        lighter = np.where(self._totals[one] <= self._totals[other], one, other)
        heavier = np.where(lighter == one, other, one)
        light, heavy = np.maximum(self._totals[lighter], _TINY), np.maximum(self._totals[heavier], _TINY)
        shared = _common(self._weighted, self._collection.presence, one, other)
        light_covered = _common(self._answers, self._weighted, heavier, lighter)
        heavy_covered = _common(self._answers, self._weighted, lighter, heavier)
        norms = np.maximum(self._norms[one] * self._norms[other], _TINY)
        order = process.cpdist(
            self._signs[one], self._signs[other], scorer=LCSseq.similarity, workers=_WORKERS, dtype=np.int32
        )
        letters = process.cpdist(
            self._forms[one], self._forms[other], scorer=fuzz.ratio, workers=_WORKERS, dtype=np.float32
        )
        short, long = _sorted(self._lengths, one, other)
        numbers = _sorted(self._number_counts, one, other)[0] - _common(
            self._numeric, self._collection.presence, one, other
        )
        twos = np.maximum(_sorted(self._two_counts, one, other)[0], 1)
        telling = _sorted(self._telling, one, other)
        columns = (
            shared / np.maximum(light + heavy - shared, _TINY),
            shared / light,
            _common(self._weighted, self._weighted, one, other) / norms,
            light_covered / light,
            heavy_covered / heavy,
            (light_covered + heavy_covered) / (light + heavy),
            order / np.maximum(long, 1),
            order / np.maximum(short, 1),
            letters / 100.0,
            _common(self._twos, self._twos, one, other) / twos,
            np.log1p(_common(self._content, self._collection.presence, one, other)),
            np.log1p(telling[0]),
            np.log1p(telling[1]),
            short / np.maximum(long, 1),
            np.minimum(numbers, 3.0),
            np.minimum(np.abs(self._negation_counts[one] - self._negation_counts[other]), 2.0),
            np.log1p(short),
        )
        return np.stack(columns, axis=1).astype(np.float32)


def _sorted(values: NDArray[np.generic], one: Ints, other: Ints) -> tuple[Floats, Floats]:
    smaller, larger = np.minimum(values[one], values[other]), np.maximum(values[one], values[other])
    return np.asarray(smaller, np.float32), np.asarray(larger, np.float32)


def _times(presence: Sparse, per_stem: Floats) -> Sparse:
    return csr_array((per_stem[presence.indices], presence.indices, presence.indptr), presence.shape)


def _common(left: Sparse, right: Sparse, one: Ints, other: Ints) -> Floats:
    """Dot product of row `one` of the left and row `other` of the right matrix, for each pair."""
    return np.asarray(left[one].multiply(right[other]).sum(axis=1), np.float32)


def _translation(collection: Collection, words: Sequence[str], others: Sequence[str], chances: Floats) -> Sparse:
    """Stems by stems: how much of the weight of the second the first covers; each covers itself."""
    number = {word: place for place, word in enumerate(collection.stems)}
    size = collection.presence.shape[1]
    ours = np.array([number.get(word, -1) for word in words], np.int64)
    theirs = np.array([number.get(word, -1) for word in others], np.int64)
    known = (ours >= 0) & (theirs >= 0)
    ours, theirs, chances = ours[known], theirs[known], chances[known]
    frequencies = np.bincount(collection.presence.indices, minlength=size)
    usual = np.minimum((frequencies[theirs] + 0.5) / (len(collection) + 100.0), 0.5)
    cover = np.clip(1.0 - np.log(np.minimum(chances, 0.999)) / np.log(usual), 0.0, 1.0)
    good = (cover >= _LEAST_COVER) & (ours != theirs)
    learned = csr_array((cover[good].astype(np.float32), (ours[good], theirs[good])), (size, size))
    return csr_array(learned + identity(size, np.float32))


def _answers(presence: Sparse, translation: Sparse) -> Sparse:
    """Wordings by stems: how much of each stem's weight the words of the wording cover."""
    answers = csr_array(presence @ translation)
    np.minimum(answers.data, 1.0, out=answers.data)
    answers.sort_indices()
    return answers


def _neighbouring(collection: Collection) -> Sparse:
    """Wordings by hashed pairs of neighbouring stems."""
    tokens = collection.tokens.astype(np.uint64)
    rows = np.repeat(np.arange(len(collection)), np.diff(collection.ends))
    near = np.flatnonzero(rows[:-1] == rows[1:])
    codes = (
        tokens[near] * np.uint64(0x9E3779B97F4A7C15) + tokens[near + 1] * np.uint64(0xC2B2AE3D27D4EB4F)
    ) >> np.uint64(20)
    columns = (codes % np.uint64(_HASHED)).astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[near], minlength=len(collection)))])
    twos = csr_array((np.ones(len(near), np.float32), columns, starts), (len(collection), _HASHED))
    twos.sum_duplicates()
    twos.data[:] = 1.0
    return twos


def _signs(collection: Collection) -> NDArray[np.object_]:
    """Each wording as a string with one sign for each stem, so that sequences of stems are compared fast."""
    codes = collection.tokens.astype(np.int64) % _SIGNS + 1
    codes += np.where(codes >= _SURROGATES, 0x800, 0)
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    bounds = collection.ends.tolist()
    found = np.empty(len(collection), dtype=object)
    found[:] = [text[start:stop] for start, stop in pairwise(bounds)]
    return found
