"""Documents on one event: near in time, with quotes in common that few others carry.

Documents are tied only through an index of quotes, each carrier to a few that are next to it in time, so the number of
ties grows with the corpus and not with its square. Ties are then followed as in label propagation (Raghavan, Albert
and Kumara 2007): a document goes where the most evidence leads. So one phrase that two events share does not make them
one: each of their documents has more in common with its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from app.clustering.vocabulary import carried, commonness, stems

CROWD = 200  # documents; a quote that more of them carry ties no two of them together
_NEXT = 20  # carriers of a quote, by date, that each is tied to
_WINDOW = 10.0  # days between two documents
_WEIGHTY = 5.0  # words of content in a quote that counts in full
_NEEDED = 0.35  # evidence that two documents are on one event
_ROUNDS = 20


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


Ties = dict[str, dict[str, float]]


def stories(reports: Sequence[Report], quotes: Mapping[str, Carried]) -> list[list[str]]:
    """The ids of documents in groups that are each on one event; a document of no story is left out.

    Groups come in order of their smallest id, and the order of `reports` makes no difference.
    """
    ties = _ties(sorted(reports, key=lambda report: report.id), quotes)
    labels = _propagate(ties)
    return sorted(group for group in _connected(ties, labels) if len(group) > 1)


def weight(quote: Carried) -> float:
    """What it says of two documents that they both carry a quote, 0 to 1: much for long ones that few carry."""
    content = carried(stems(quote.text))
    return min(content / _WEIGHTY, 1.0) / log2(1 + max(quote.documents, 2))


def _ties(reports: Sequence[Report], quotes: Mapping[str, Carried]) -> Ties:
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for quote, carriers in sorted(_carriers(reports).items()):
        if 2 <= len(carriers) <= CROWD and quotes[quote].documents <= CROWD:
            each = weight(quotes[quote])
            for pair in _neighbours(carriers, reports):
                shared[pair] += each
    openings = [_words(report.opening) for report in reports]
    ties: Ties = defaultdict(dict)
    for (i, j), quoted in sorted(shared.items()):
        one, other = reports[i], reports[j]
        strength = (quoted + _alike(openings[i], openings[j])) * _nearness(one.published, other.published)
        if strength >= _NEEDED:
            ties[one.id][other.id] = ties[other.id][one.id] = strength
    return ties


def _carriers(reports: Sequence[Report]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        for quote in report.quotes:
            found[quote].append(number)
    return found


def _neighbours(carriers: Sequence[int], reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Each carrier with those that come next in time and not too late to be near, undated ones last."""
    ordered = sorted(carriers, key=lambda i: (reports[i].published or datetime.max, i))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _NEXT]:
            if _nearness(reports[one].published, reports[other].published):
                yield min(one, other), max(one, other)


def _nearness(one: datetime | None, other: datetime | None) -> float:
    """1 for the same moment, 0 outside the window; a half where a date is not known."""
    if one is None or other is None:
        return 0.5
    days = abs((one - other).total_seconds()) / 86_400
    return 1.0 - days / (2 * _WINDOW) if days <= _WINDOW else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in stems(text) if commonness(word) == 1.0)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _propagate(ties: Ties) -> dict[str, str]:
    """A label for each document: that to which most of its ties lead, over and over until all agree."""
    labels = {one: one for one in ties}
    firmest_first = sorted(ties, key=lambda one: (-max(ties[one].values()), -sum(ties[one].values()), one))
    for _ in range(_ROUNDS):
        settled = True
        for one in firmest_first:
            best = _heaviest(ties[one], labels, labels[one])
            settled = settled and best == labels[one]
            labels[one] = best
        if settled:
            break
    return labels


def _heaviest(neighbours: Mapping[str, float], labels: Mapping[str, str], own: str) -> str:
    votes: dict[str, float] = defaultdict(float)
    for other, strength in neighbours.items():
        votes[labels[other]] += strength
    return min(votes, key=lambda label: (-round(votes[label], 9), label != own, label))


def _connected(ties: Ties, labels: Mapping[str, str]) -> Iterator[list[str]]:
    """Documents of one label that ties lead between."""
    seen: set[str] = set()
    for one in sorted(ties):
        if one in seen:
            continue
        group, pending = {one}, [one]
        while pending:
            here = pending.pop()
            fresh = {other for other in ties[here] if labels[other] == labels[one]} - group
            group |= fresh
            pending += fresh
        seen |= group
        yield sorted(group)
