"""Wordings that match by themselves, and what stands at like places of documents that share such matches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from app.clustering.blocking import Pairs
from app.clustering.collection import Ints
from app.clustering.context import fit, likeness_in_place, slots
from app.clustering.judging import Judged, Wordings
from app.clustering.partition import Edge, average_link

_IN_PLACE = 0.7  # likeness at like places that joins two clusters
_LIKELY = 0.6  # a pair that counts as a match when documents are laid side by side
_LEAST = 0.05  # likeness at like places below which a pair counts as no pair
_FAINT = 50.0  # likeness of letters, in percent, with which wordings match where many do in the same order


class Context(NamedTuple):
    """What is known of the documents: the wordings of each in order, and which wordings match."""

    places: Mapping[str, Sequence[int]]
    sure: Mapping[int, set[int]]
    faint: Mapping[int, set[int]]
    fits: dict[tuple[int, int], float | None]  # what `fit` said of pairs that were looked at


def sure_matches(judged: Judged) -> dict[int, set[int]]:
    """For each wording those that by themselves are more likely the same utterance than not."""
    likely = judged.chances >= _LIKELY
    return _mutual(judged.pairs[0][likely], judged.pairs[1][likely])


def faint_matches(wordings: Wordings, pairs: Pairs) -> dict[int, set[int]]:
    """For each wording those of the same speaker that look a little like it."""
    speakers = wordings.speakers
    spoken = [
        place
        for place, (one, other) in enumerate(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))
        if speakers[one] and not speakers[one].isdisjoint(speakers[other])
    ]
    ones, others = pairs[0][spoken], pairs[1][spoken]
    texts = np.array([" ".join(wordings.collection.words(number)) for number in range(len(wordings))], dtype=object)
    alike = process.cpdist(texts[ones], texts[others], scorer=fuzz.ratio, workers=2) if spoken else np.zeros(0)
    return _mutual(ones[alike >= _FAINT], others[alike >= _FAINT])


def with_context(wordings: Wordings, context: Context, edges: Iterable[Edge]) -> list[Edge]:
    """The edges, with those between wordings at like places of two documents added or raised."""
    found = _scores_in_place(wordings, context, range(len(wordings)))
    raised = {wordings.short_first(*pair): score for pair, score in found.items() if score >= _LEAST}
    kept = [Edge(one, other, max(score, raised.pop((one, other), 0.0))) for one, other, score in edges]
    return kept + [Edge(*pair, score) for pair, score in raised.items()]


def joined_in_context(wordings: Wordings, context: Context, labels: Sequence[int]) -> list[int]:
    """Labels with clusters joined that have wordings at like places of documents, if those are alike enough.

    Only wordings of documents laid side by side have a like place, so clusters are judged by those pairs alone.
    """
    best: dict[tuple[int, int], float] = defaultdict(float)
    for (one, other), score in _scores_in_place(wordings, context, labels).items():
        clusters = min(labels[one], labels[other]), max(labels[one], labels[other])
        best[clusters] = max(best[clusters], score)
    merged = average_link(len(labels), [Edge(*clusters, score) for clusters, score in best.items()], _IN_PLACE)
    return [merged[label] for label in labels]


def _scores_in_place(wordings: Wordings, context: Context, labels: Sequence[int]) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for slot in slots(context.places, labels, context.sure, context.faint):
        pair = slot.one, slot.other
        if pair not in context.fits:
            context.fits[pair] = fit(wordings[slot.one], wordings[slot.other])
        letters = context.fits[pair]
        if letters is not None:
            scores[pair] = max(likeness_in_place(letters, slot.certainty), scores[pair])
    return scores


def _mutual(ones: Ints, others: Ints) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        found[one].add(other)
        found[other].add(one)
    return found
