"""Quote ids that survive re-clustering: where the largest share of a quote's units goes, its id goes."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # pragma: allowlist secret
_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Public ids after a clustering, and what became of the ones before it.

    `ids` has one id per cluster, in the order of the clusters. `retired` names, for each id that no cluster keeps,
    the ids that took its units (most units first; none if all its units are gone). `splits` names, for each id
    that lives on, the others that took some of its units.
    """

    ids: tuple[str, ...]
    retired: dict[str, tuple[str, ...]] = field(default_factory=dict)
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)


def inherit(previous: Mapping[str, str], clusters: Sequence[Sequence[str]], taken: Container[str] = ()) -> Inheritance:
    """Give each cluster of unit ids a public id; `previous` maps unit id to quote id, `taken` are retired ids.

    An old id goes to the cluster that holds most of its units, and of the old ids that want one cluster the one
    with most units there wins. The order of clusters, and of units in them, makes no difference. Raises
    ValueError for an empty cluster.
    """
    if not all(clusters):
        raise ValueError("an empty cluster can't have an id")
    shares = _shares(previous, clusters)
    firsts = [min(cluster) for cluster in clusters]
    kept = _kept(shares, firsts)
    ids = _ids(firsts, kept, taken, set(previous.values()))
    heirs = {old: _heirs(counts, ids) for old, counts in shares.items()}
    alive = set(kept.values())
    return Inheritance(
        ids=ids,
        retired={old: heirs.get(old, ()) for old in sorted(set(previous.values()) - alive)},
        splits={old: _without(heirs[old], old) for old in sorted(alive) if len(heirs[old]) > 1},
    )


def _shares(previous: Mapping[str, str], clusters: Sequence[Sequence[str]]) -> dict[str, Counter[int]]:
    shares: dict[str, Counter[int]] = defaultdict(Counter)
    for index, cluster in enumerate(clusters):
        for unit in cluster:
            if unit in previous:
                shares[previous[unit]][index] += 1
    return shares


def _kept(shares: Mapping[str, Counter[int]], firsts: Sequence[str]) -> dict[int, str]:
    claims: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for old, counts in shares.items():
        index = min(counts, key=lambda i: (-counts[i], firsts[i]))
        claims[index].append((-counts[index], counts.total(), old))
    return {index: min(claim)[2] for index, claim in claims.items()}


def _ids(firsts: Sequence[str], kept: Mapping[int, str], taken: Container[str], used: set[str]) -> tuple[str, ...]:
    ids = dict(kept)
    for index in sorted(set(range(len(firsts))) - set(kept), key=lambda i: firsts[i]):
        ids[index] = next(new for new in _new_ids(firsts[index]) if new not in used and new not in taken)
        used.add(ids[index])
    return tuple(ids[index] for index in range(len(firsts)))


def _new_ids(unit: str) -> Iterator[str]:
    """Ids that follow from a unit alone, one after the other."""
    for attempt in count():
        seed = unit if not attempt else f"{unit}\n{attempt}"
        number = int.from_bytes(sha256(seed.encode()).digest()[:8])
        yield "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))


def _heirs(counts: Counter[int], ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(ids[i] for i in sorted(counts, key=lambda i: (-counts[i], ids[i])))


def _without(ids: Sequence[str], own: str) -> tuple[str, ...]:
    return tuple(other for other in ids if other != own)
