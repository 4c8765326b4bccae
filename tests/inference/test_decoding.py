"""From label scores to spans."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inference.decoding import BEGIN, INSIDE, OUTSIDE, log_softmax, spans, viterbi

SCORES = st.lists(st.tuples(*[st.integers(-20, 0)] * 3), min_size=1, max_size=6)


def allowed(labels: tuple[int, ...]) -> bool:
    return all(label != INSIDE or before != OUTSIDE for before, label in zip((OUTSIDE, *labels), labels, strict=False))


@given(SCORES)
def test_the_best_allowed_sequence_is_found(rows: list[tuple[int, int, int]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    found = tuple(viterbi(scores[:, None], [0])[:, 0].tolist())
    worth = {
        labels: sum(scores[word, label] for word, label in enumerate(labels))
        for labels in product(range(3), repeat=len(rows))
        if allowed(labels)
    }
    assert allowed(found)
    assert worth[found] == max(worth.values())


@given(SCORES, SCORES)
def test_chains_do_not_disturb_each_other(one: list[tuple[int, int, int]], two: list[tuple[int, int, int]]) -> None:
    parts = [np.array(rows, dtype=np.float32)[:, None] for rows in (one, two)]
    together = viterbi(np.concatenate(parts), [0, len(one)])
    apart = np.concatenate([viterbi(part, [0]) for part in parts])
    assert np.array_equal(together, apart)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([OUTSIDE, OUTSIDE], []),
        ([BEGIN, INSIDE, OUTSIDE, BEGIN], [(0, 2), (3, 4)]),
        ([BEGIN, BEGIN, INSIDE], [(0, 1), (1, 3)]),
    ],
)
def test_labels_become_spans(labels: list[int], expected: list[tuple[int, int]]) -> None:
    assert spans(np.array(labels)) == expected


def test_probabilities_sum_to_one() -> None:
    scores = np.array([[1000.0, 0.0, -1000.0], [1.0, 2.0, 3.0]], dtype=np.float32)
    assert np.exp(log_softmax(scores)).sum(axis=-1) == pytest.approx([1, 1])
