"""Which words that stand before a piece of a wording deny it."""

import re
from collections.abc import Sequence

from app.clustering.vocabulary import NEGATIONS, is_function

PAUSE = re.compile(r"[,;:.!?…—–]\W*$")  # what stands beyond belongs to another clause

_REACH = 2  # words: "not very" stands before what it denies
_FAR = 4  # words, where the clause goes on from the negation through one word of content: "not looking for a"
_OTHER_CLAUSE = frozenset(
    "and or but because if unless until when while where whether as since though although that what who which how why "
    "i we you he she it they there this only just".split()
)


def denying(tokens: Sequence[str], keys: Sequence[str], cut: range) -> range:
    """Of the words in `cut` those that may deny what follows it: the last ones, unless a pause stands between.

    Two words reach always, and more where they belong to the clause that goes on behind them.
    """
    if PAUSE.search(tokens[cut.stop - 1]):
        return range(cut.stop, cut.stop)
    near = range(max(cut.start, cut.stop - _REACH), cut.stop)
    far = range(max(cut.start, cut.stop - _FAR), near.start)
    first = next((n for n in far if keys[n] in NEGATIONS and _goes_on(tokens, keys, range(n, cut.stop))), near.start)
    return range(first, cut.stop)


def _goes_on(tokens: Sequence[str], keys: Sequence[str], span: range) -> bool:
    """Whether one clause holds a negation with what follows it, and what comes after the span."""
    paused = any(PAUSE.search(tokens[n]) for n in span)
    other = any(keys[n] in _OTHER_CLAUSE for n in range(span.start, min(span.stop + 1, len(keys))))
    return not paused and not other and sum(not is_function(keys[n]) for n in span) <= 1
