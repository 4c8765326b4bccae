"""Windows: each word is tagged once, and paragraphs stay together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.inference.pieces import BREAK, Encoded, Vocabulary, encode
from app.inference.windows import SIZE, pieces, plan
from app.records import Span

VOCABULARY = Vocabulary(["[PAD]", BREAK, "[UNK]", "[CLS]", "[SEP]", "[MASK]", "word", "##s"])
LENGTHS = st.lists(st.integers(1, 500), max_size=12)


def document(lengths: list[int]) -> Encoded:
    """Paragraphs of that many words, two pieces each."""
    text = "\n".join(" ".join(["words"] * length) for length in lengths)
    spans, at = [], 0
    for line in text.split("\n") if lengths else ():
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return encode(text, spans, VOCABULARY)


@given(LENGTHS)
def test_every_word_stands_in_exactly_one_window(lengths: list[int]) -> None:
    encoded = document(lengths)
    owned = [word for window in plan(encoded) for word in range(*window)]
    assert owned == list(range(len(encoded)))


@given(LENGTHS)
def test_no_window_is_longer_than_the_encoder_reads(lengths: list[int]) -> None:
    encoded = document(lengths)
    for window in plan(encoded):
        ids, types, heads = pieces(encoded, window, VOCABULARY)
        assert len(ids) == len(types) <= SIZE
        assert heads.max() < len(ids) - 1


def test_a_paragraph_that_fits_is_never_cut() -> None:
    encoded = document([60, 60, 60])
    assert {window.start for window in plan(encoded)} <= set(encoded.breaks.tolist())


def test_a_window_is_framed_and_its_words_are_found_at_their_first_pieces() -> None:
    encoded = document([3])
    ids, _, heads = pieces(encoded, plan(encoded)[0], VOCABULARY)
    assert [ids[0], ids[-1]] == [VOCABULARY.opening, VOCABULARY.closing]
    assert ids[heads].tolist() == [VOCABULARY.paragraph, 6, 6, 6]


def test_no_text_needs_no_window() -> None:
    assert plan(encode("", [], VOCABULARY)) == []
    assert np.array_equal(encode("", [], VOCABULARY).first, [0])
