"""Text to word pieces: what the tagger's encoder is given."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inference.pieces import BREAK, Encoded, Vocabulary, encode
from app.records import Span

SPECIAL = ["[PAD]", BREAK, "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARY = Vocabulary([*SPECIAL, "bridge", "bri", "##dge", "##s", "cafe", "we", "said", "“", "”", '"', ",", "'"])


def read(text: str, *paragraphs: Span) -> Encoded:
    return encode(text, paragraphs or [Span(0, len(text))], VOCABULARY)


def words(text: str) -> list[str]:
    encoded = read(text)
    return [text[start:end] for start, end in zip(encoded.starts, encoded.ends, strict=True) if end > start]


def types(text: str) -> dict[str, int]:
    encoded = read(text)
    first = encoded.types[encoded.first[:-1]]
    return {text[s:e]: int(t) for s, e, t in zip(encoded.starts, encoded.ends, first, strict=True) if e > s}


def test_a_word_is_split_into_the_longest_pieces_known() -> None:
    assert VOCABULARY.split("bridges") == (6, 9)


def test_case_and_accents_make_no_difference_to_the_pieces() -> None:
    assert VOCABULARY.split("Café") == VOCABULARY.split("cafe")


@pytest.mark.parametrize("word", ["zzz", "x" * 500])
def test_an_unknown_word_is_one_unknown_piece(word: str) -> None:
    assert VOCABULARY.split(word) == (VOCABULARY.unknown,)


def test_punctuation_stands_alone() -> None:
    assert words("“We don't,” she said.") == ["“", "We", "don", "'", "t", ",", "”", "she", "said", "."]


def test_each_paragraph_opens_with_a_break_and_text_between_paragraphs_is_left_out() -> None:
    encoded = read("We said. [ad] We said.", Span(0, 8), Span(14, 22))
    assert encoded.breaks.tolist() == [0, 4]
    assert encoded.ids[encoded.first[encoded.breaks]].tolist() == [VOCABULARY.paragraph] * 2
    assert 9 not in encoded.starts


def test_types_tell_capitals_and_what_stands_between_marks() -> None:
    found = types("Ada of NATO said “we Will” go")
    assert [found[word] for word in ("Ada", "of", "NATO", "we", "Will", "go")] == [1, 0, 2, 3, 4, 0]


@pytest.mark.parametrize(
    "text",
    ['he "did it', "he “did it", "he ‘did it", "he ''did it", "he «did it", "he 'did it"],
)
def test_every_style_of_mark_opens_a_quotation(text: str) -> None:
    assert types(text)["did"] == 3


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    text = "“we\nsaid"
    encoded = read(text, Span(0, 3), Span(4, 8))
    assert encoded.types[-1] == 0


def test_an_apostrophe_opens_nothing() -> None:
    assert types("the workers' bridge isn't ours")["ours"] == 0


@given(st.text(max_size=200))
def test_words_cover_every_character_that_is_not_space(text: str) -> None:
    encoded = read(text)
    covered = np.zeros(len(text), dtype=bool)
    for start, end in zip(encoded.starts, encoded.ends, strict=True):
        assert not covered[start:end].any()
        covered[start:end] = True
    assert [bool(c) for c in covered] == [not re.match(r"\s", c) for c in text]


@given(st.text(max_size=200))
def test_every_word_has_at_least_one_piece(text: str) -> None:
    encoded = read(text)
    assert (np.diff(encoded.first) >= 1).all()
    assert encoded.first[-1] == len(encoded.ids) == len(encoded.types)
