"""What people decided, laid over a clustering: these are one utterance, those are not.

Constraints as in semi-supervised clustering (must-link and cannot-link, Wagstaff et al. 2001). Of decisions that
contradict each other, also by way of a third, the later one holds.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import product

from rapidfuzz import fuzz

from app.clustering.normal import normal_form
from app.records import Ruling, Unit

Places = list[int]


def decided(units: Sequence[Unit], labels: Sequence[int], rulings: Sequence[Ruling]) -> list[int]:
    """Labels that respect `rulings`, given in order of time; units that a ruling names and that are not here don't
    count. What stands with two that are parted goes with the one whose words are more like its own."""
    number = {unit.id: place for place, unit in enumerate(units)}
    ties = _Ties(len(units))
    for ruling in reversed(rulings):
        one, other = ([number[name] for name in names if name in number] for names in (ruling.one, ruling.other))
        if ruling.same and one and other:
            one, other = _most(one, labels), _most(other, labels)
        ties.add(ruling.same, one, other)
    joined = _joined(labels, ties)
    return _parted(units, labels, joined, ties)


def _most(places: Places, labels: Sequence[int]) -> Places:
    """Of a quote that fell apart, the part that holds most of it speaks for it."""
    counts = Counter(labels[place] for place in places)
    return [next(place for place in places if counts[labels[place]] == max(counts.values()))]


class _Ties:
    """Units that people tied or parted, none against another."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.same: list[tuple[int, int]] = []
        self.apart: list[tuple[int, int]] = []

    def add(self, same: bool, one: Places, other: Places) -> None:
        """Take a ruling over, as far as those that were added before allow it."""
        for pair in product(one, other):
            roots = {self.root(pair[0]), self.root(pair[1])}
            if not same and len(roots) == 2:
                self.apart.append(pair)
            elif same and not any({self.root(a), self.root(b)} == roots for a, b in self.apart):
                self.same.append(pair)
                self._parent[self.root(pair[0])] = self.root(pair[1])

    def root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place


def _joined(labels: Sequence[int], ties: _Ties) -> list[int]:
    target: dict[int, int] = {}

    def final(label: int) -> int:
        while label in target:
            label = target[label]
        return label

    for one, other in ties.same:
        ours, theirs = sorted((final(labels[one]), final(labels[other])))
        if ours != theirs:
            target[theirs] = ours
    return [final(label) for label in labels]


def _parted(units: Sequence[Unit], before: Sequence[int], labels: list[int], ties: _Ties) -> list[int]:
    members: dict[int, Places] = defaultdict(list)
    for place, label in enumerate(labels):
        members[label].append(place)
    conflicts = {labels[one] for one, other in ties.apart if labels[one] == labels[other]}
    fresh = max(labels, default=0) + 1
    for label in sorted(conflicts):
        for side in _sides(units, before, members[label], ties)[1:]:
            for place in side:
                labels[place] = fresh
            fresh += 1
    return labels


def _sides(units: Sequence[Unit], before: Sequence[int], members: Places, ties: _Ties) -> list[Places]:
    """The members in as few groups as keep apart what was parted."""
    inside = set(members)
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in ties.apart:
        if one in inside and other in inside:
            apart[ties.root(one)].add(ties.root(other))
            apart[ties.root(other)].add(ties.root(one))
    roots: list[set[int]] = []
    for root in dict.fromkeys(ties.root(place) for place in members if ties.root(place) in apart):
        side = next((side for side in roots if not side & apart[root]), None)
        if side is None:
            roots.append({root})
        else:
            side.add(root)
    sides = [[place for place in members if ties.root(place) in side] for side in roots]
    seeds = [list(side) for side in sides]
    for place in (place for place in members if ties.root(place) not in apart):
        best = max(range(len(sides)), key=lambda n: (*_nearness(units, before, place, seeds[n]), -n))
        sides[best].append(place)
    return sides


def _nearness(units: Sequence[Unit], before: Sequence[int], place: int, seeds: Places) -> tuple[float, bool, int]:
    """Likeness of words, then where clustering had put it, then the greater number."""
    form = normal_form(units[place].text)
    alike = max(fuzz.ratio(form, normal_form(units[seed].text)) for seed in seeds)
    return alike, any(before[place] == before[seed] for seed in seeds), len(seeds)
