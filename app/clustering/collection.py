"""Many wordings as arrays, so that pairs of them are compared in batches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.sparse import Sparse, csr_array
from app.clustering.vocabulary import commonness, is_function, negations, stem

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Collection:
    """Wordings in normal form, as numbers of stems: wording `i` has `tokens[ends[i]:ends[i + 1]]`."""

    forms: Sequence[str]
    stems: Sequence[str]  # the vocabulary, numbered by first use
    tokens: NDArray[np.int32]
    ends: Ints
    weights: Floats  # of each stem: idf, less for common words
    content: Floats  # of each stem: 1 where it carries content of its own, less for common words, 0 for function words
    presence: Sparse  # wordings by stems, 1 where it occurs
    lengths: Sequence[int]  # words of each wording

    def __len__(self) -> int:
        return len(self.forms)

    def words(self, number: int) -> list[str]:
        """The stems of one wording in order."""
        return [self.stems[token] for token in self.tokens[self.ends[number] : self.ends[number + 1]]]

    def taken(self, numbers: Sequence[int]) -> "Collection":
        """The collection of some of the wordings; stems keep their numbers and weights."""
        spans = [self.tokens[self.ends[number] : self.ends[number + 1]] for number in numbers]
        ends = np.concatenate([[0], np.cumsum([len(span) for span in spans], dtype=np.int64)]).astype(np.int64)
        tokens = np.concatenate([np.empty(0, np.int32), *spans])
        forms = [self.forms[number] for number in numbers]
        presence = self.presence[np.array(numbers, np.int64)]
        return Collection(forms, self.stems, tokens, ends, self.weights, self.content, presence, np.diff(ends).tolist())

    def totals(self, per_stem: Floats) -> Floats:
        """Sum of a weight of stems over the different stems of each wording."""
        return np.asarray(self.presence @ per_stem, np.float32)


def collect(forms: Sequence[str]) -> Collection:
    """The collection of these normal forms. A small one can't tell rare words from common ones by counting, so
    general lists of function words and common words weigh in whatever its size."""
    number: dict[str, int] = {}
    known: dict[str, int] = {}  # words as they are written: each is stemmed once
    tokens: list[int] = []
    ends = [0]
    for form in forms:
        for word in form.split():
            token = known.get(word)
            if token is None:
                token = known[word] = number.setdefault(stem(word), len(number))
            tokens.append(token)
        ends.append(len(tokens))
    return _weighed(forms, list(number), np.array(tokens, np.int32), np.array(ends, np.int64))


def _weighed(forms: Sequence[str], stems: list[str], tokens: NDArray[np.int32], ends: Ints) -> Collection:
    shape = (len(forms), max(len(stems), 1))
    presence = csr_array((np.ones(len(tokens), np.float32), tokens, ends), shape, copy=True)
    presence.sum_duplicates()
    presence.data[:] = 1.0
    frequencies = np.bincount(presence.indices, minlength=shape[1])
    weights, content = weigh(stems, frequencies, len(forms))
    return Collection(forms, stems, tokens, ends, weights, content, presence, np.diff(ends).tolist())


def weigh(stems: Sequence[str], frequencies: Ints, size: int) -> tuple[Floats, Floats]:
    """Weight and content of each stem, as in Collection; it occurs in that many of `size` wordings."""
    smoothed = size + 100.0
    idf = np.log(smoothed / (frequencies + 0.5)) / np.log(smoothed)
    kinds = np.array([commonness(word) for word in stems] or [0.0])
    telling = np.array([not is_function(word) for word in stems] or [False])
    return (idf * kinds).astype(np.float32), (kinds * telling).astype(np.float32)


def facts(collection: Collection) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which stems of the vocabulary are numbers, and which negations."""
    denied = negations(collection.stems)
    size = max(len(collection.stems), 1)
    numeric = np.fromiter((word[0].isdigit() for word in collection.stems), bool, len(collection.stems))
    negative = np.fromiter((word in denied for word in collection.stems), bool, len(collection.stems))
    return np.resize(numeric, size), np.resize(negative, size)
