"""How alike two words are, and the alignment of two word sequences that follows from it."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

_SOFT = 0.6  # below this likeness two words are different words
_PREFIX = 3  # "vibes" and "vibrations" share this much and little else
_MAX_CELLS = 250_000

Pair = tuple[int, int]


@lru_cache(maxsize=200_000)
def likeness(word: str, other: str) -> float:
    """Likeness of two words in normal form, 0 (different words) to 1 (the same).

    Edit ratio, or a shared beginning where both words are long enough for that to tell something. Numbers are
    either the same or different.
    """
    if word == other:
        return 1.0
    shared = _common(word, other)
    if not shared or any(sign.isdigit() for sign in word + other):
        return 0.0
    ratio = Indel.normalized_similarity(word, other)
    if shared >= _PREFIX and shared >= 0.6 * min(len(word), len(other)):
        ratio = max(ratio, 0.7)
    return ratio if ratio >= _SOFT else 0.0


def align(base: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Index pairs of words that correspond, rising on both sides, with the greatest total likeness.

    What is a verbatim cut of the other is aligned as one run, at an end where it can be. Long sequences are anchored on
    their common words first, and only what lies between is aligned in full, so that time stays bounded.
    """
    if (place := _place(base, other)) is not None:
        return [(place + j, j) for j in range(len(other))]
    if (place := _place(other, base)) is not None:
        return [(i, place + i) for i in range(len(base))]
    start = _common(base, other)
    end = _common(base[start:][::-1], other[start:][::-1])
    middle = _align_middle(base[start : len(base) - end], other[start : len(other) - end])
    head = [(i, i) for i in range(start)]
    tail = [(len(base) - i, len(other) - i) for i in range(end, 0, -1)]
    return head + [(i + start, j + start) for i, j in middle] + tail


def _place(whole: Sequence[str], cut: Sequence[str]) -> int | None:
    """Where all words of `cut` stand in `whole`, one after the other; None where they don't."""
    if not 0 < len(cut) <= len(whole):  # nothing, and a word without letters, are the same when joined
        return None
    held, sought = (f" {' '.join(keys)} " for keys in (whole, cut))
    if held.startswith(sought):
        return 0
    if held.endswith(sought):
        return len(whole) - len(cut)
    found = held.find(sought)
    return None if found < 0 else held.count(" ", 0, found)


def _align_middle(base: Sequence[str], other: Sequence[str]) -> list[Pair]:
    if len(base) * len(other) <= _MAX_CELLS:
        return _optimal(base, other)
    pairs: list[Pair] = []
    for step in Indel.opcodes(base, other):
        if step.tag == "equal":
            pairs += zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    return pairs


def _optimal(base: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Needleman and Wunsch's dynamic programme with free gaps."""
    gains = [[_gain(word, against) if word[:1] == against[:1] else 0.0 for against in other] for word in base]
    best = [[0.0] * (len(other) + 1)]
    for row in gains:
        best.append(_next_row(best[-1], row))
    return _traced(gains, best)


def _next_row(above: Sequence[float], gains: Sequence[float]) -> list[float]:
    """Written out, because this is where pages that compare many wordings spend their time."""
    most, corner = 0.0, above[0]
    row = [most]
    for gain, over in zip(gains, above[1:], strict=True):
        most = over if over > most else most
        if gain and corner + gain > most:
            most = corner + gain
        row.append(most)
        corner = over
    return row


def _traced(gains: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> list[Pair]:
    i, j = len(best) - 1, len(best[0]) - 1
    pairs = []
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


@lru_cache(maxsize=200_000)
def _gain(word: str, other: str) -> float:
    """Longer words weigh more, so that an alignment hangs on them rather than on "the"."""
    alike = likeness(word, other)
    weight = 0.5 if len(word) < 4 else 1.0
    return weight * alike if alike == 1.0 else 0.7 * weight * alike


def _common(base: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for word, against in zip(base, other, strict=False):
        if word != against:
            break
        count += 1
    return count
