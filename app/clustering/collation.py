"""What one wording changed against another, word by word."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from app.clustering.alignment import align
from app.clustering.normal import normal_form
from app.records import Change, ChangeKind

Step = tuple[ChangeKind, range, range]  # the words of the one wording, and of the other
_TOKEN = re.compile(r"\s*[^\s—–]*[—–]*\s*")  # a dash without spaces joins two words of the text, not of the speech


def collate(base: str, other: str) -> tuple[Change, ...]:
    """Word-level steps from `base` to `other`; their slices put together are exactly the two wordings.

    Words that differ in case or punctuation only count as the same; white space belongs to the word before it.
    Words that correspond in a weaker way ("vibes", "vibrations") are one replaced by the other.
    """
    tokens, others = words(base), words(other)
    steps = _steps([word_key(token) for token in tokens], [word_key(token) for token in others])
    runs = (list(run) for _, run in groupby(steps, key=itemgetter(0)))
    return tuple(_change(tokens, others, run[0], run[-1]) for run in runs)


def _change(tokens: Sequence[str], others: Sequence[str], first: Step, last: Step) -> Change:
    """The steps from `first` to `last`, all of one kind, as one."""
    ours, theirs = tokens[first[1].start : last[1].stop], others[first[2].start : last[2].stop]
    return Change(first[0], "".join(ours), "".join(theirs))


def _steps(base: Sequence[str], other: Sequence[str]) -> Iterator[Step]:
    i = j = 0
    for ours, theirs in [*align(base, other), (len(base), len(other))]:
        if gap := _gap(range(i, ours), range(j, theirs)):
            yield gap
        if ours < len(base):
            kind: ChangeKind = "same" if base[ours] == other[theirs] else "replaced"
            yield kind, range(ours, ours + 1), range(theirs, theirs + 1)
        i, j = ours + 1, theirs + 1


def _gap(ours: range, theirs: range) -> Step | None:
    if ours and theirs:
        return "replaced", ours, theirs
    if ours:
        return "dropped", ours, theirs
    return ("added", ours, theirs) if theirs else None


class Window(NamedTuple):
    """Words of two wordings between two that are the same: `base` and `other` index `words` of each."""

    base: range
    other: range


def windows(base: Sequence[str], other: Sequence[str]) -> list[Window]:
    """Where two sequences of words (compared by `word_key`) differ, neighbouring steps as one."""
    found: list[Window] = []
    for changed, run in groupby(_steps(base, other), key=lambda step: step[0] != "same"):
        steps = list(run)
        if changed:
            first, last = steps[0], steps[-1]
            found.append(Window(range(first[1].start, last[1].stop), range(first[2].start, last[2].stop)))
    return found


def words(text: str) -> list[str]:
    """The words of a text with what surrounds them; what holds no letter or number joins the word before it."""
    tokens: list[str] = []
    for piece in _TOKEN.findall(text):
        if tokens and (not word_key(piece) or not word_key(tokens[-1])):
            tokens[-1] += piece
        elif piece:
            tokens.append(piece)
    return tokens


@lru_cache(maxsize=200_000)
def word_key(token: str) -> str:
    """What two words are compared by: letters and numbers only."""
    return normal_form(token).replace(" ", "")
