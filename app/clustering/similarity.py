"""How likely two wordings are one utterance: what their words share, how much that tells, and who speaks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from app.clustering.alignment import likeness
from app.clustering.collection import Collection
from app.clustering.vocabulary import carried, commonness, is_function, negations, numbers
from app.frozen import record

Match = tuple[str, str, float]  # a word of each wording, and how alike they are

_LEAD = 2  # words: "not very" stands before what it denies


@record
class Wording:
    """One normal form with what pairs are judged by; `speakers` are all who are said to have said it."""

    stems: tuple[str, ...]
    weights: Mapping[str, float]  # of each different stem
    total: float
    telling: tuple[str, ...]  # the stems that carry content, in order
    content: float  # how many of them are different, common ones counting in part
    facts: frozenset[str]  # numbers and negations among the stems
    speakers: frozenset[str]


class Features(NamedTuple):
    """What two wordings have in common; shares are of idf weight, 0 to 1."""

    jaccard: float
    containment: float  # of the one with less weight in the other
    order: float  # longest common subsequence against the longer
    nearness: float  # how nearly the shorter stands in the longer in one piece
    content: float  # words of content that are shared
    strange: float  # words of content that neither shares, counted in the one with fewer of them
    scatter: float  # share of other words of content among the shared ones in the longer, 0 to 1
    agreement: int  # of speakers: 1 one in common, 0 unknown, -1 different
    numbers_differ: bool
    negation_differs: bool


def wording(collection: Collection, number: int, speakers: frozenset[str]) -> Wording:
    """One wording of a collection, ready for a close look."""
    bounds = collection.ends[number : number + 2]
    tokens = collection.tokens[bounds[0] : bounds[1]].tolist()
    weights = {collection.stems[token]: float(collection.weights[token]) for token in dict.fromkeys(tokens)}
    return worded([collection.stems[token] for token in tokens], weights, speakers)


def worded(stems: Sequence[str], weights: Mapping[str, float], speakers: frozenset[str]) -> Wording:
    """A wording of these stems; `weights` are of them alone."""
    telling = tuple(word for word in stems if not is_function(word))
    facts = numbers(stems) | negations(stems)
    return Wording(tuple(stems), weights, sum(weights.values()), telling, carried(stems), facts, speakers)


def compare(one: Wording, other: Wording) -> Features:
    """What tells whether two wordings are one utterance."""
    short, long = sorted((one, other), key=lambda wording: len(wording.stems))
    matches = _matches(short, long)
    shared = sum(alike * min(short.weights[word], long.weights[against]) for word, against, alike in matches)
    telling = [match for match in matches if match[0] in short.telling]
    content = sum(alike * min(commonness(word), commonness(against)) for word, against, alike in telling)
    nearness, place = _place(short.stems, long.stems)
    return Features(
        jaccard=shared / ((short.total + long.total - shared) or 1.0),
        containment=shared / (min(short.total, long.total) or 1.0),
        order=LCSseq.similarity(short.stems, long.stems) / max(len(long.stems), 1),
        nearness=nearness,
        content=content,
        strange=max(0.0, min(short.content, long.content) - content),
        scatter=_scatter({against for _, against, _ in telling}, long.telling),
        agreement=agreement(one.speakers, other.speakers),
        numbers_differ=_numbers(short, short.stems) != _numbers(long, place),
        negation_differs=_denies(short, short.stems) != _denies(long, place),
    )


def _place(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """How nearly the shorter stands in the longer in one piece, and that piece with the words that lead into it."""
    found = fuzz.partial_ratio_alignment(short, long)
    if not found:
        return 0.0, long
    return found.score / 100.0, long[max(0, found.dest_start - _LEAD) : found.dest_end]


def _numbers(wording: Wording, place: tuple[str, ...]) -> set[str]:
    return {word for word in place if word in wording.facts and word[0].isdigit()} if wording.facts else set()


def _denies(wording: Wording, place: tuple[str, ...]) -> bool:
    """Whether a piece of a wording holds an odd number of negations."""
    return bool(wording.facts) and sum(w in wording.facts and not w[0].isdigit() for w in place) % 2 == 1


def _scatter(matched: set[str], telling: tuple[str, ...]) -> float:
    """Share of other words of content among those from the first matched one to the last."""
    places = [place for place, word in enumerate(telling) if word in matched]
    return 1.0 - len(places) / (places[-1] - places[0] + 1) if places else 0.0


def _matches(one: Wording, other: Wording) -> list[Match]:
    """The different words that both have, and pairs of words that are only alike, with their likeness."""
    others = defaultdict(list)
    for word in dict.fromkeys(other.telling):
        if word not in one.weights:
            others[word[0]].append(word)  # words that are alike begin alike
    rest = [word for word in dict.fromkeys(one.telling) if word[0] in others and word not in other.weights]
    pairs = [(word, against, likeness(word, against)) for word in rest for against in others[word[0]]]
    same = [(word, word, 1.0) for word in one.weights if word in other.weights]
    return same + list(_one_to_one(pair for pair in pairs if pair[2]))


def _one_to_one(pairs: Iterable[Match]) -> Iterator[Match]:
    taken: set[str] = set()
    for word, against, alike in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if word not in taken and against not in taken:
            taken |= {word, against}
            yield word, against, alike


def agreement(one: frozenset[str], other: frozenset[str]) -> int:
    """Of two sets of speakers: 1 for one in common, 0 where either is unknown, -1 for different ones."""
    if not one or not other:
        return 0
    same = one & other or any(_same_name(name, against) for name in one for against in other)
    return 1 if same else -1


@lru_cache(maxsize=100_000)
def _same_name(name: str, other: str) -> bool:
    """Whether one name holds all words of the other: documents shorten names and add titles."""
    words, others = set(name.split()), set(other.split())
    return words <= others or others <= words
