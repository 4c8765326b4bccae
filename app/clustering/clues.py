"""Why two wordings are taken for one utterance: the clues of the close look, each as a sentence for a page."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.clustering.normal import normal_form
from app.clustering.similarity import Features, Wording, compare, worded
from app.clustering.vocabulary import stems

_FEW = 0.34  # share of the shorter wording below which its words alone would not have joined them


class _Pair(NamedTuple):
    short: Wording
    features: Features
    speakers: tuple[str, ...]  # named for both


def clues(base: str, other: str, speakers: Sequence[str], other_speakers: Sequence[str]) -> tuple[str, ...]:
    """Sentences that tell why `other` stands with `base`, and what speaks against it.

    They look at the two wordings and at who is said to have said them, and at nothing else: a wording that has
    little in common with the base was joined by where it stands, or through a wording between the two.
    """
    one, two = _worded(base, tuple(speakers)), _worded(other, tuple(other_speakers))
    shared = tuple(name for name in dict.fromkeys(speakers) if name in other_speakers)
    pair = _Pair(min(one, two, key=lambda w: len(w.stems)), compare(one, two), shared)
    return tuple(sentence for clue in _CLUES for sentence in clue(pair))


@lru_cache(maxsize=2_000)  # a page compares one wording with many
def _worded(text: str, speakers: tuple[str, ...]) -> Wording:
    """A wording, all of its words with one weight: no clue asks how much a word weighs in a corpus."""
    return worded(stems(text), dict.fromkeys(stems(text), 1.0), frozenset(map(_name, speakers)))


_name = lru_cache(maxsize=10_000)(normal_form)


def _words(pair: _Pair) -> Iterator[str]:
    total, shared = pair.short.content, pair.features.content
    if total and shared / total < _FEW:
        yield (
            "Few of their words are the same: they stand at like places of reports on one event, "
            "or a wording between the two joins them."
        )
    elif total:
        yield f"{round(100 * min(1.0, shared / total))} % of the telling words of the shorter stand in the longer."


def _order(pair: _Pair) -> Iterator[str]:
    if pair.features.nearness >= 0.99 and pair.features.order < 0.99:
        yield "The shorter stands in the longer in one piece."
    elif pair.features.content > 1 and pair.features.order >= 0.8:
        yield "The words come in the same order."


def _speaker(pair: _Pair) -> Iterator[str]:
    if pair.speakers:
        yield f"Both are attributed to {pair.speakers[0]}."
    elif pair.features.agreement > 0:
        yield "Both are attributed to a speaker of the same name."
    elif pair.features.agreement < 0:
        yield "They are attributed to different speakers."


def _facts(pair: _Pair) -> Iterator[str]:
    if pair.features.numbers_differ:
        yield "Their numbers differ."
    if pair.features.negation_differs:
        yield "One of them has a negation that the other lacks."


_CLUES: tuple[Callable[[_Pair], Iterator[str]], ...] = (_words, _order, _speaker, _facts)
