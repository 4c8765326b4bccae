"""Contracted words written out: "won't" as "will not", which says the same."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.clustering.collation import word_key

_CONTRACTED = re.compile(r"\W*(\w+?)(?:(n)['’‘ʼ′`]t|['’‘ʼ′`](m|re|ve|ll|d|s))\W*", re.I)
_ENDINGS = {"n": "not", "m": "am", "re": "are", "ve": "have", "ll": "will", "d": "'d", "s": "'s"}
_BEFORE_NOT = {"wo": "will", "ca": "can", "sha": "shall"}
_BEFORE_IS = frozenset("it he she that there here what who where how".split())  # after others "'s" tells whose it is
_OPEN = {"'d": ("had", "would"), "'s": ("is", "has")}  # which of them, only another wording can tell


def written_out(tokens: Iterable[str]) -> list[str]:
    """Words as they stand, as what they are compared by, contractions as two words."""
    return [key for token in tokens for key in _written_out(token)]


def within(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether all words of a run that was written out stand in another, in their order.

    "I'd" stands for "I had" as well as for "I would".
    """
    rest = iter(longer)
    return all(any(_may_be(word, other) for other in rest) for word in shorter)


def _may_be(one: str, other: str) -> bool:
    return one == other or other in _OPEN.get(one, ()) or one in _OPEN.get(other, ())


@lru_cache(maxsize=200_000)
def _written_out(token: str) -> tuple[str, ...]:
    key = word_key(token)
    if key == "cannot":
        return "can", "not"
    found = _CONTRACTED.fullmatch(token)
    if not found:
        return (key,) if key else ()
    word, ending = word_key(found[1]), _ENDINGS[(found[2] or found[3]).casefold()]
    if ending == "'s" and word not in _BEFORE_IS:
        return (key,)
    return (_BEFORE_NOT.get(word, word) if ending == "not" else word), ending
