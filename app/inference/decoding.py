"""From scores of O, B and I to spans: the most probable sequence of labels in which no I follows an O."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.inference.pieces import Ints

Floats = npt.NDArray[np.float32]

OUTSIDE, BEGIN, INSIDE = range(3)
_NEVER = -1e9


def log_softmax(scores: Floats) -> Floats:
    """Logarithms of probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))  # type: ignore[no-any-return]


def viterbi(scores: Floats, chains: Sequence[int]) -> Ints:
    """Labels [words, heads] for log-probabilities [words, heads, 3]; a chain starts at each word of `chains`.

    Chains are decoded side by side, each head by itself (Viterbi 1967, with O to I and a first I forbidden).
    """
    words, heads, _ = scores.shape
    if not words:
        return np.zeros((0, heads), dtype=np.int64)
    edges = [*chains, words]
    sizes = np.diff(edges)
    padded = np.zeros((sizes.max(initial=0), len(chains), heads, 3), dtype=np.float32)
    for column, (start, stop) in enumerate(pairwise(edges)):
        padded[: stop - start, column] = scores[start:stop]
    labels = _best_path(padded)
    return np.concatenate([labels[:size, column] for column, size in enumerate(sizes)])


def spans(labels: Ints) -> list[tuple[int, int]]:
    """Ranges of words [start, stop) in one head's labels."""
    found: list[tuple[int, int]] = []
    for word in np.flatnonzero(labels):
        if labels[word] == INSIDE and found and found[-1][1] == word:
            found[-1] = (found[-1][0], int(word) + 1)
        else:
            found.append((int(word), int(word) + 1))
    return found


def _best_path(scores: Floats) -> Ints:
    """Labels [steps, chains, heads]; steps behind a chain's end have equal scores and change nothing before."""
    best = scores[0].copy()
    best[..., INSIDE] = _NEVER
    came = np.zeros(scores.shape, dtype=np.int64)
    for step in range(1, len(scores)):
        top, entered = best.argmax(-1), best[..., 1:].argmax(-1) + 1
        came[step] = np.stack((top, top, entered), -1)
        best = np.take_along_axis(best, came[step], -1) + scores[step]
    labels = np.zeros(scores.shape[:-1], dtype=np.int64)
    labels[-1] = best.argmax(-1)
    for step in range(len(scores) - 1, 0, -1):
        labels[step - 1] = np.take_along_axis(came[step], labels[step][..., None], -1)[..., 0]
    return labels
