"""Evidence from context: what stands at like places of two reports of one event is likely the same utterance.

Short and heavily re-worded quotes can't be matched by themselves. Two documents that surely share some utterances are
laid side by side as in bilingual sentence alignment (Gale and Church 1993), in order and without crossings; what the
same speaker says in a like place between two sure matches is then compared with a lower bar.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from rapidfuzz import fuzz

from app.clustering.similarity import Wording, agreement, compare

_CROWD = 50  # documents; what more of them carry ties no two of them together
ANCHORS = 2  # matches that make two documents reports of one event
_FAINT_ANCHORS = 4  # as many do where some of them are only faintly alike
_PARTNERS = 8  # documents that one is laid beside
_LONGEST = 300  # wordings of one document that are aligned
_WIDEST = 6  # wordings between two matches; within more, a place tells nothing

# A like place and like letters make up for each other, as long as the two share words of content, or nearly all else.
_NEEDED, _STEEPNESS = 1.2, 12.0
_ALIKE, _ALIKE_WITHOUT_CONTENT = 0.38, 0.55

Pair = tuple[int, int]


class Slot(NamedTuple):
    """Two wordings at a like place; `certainty` is 0 to 1: 1 where they stand alone between two sure matches."""

    one: int
    other: int
    certainty: float


def slots(
    documents: Mapping[str, Sequence[int]],
    labels: Sequence[int],
    sure: Mapping[int, Collection[int]],
    weak: Mapping[int, Collection[int]],
) -> Iterator[Slot]:
    """Pairs of wordings that stand at like places; `documents` lists the wordings of each in their order there.

    Wordings match that have one label, and those that `sure` lists for each other; those of `weak` match only where
    many of them do, in the same order. Each document is laid beside a bounded number of others, so time is about
    linear in their number.
    """
    matches = _matching(documents, labels, sure)
    faint = {item: {*found, *weak.get(item, ())} for item, found in matches.items()}
    for one, other in _partners(documents, matches, ANCHORS) | _partners(documents, faint, _FAINT_ANCHORS):
        ours, theirs = documents[one][:_LONGEST], documents[other][:_LONGEST]
        chain = _chain(ours, theirs, faint)
        for slot in (*_between(ours, theirs, chain), *_along(ours, theirs, chain)):
            if labels[slot.one] != labels[slot.other]:
                yield slot


def letters_alike(one: Wording, other: Wording) -> float:
    """How much of the letters of two wordings is the same in order, 0 to 1."""
    return fuzz.ratio(" ".join(one.stems), " ".join(other.stems)) / 100.0


def fit(one: Wording, other: Wording) -> float | None:
    """How alike the letters of two wordings are, 0 to 1, if one speaker is named for both and they share enough to be
    one utterance at like places."""
    if agreement(one.speakers, other.speakers) != 1:
        return None
    letters = letters_alike(one, other)
    if letters < _ALIKE:
        return None
    features = compare(one, other)
    needed = _ALIKE if features.content >= 0.5 else _ALIKE_WITHOUT_CONTENT
    return letters if features.jaccard and letters >= needed else None


def likeness_in_place(letters: float, certainty: float) -> float:
    """Chance that two wordings that `fit` at like places are one utterance, 0 to 1."""
    return 1.0 / (1.0 + exp(_STEEPNESS * (_NEEDED - certainty - letters)))


def _matching(
    documents: Mapping[str, Sequence[int]], labels: Sequence[int], sure: Mapping[int, Collection[int]]
) -> dict[int, set[int]]:
    """For each wording of the documents those that match it, itself among them; crowds are left out."""
    members: dict[int, list[int]] = defaultdict(list)
    for item in sorted({item for items in documents.values() for item in items}):
        members[labels[item]].append(item)
    return {
        item: {item, *sure.get(item, ()), *(group if len(group) <= _CROWD else ())}
        for group in members.values()
        for item in group
    }


def _partners(
    documents: Mapping[str, Sequence[int]], matches: Mapping[int, set[int]], anchors: int
) -> set[tuple[str, str]]:
    """Pairs of documents that share enough matches, each document with those that it shares most with."""
    carriers: dict[int, set[str]] = defaultdict(set)
    for name, items in documents.items():
        for item in items[:_LONGEST]:
            carriers[item].add(name)
    # Its own carriers are among those of each item, so a document is one of its crowd.
    near = {item: set().union(*(carriers.get(match, ()) for match in matches[item])) for item in carriers}
    chosen: set[tuple[str, str]] = set()
    for name, items in documents.items():
        shared: Counter[str] = Counter()
        for item in dict.fromkeys(items[:_LONGEST]):
            shared.update(near[item] if len(near[item]) <= _CROWD + 1 else ())
        del shared[name]
        ranked = sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))[:_PARTNERS]
        chosen |= {(min(name, other), max(name, other)) for other, count in ranked if count >= anchors}
    return chosen


def _chain(ours: Sequence[int], theirs: Sequence[int], matches: Mapping[int, set[int]]) -> list[Pair]:
    """The longest run of matches without crossings, as places in both (longest increasing subsequence)."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, item in enumerate(theirs):
        places[item].append(place)
    found = [
        (i, j)
        for i, item in enumerate(ours)
        for j in sorted({j for match in matches[item] if match in places for j in places[match]}, reverse=True)
    ]
    return longest_chain(found)


def longest_chain(found: Sequence[Pair]) -> list[Pair]:
    """The longest run of pairs that rises on both sides; they come by rising first and falling second place."""
    ends: list[int] = []  # the lowest place in `theirs` at which a chain of each length ends
    last: list[int] = []  # the match that it ends with
    before: list[int] = []  # for each match the one before it in its chain
    for number, (_, j) in enumerate(found):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(found[number])
        number = before[number]
    return chain[::-1]


def _between(ours: Sequence[int], theirs: Sequence[int], chain: Sequence[Pair]) -> Iterator[Slot]:
    edges = [(-1, -1), *chain, (len(ours), len(theirs))]
    for number, ((i, j), (i_next, j_next)) in enumerate(pairwise(edges)):
        left, right = ours[i + 1 : i_next], theirs[j + 1 : j_next]
        if 0 < len(left) <= _WIDEST and 0 < len(right) <= _WIDEST:
            yield from _paired(left, right, closed=0 < number < len(edges) - 2)


def _along(ours: Sequence[int], theirs: Sequence[int], chain: Sequence[Pair]) -> Iterator[Slot]:
    """The matches themselves: the more of both documents they take in, the surer is each."""
    certainty = 2.0 * len(chain) / (len(ours) + len(theirs))
    for i, j in chain:
        if len(chain) >= _FAINT_ANCHORS and ours[i] != theirs[j]:
            yield Slot(min(ours[i], theirs[j]), max(ours[i], theirs[j]), certainty)


def _paired(left: Sequence[int], right: Sequence[int], closed: bool) -> Iterator[Slot]:
    """Each of one side with each of the other: the fewer there are, and the more alike their ranks, the surer."""
    even = len(left) == len(right)
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            apart = abs((i + 0.5) / len(left) - (j + 0.5) / len(right))
            crowd = max(len(left), len(right))
            certainty = (1.0 - apart) * (1.0 if even and i == j else 0.7) * (1.0 if closed else 0.85)
            certainty *= 1.0 if crowd == 1 else 0.85 if crowd <= 3 else 0.7
            yield Slot(min(one, other), max(one, other), certainty)
