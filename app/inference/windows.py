"""Cutting a document into windows that the encoder can read, so that each word is tagged once."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from app.inference.pieces import Encoded, Ints, Vocabulary

SIZE = 192  # pieces, the two outer ones included


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
