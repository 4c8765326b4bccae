"""Cutting a document into windows that the encoder can read, so that each word is tagged once."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from app.inference.pieces import Encoded, Ints, Vocabulary

SIZE = 192  # pieces, the two outer ones included
_DENSE = 4.0  # characters a piece; prose in English has five
_MOST_DENSE = 40  # windows of a document: half a second; a long table of figures is less


class Window(NamedTuple):
    """Words [start, stop) of a document, read together."""

    start: int
    stop: int


def plan(encoded: Encoded, room: int = SIZE - 2, lead: int | None = None) -> list[Window]:
    """Windows of whole paragraphs, `room` pieces together; only a longer paragraph is cut.

    `lead` is the room of the first window, so that training can cut each text elsewhere every epoch. Windows don't
    overlap: text from beyond the window that was never seen in training made the links worse, and costs time.
    """
    edges, used = [0], 0
    limit = room if lead is None else lead
    for start, stop in _blocks(encoded, room):
        size = int(encoded.first[stop] - encoded.first[start])
        if used and used + size > limit:
            edges.append(start)
            used, limit = 0, room
        used += size
    edges.append(len(encoded))
    return [Window(a, b) for a, b in pairwise(edges) if b > a]


def worth_reading(encoded: Encoded, windows: Sequence[Window]) -> set[Window]:
    """All windows but dense ones (rows of marks or single letters, other scripts) past the first forty of a document.

    A window takes the same time whatever stands in it, so that marks alone would take five times as long as prose.
    Prose is looked at whatever else the document holds, unless it shares its window with such rows.
    """
    dense = [window for window in windows if _is_dense(encoded, window)]
    return set(windows).difference(dense[_MOST_DENSE:])


def _is_dense(encoded: Encoded, window: Window) -> bool:
    characters = encoded.ends[window.stop - 1] - encoded.starts[window.start]
    return bool(characters < _DENSE * (encoded.first[window.stop] - encoded.first[window.start]))


def pieces(encoded: Encoded, window: Window, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints]:
    """Ids and types of the pieces of a window with the outer two, and where each of its words begins."""
    low, high = encoded.first[window.start], encoded.first[window.stop]
    ids = np.concatenate(([vocabulary.opening], encoded.ids[low:high], [vocabulary.closing]))
    types = np.concatenate(([0], encoded.types[low:high], [0]))
    return ids, types, encoded.first[window.start : window.stop] - low + 1


def _blocks(encoded: Encoded, room: int) -> list[tuple[int, int]]:
    """Paragraphs as ranges of words; what does not fit into one window is cut where it is full."""
    blocks = []
    for start, stop in pairwise([*encoded.breaks, len(encoded)]):
        at = int(start)
        while encoded.first[stop] - encoded.first[at] > room:
            full = int(np.searchsorted(encoded.first, encoded.first[at] + room, side="right")) - 1
            cut = max(full, at + 1)
            blocks.append((at, cut))
            at = cut
        blocks.append((at, int(stop)))
    return blocks
