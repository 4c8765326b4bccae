"""Contracted words and the same written out."""

import pytest

from app.clustering.contractions import within, written_out


@pytest.mark.parametrize(
    ("contracted", "full"),
    [
        ("We won't go", "we will not go"),
        ("they CAN’T, he said", "they cannot he said"),
        ("“I’m here”", "I am here"),
        ("Weʼll say I`m sorry", "We will say I am sorry"),
        ("IT’ſ here", "it is here"),
        ("it's over, they've left", "it is over they have left"),
        ("I'd gone", "I had gone"),
        ("I'd go", "I would go"),
        ("that's been said", "that has been said"),
    ],
)
def test_a_contraction_is_the_same_as_what_it_stands_for(contracted: str, full: str) -> None:
    short, long = written_out(contracted.split()), written_out(full.split())
    assert len(short) == len(long)
    assert within(short, long)


@pytest.mark.parametrize("words", ["the mayor's boat", "its hull", "well said", "we were shed of it", "ten o'clock"])
def test_what_is_no_contraction_stays_as_it_is(words: str) -> None:
    assert written_out(words.split()) == words.replace("'", "").split()


def test_another_verb_is_another_wording() -> None:
    assert not within(written_out(["I'd"]), written_out(["I", "will"]))
