"""From wordings to scored pairs: candidates, what they have in common, what their neighbours say, who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.blocking import Pairs, between, candidates
from app.clustering.collection import Collection, Floats
from app.clustering.comparison import CONTAINED, COSINE, COVERED, JACCARD, Comparison
from app.clustering.neighbourhood import margins, thirds
from app.clustering.network import Model, Network
from app.clustering.scoring import SPEAKER, evidence, is_cut
from app.clustering.similarity import Wording, agreement, compare, wording

_SURVIVORS = 0.01  # chance below which the networks give a pair up
_SHORT = 6.0  # words of content; shorter wordings are looked at closely as well
_TRUSTED = ((2.0, 6.0), (1.0, 2.5), (2.0, 6.0))  # the same from which networks count, and alone; by agreement, -1 to 1
_TINY_SIZE, _TELLING_SIZE = 10, 1000  # wordings from which the networks count, and alone
_DOUBTFUL = 0.05  # chance from which what the networks say of short wordings is looked at closely
_GIVEN_UP = float(np.log(_SURVIVORS / (1.0 - _SURVIVORS)))  # log odds of such a pair
_VERY_SHORT = 3.0  # words of content; with so few, a close look is worth it whatever two wordings share
_ALIKE = 0.42  # containment plus Jaccard that makes it worth it for others
_ALIKE_OF_STRANGERS = 1.2  # the same for so few words of different speakers


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs with the chance that both are one utterance; `cuts` marks those where one may be a mere piece of the
    other."""

    candidates: Pairs  # all that were looked at
    pairs: Pairs
    chances: Floats
    cuts: NDArray[np.bool_]


class Wordings:
    """The wordings of a collection with their speakers, each made ready for a close look when it is asked for."""

    def __init__(self, collection: Collection, speakers: Sequence[frozenset[str]]) -> None:
        self.collection = collection
        self.speakers = speakers
        self._made: dict[int, Wording] = {}

    def __len__(self) -> int:
        return len(self.collection)

    def taken(self, numbers: Sequence[int]) -> "Wordings":
        """Some of the wordings, as a collection of their own."""
        return Wordings(self.collection.taken(numbers), [self.speakers[number] for number in numbers])

    def short_first(self, one: int, other: int) -> tuple[int, int]:
        """A pair with the wording of fewer words first."""
        lengths = self.collection.lengths
        return (one, other) if (lengths[one], one) <= (lengths[other], other) else (other, one)

    def __getitem__(self, number: int) -> Wording:
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = wording(self.collection, number, self.speakers[number])
        return found


def first_features(pairs: Pairs, size: int, common: Floats) -> tuple[Floats, ...]:
    """What the first network sees, side by side; `common` is what `Comparison.features` gives for the pairs."""
    return common, *(margins(pairs, common[:, column], size) for column in (COVERED, COSINE))


def second_features(pairs: Pairs, odds: Floats, size: int, common: Floats) -> tuple[Floats, ...]:
    """What the second network sees, side by side; `odds` are the log odds after the first."""
    chances = chance(odds)
    stand = margins(pairs, odds, size, _GIVEN_UP), margins(pairs, chances, size)[:, :2]
    return odds[:, None], chances[:, None], thirds(pairs, chances, size), *stand, common


def chance(odds: Floats) -> Floats:
    """Probability, 0 to 1, of log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))), np.float32)


def first_round(comparison: Comparison, first: Network, pairs: Pairs, size: int) -> tuple[Pairs, Floats, Floats]:
    """The candidates with those found through third wordings, what each pair has in common, and the log odds that
    the first network gives it."""
    common = comparison.features(pairs)
    odds = first(*first_features(pairs, size, common))
    further = between(pairs, chance(odds), size)
    codes = np.concatenate([pairs[0] * size + pairs[1], further[0] * size + further[1]])
    order = np.argsort(codes)
    common = np.vstack([common, comparison.features(further)])[order]
    pairs = codes[order] // max(size, 1), codes[order] % max(size, 1)
    return pairs, common, first(*first_features(pairs, size, common))


def plausible(odds: Floats) -> NDArray[np.bool_]:
    """Which pairs the second network is asked about."""
    return chance(odds) >= _SURVIVORS


def judge(wordings: Wordings, model: Model) -> Judged:
    """All pairs of wordings that may be one utterance, with the chance that they are."""
    size = len(wordings)
    comparison = Comparison(wordings.collection, (model.words, model.others, model.chances))
    pairs, common, odds = first_round(comparison, model.first, candidates(wordings.collection), size)
    learned, few = plausible(odds), comparison.fewest(pairs)
    odds[learned] = model.second(*second_features(_taken(pairs, learned), odds[learned], size, common[learned]))
    odds[~learned] = _GIVEN_UP
    agreements = _agreements(wordings, pairs)
    shared = common[:, JACCARD] + common[:, CONTAINED]
    alike = (shared >= _ALIKE) | (chance(odds) >= _DOUBTFUL) | ((few <= _VERY_SHORT) & (agreements == 1))
    strangers = (few <= _VERY_SHORT) & (agreements == -1) & (shared < _ALIKE_OF_STRANGERS)
    close = alike & ~strangers & ((few < _SHORT) | (size < _TELLING_SIZE))
    found = pairs
    kept = (learned & ~strangers) | close
    pairs, odds, few, close, agreements = _taken(pairs, kept), odds[kept], few[kept], close[kept], agreements[kept]
    odds += np.array([SPEAKER[-1], SPEAKER[0], SPEAKER[1]], np.float32)[agreements + 1]
    cuts = np.zeros(len(odds), np.bool_)
    trust = _trust(few, agreements, size)
    for place in np.flatnonzero(close).tolist():
        features = compare(wordings[int(pairs[0][place])], wordings[int(pairs[1][place])])
        odds[place] = trust[place] * odds[place] + (1.0 - trust[place]) * evidence(features)
        cuts[place] = is_cut(features)
    return Judged(found, pairs, chance(odds), cuts)


def _trust(few: Floats, agreements: NDArray[np.int64], size: int) -> Floats:
    """How much of the judgement is the networks', 0 to 1: they know verses, so all of it for long wordings among
    many, none for a few words, or where there is next to nothing for a pair to stand out from."""
    starts, stops = (np.array([bounds[side] for bounds in _TRUSTED], np.float32) for side in (0, 1))
    by_length = (few - starts[agreements + 1]) / (stops - starts)[agreements + 1]
    by_size = np.log(max(size, 1) / _TINY_SIZE) / np.log(_TELLING_SIZE / _TINY_SIZE)
    return np.asarray(np.clip(by_length, 0.0, 1.0) * np.clip(by_size, 0.0, 1.0), np.float32)


def _taken(pairs: Pairs, kept: NDArray[np.bool_]) -> Pairs:
    return pairs[0][kept], pairs[1][kept]


def _agreements(wordings: Wordings, pairs: Pairs) -> NDArray[np.int64]:
    """For each pair whether the speakers agree: 1, 0 (unknown) or -1."""
    groups: dict[frozenset[str], int] = {frozenset(): 0}
    numbers = np.array([groups.setdefault(names, len(groups)) for names in wordings.speakers] or [0], np.int64)
    known = list(groups)
    ones, others = numbers[pairs[0]], numbers[pairs[1]]
    codes, places = np.unique(np.minimum(ones, others) * len(known) + np.maximum(ones, others), return_inverse=True)
    found = [agreement(known[code // len(known)], known[code % len(known)]) for code in codes.tolist()]
    return np.array(found or [0], np.int64)[places]
