"""Documents on one event: near in time, with quotes in common that few others carry.

Documents are tied only through an index of quotes, each carrier to a few that are next to it in time, so the number of
ties grows with the corpus and not with its square. Ties are then followed as in label propagation (Raghavan, Albert
and Kumara 2007): a document goes where the most evidence leads. So one phrase that two events share does not make them
one: each of their documents has more in common with its own.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from math import log2

import numpy as np

from app.clustering.collection import Ints
from app.clustering.sparse import Sparse, csr_array
from app.clustering.vocabulary import carried, commonness, stems

CROWD = 200  # documents; a quote that more of them carry ties no two of them together
_NEXT = 20  # carriers of a quote, by date, that each is tied to
_WINDOW = 10.0  # days between two documents
_WEIGHTY = 5.0  # words of content in a quote that counts in full
_NEEDED = 0.35  # evidence that two documents are on one event
_ROUNDS = 20
_OPENINGS = 50_000  # of documents, whose words are at hand: those near in time come soon after each other
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Report:
    """A document as a candidate for stories: the quotes that it carries, and how it begins."""

    id: str
    published: datetime | None
    quotes: frozenset[str]
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What is known of a quote: its wording, and how many documents carry it."""

    text: str
    documents: int


def stories(reports: Sequence[Report], quotes: Mapping[str, Carried]) -> list[list[str]]:
    """The ids of documents in groups that are each on one event; a document of no story is left out.

    Groups come in order of their smallest id, and the order of `reports` makes no difference.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    ties = _ties(ordered, quotes)
    return [[ordered[one].id for one in group] for group in _connected(ties, _propagate(ties))]


def weight(quote: Carried) -> float:
    """What it says of two documents that they both carry a quote, 0 to 1: much for long ones that few carry."""
    content = carried(stems(quote.text))
    return min(content / _WEIGHTY, 1.0) / log2(1 + max(quote.documents, 2))


def _ties(reports: Sequence[Report], quotes: Mapping[str, Carried]) -> Sparse:
    """How strongly documents are tied, each to each (both ways), by their numbers; most are not."""
    ones, others, strengths = array("i"), array("i"), array("d")
    for one, other, strength in _tied(reports, quotes):
        ones.append(one)
        others.append(other)
        strengths.append(strength)
    there = csr_array((np.asarray(strengths), (np.asarray(ones), np.asarray(others))), (len(reports), len(reports)))
    ties = csr_array(there + there.T)
    ties.sort_indices()
    return ties


def _tied(reports: Sequence[Report], quotes: Mapping[str, Carried]) -> Iterator[tuple[int, int, float]]:
    """Each document with those that come after it in time and are tied to it."""
    moments = [_seconds(report.published) for report in reports]
    order = sorted(range(len(reports)), key=lambda one: (moments[one] is None, moments[one] or 0.0, one))
    carriers = _carriers(order, reports, quotes)
    weights = {quote: weight(quotes[quote]) for quote in carriers}
    passed = dict.fromkeys(carriers, 0)  # carriers of each quote, up to the document that is looked at

    @lru_cache(maxsize=_OPENINGS)
    def words(one: int) -> frozenset[str]:
        return frozenset(word for word in stems(reports[one].opening) if commonness(word) == 1.0)

    for one in order:
        shared: dict[int, float] = defaultdict(float)
        for quote in sorted(quote for quote in reports[one].quotes if quote in carriers):
            passed[quote] += 1
            for other in islice(carriers[quote], passed[quote], passed[quote] + _NEXT):
                shared[other] += weights[quote]
        for other, quoted in shared.items():
            nearness = _nearness(moments[one], moments[other])
            strength = (quoted + _alike(words(one), words(other))) * nearness if nearness else 0.0
            if strength >= _NEEDED:
                yield one, other, strength


def _carriers(order: Iterable[int], reports: Sequence[Report], quotes: Mapping[str, Carried]) -> dict[str, list[int]]:
    """The documents that carry each quote that may tie them, in their order: by date, undated ones last."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in order:
        for quote in reports[one].quotes:
            if quotes[quote].documents <= CROWD:
                found[quote].append(one)
    return {quote: carriers for quote, carriers in found.items() if 2 <= len(carriers) <= CROWD}


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - _EPOCH).total_seconds()


def _nearness(one: float | None, other: float | None) -> float:
    """1 for the same moment (seconds), 0 outside the window; a half where a date is not known."""
    if one is None or other is None:
        return 0.5
    days = abs(one - other) / 86_400
    return 1.0 - days / (2 * _WINDOW) if days <= _WINDOW else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _propagate(ties: Sparse) -> Ints:
    """A label for each document: that to which most of its ties lead, over and over until all agree.

    Only a document next to one whose label changed is asked again: nothing is new for the others.
    """
    labels = list(range(ties.shape[0]))
    firmest_first = _firmest_first(ties)
    unsure = set(firmest_first)
    for _ in range(_ROUNDS):
        if not unsure:
            break
        for one in firmest_first:
            if one in unsure:
                unsure.remove(one)
                mine = slice(ties.indptr[one], ties.indptr[one + 1])
                neighbours = ties.indices[mine].tolist()
                best = _heaviest(zip(neighbours, ties.data[mine].tolist(), strict=True), labels, labels[one])
                if best != labels[one]:
                    labels[one] = best
                    unsure.update(neighbours)
    return np.array(labels)


def _firmest_first(ties: Sparse) -> list[int]:
    """The documents that are tied to any, by their strongest tie, then by all of theirs."""
    tied = np.flatnonzero(np.diff(ties.indptr))
    if not len(tied):
        return []
    starts = ties.indptr[tied]
    strongest, sums = np.maximum.reduceat(ties.data, starts), np.add.reduceat(ties.data, starts)
    found: list[int] = tied[np.lexsort((tied, -sums, -strongest))].tolist()
    return found


def _heaviest(neighbours: Iterable[tuple[int, float]], labels: Sequence[int], own: int) -> int:
    votes: dict[int, float] = defaultdict(float)
    for other, strength in neighbours:
        votes[labels[other]] += strength
    return min(votes, key=lambda label: (-round(votes[label], 9), label != own, label))


def _connected(ties: Sparse, labels: Ints) -> list[list[int]]:
    """Documents of one label that ties lead between, two or more, those with the smallest number first."""
    from scipy.sparse.csgraph import connected_components  # as for `sparse`

    ones = np.repeat(np.arange(len(labels)), np.diff(ties.indptr))
    agree = labels[ones] == labels[ties.indices]
    kept = csr_array((np.ones(agree.sum(), np.int8), (ones[agree], ties.indices[agree])), ties.shape)
    _, groups = connected_components(kept, directed=False)
    by_group = np.argsort(groups, kind="stable")
    bounds = np.flatnonzero(np.diff(groups[by_group])) + 1
    return sorted(group.tolist() for group in np.split(by_group, bounds) if len(group) > 1)
