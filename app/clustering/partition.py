"""From scored pairs to clusters: average link, then cuts to the one cluster that they fit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

THRESHOLD = 0.35  # mean over pairs, of which some are never candidates
_FIT = 0.5  # a cut has only its own pairs to go by
SURE = 0.9  # where one pair speaks for two large clusters
_LARGE = 16  # items; a wording has some 24 candidates in all
_MARGIN = 0.35  # by which the best cluster for a cut must surpass the next


class Edge(NamedTuple):
    """A pair of items, by index, and how much speaks for their being one."""

    one: int
    other: int
    score: float


def average_link(size: int, edges: Iterable[Edge], threshold: float = THRESHOLD) -> list[int]:
    """Label for each of `size` items: clusters are joined while the mean score between them, with pairs that have
    no edge counting 0, reaches `threshold`.

    Time is about edges times log(edges), whatever the size of a connected component: an entry in the heap is an
    upper bound, looked at again when its turn comes.
    """
    sums = _sums(size, edges)
    members = [[item] for item in range(size)]
    heap = [(-score, one, other) for one in range(size) for other, score in sums[one].items() if one < other]
    heapify(heap)
    while heap and -heap[0][0] >= threshold:
        bound, one, other = heappop(heap)
        if other not in sums[one]:
            continue
        mean = _mean(sums, members, one, other)
        if mean < -bound:
            heappush(heap, (-mean, one, other))
        else:
            for entry in _join(sums, members, one, other):
                heappush(heap, entry)
    return _labels(members, size)


def without_strays(edges: Iterable[Edge], cuts: Iterable[Edge]) -> list[Edge]:
    """The edges without those that draw a cut away from what it is more likely cut from."""
    best: dict[int, float] = defaultdict(float)
    for one, _, score in cuts:
        best[one] = max(best[one], score)
    return [edge for edge in edges if edge.score >= max(best.get(edge.one, 0.0), best.get(edge.other, 0.0))]


class Fragment(NamedTuple):
    """A cluster that is large, or has a link to one that is."""

    centre: int  # the item with the greatest total score within its cluster
    large: bool


def crowds(labels: Sequence[int], edges: Sequence[Edge]) -> list[Fragment]:
    """The clusters so large that some of their pairs can't have been candidates, and those with a link to one."""
    sizes = Counter(labels)
    large = {label for label, size in sizes.items() if size >= _LARGE}
    near = set(large)
    centrality = [0.0] * len(labels)
    for one, other, score in edges if large else ():
        pair = {labels[one], labels[other]}
        near |= pair if pair & large else set()
        if len(pair) == 1:
            centrality[one] += score
            centrality[other] += score
    members = sorted((label, -centrality[item], item) for item, label in enumerate(labels) if label in near)
    centres = {label: item for label, _, item in reversed(members)}
    return [Fragment(centres[label], label in large) for label in sorted(near)]


def attach(labels: Sequence[int], lengths: Sequence[int], cuts: Iterable[Edge]) -> list[int]:
    """Labels with each cluster of cuts joined to the cluster of its long quote, if it clearly fits only one.

    An edge leads from the cut (`one`) to the longer wording (`other`). Longer cuts go first, so that a cut of a
    cut finds one cluster where there were two.
    """
    fits = _fits(labels, cuts)
    longest: dict[int, int] = defaultdict(int)
    sizes: dict[int, int] = defaultdict(int)
    for label, length in zip(labels, lengths, strict=True):
        longest[label] = max(longest[label], length)
        sizes[label] += 1
    moved: dict[int, int] = {}
    for label in sorted(fits, key=lambda label: (-longest[label], label)):
        target = _only_fit(fits[label], moved, sizes[label])
        if target is not None and target != label:
            moved[label] = target
    return [_destination(moved, label) for label in labels]


def _sums(size: int, edges: Iterable[Edge]) -> list[dict[int, float]]:
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    for one, other, score in edges:
        sums[one][other] = sums[other][one] = score
    return sums


def _mean(sums: Sequence[dict[int, float]], members: Sequence[list[int]], one: int, other: int) -> float:
    return sums[one][other] / (len(members[one]) * len(members[other]))


Entry = tuple[float, int, int]


def _join(sums: list[dict[int, float]], members: list[list[int]], one: int, other: int) -> list[Entry]:
    """Move the cluster with fewer neighbours into the other; the entries for the heap that this calls for."""
    if len(sums[one]) < len(sums[other]):
        one, other = other, one
    del sums[one][other], sums[other][one]
    members[one] += members[other]
    members[other] = []
    gained = sums[other]
    sums[other] = {}
    for third, score in gained.items():
        del sums[third][other]
        sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + score
    return [(-_mean(sums, members, one, third), min(one, third), max(one, third)) for third in gained]


def _labels(members: Sequence[Sequence[int]], size: int) -> list[int]:
    labels = [0] * size
    for items in members:
        for item in items:
            labels[item] = min(items)
    return labels


def _fits(labels: Sequence[int], cuts: Iterable[Edge]) -> dict[int, dict[int, float]]:
    """For each cluster of cuts the clusters that hold a longer wording, with the best score of each of its cuts."""
    best: dict[tuple[int, int], float] = {}
    for one, other, score in cuts:
        if labels[one] != labels[other]:
            best[one, labels[other]] = max(best.get((one, labels[other]), 0.0), score)
    fits: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (one, target), score in best.items():
        fits[labels[one]][target] += score
    return fits


def _only_fit(fits: dict[int, float], moved: dict[int, int], size: int) -> int | None:
    scores: dict[int, float] = defaultdict(float)
    for target, score in fits.items():
        destination = _destination(moved, target)
        scores[destination] = max(scores[destination], score / size)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    best, score = ranked[0]
    clear = second < _FIT or score - second >= _MARGIN
    return best if score >= _FIT and clear else None


def _destination(moved: dict[int, int], label: int) -> int:
    while label in moved:
        label = moved[label]
    return label
