import pytest

from app.clustering.alignment import align, likeness


@pytest.mark.parametrize(
    ("word", "other"), [("vibes", "vibrations"), ("defence", "defense"), ("resolve", "resolution")]
)
def test_related_words_are_alike(word: str, other: str) -> None:
    assert 0.5 < likeness(word, other) < 1


@pytest.mark.parametrize(("word", "other"), [("gate", "wall"), ("14", "140"), ("2031", "2032"), ("", "wall")])
def test_other_words_and_other_numbers_are_not(word: str, other: str) -> None:
    assert likeness(word, other) == 0


def test_an_alignment_hangs_on_the_long_words() -> None:
    assert align("a b engineers".split(), "engineers a b".split()) in ([(2, 0)], [(0, 1), (1, 2)])
    assert align("so engineers".split(), "engineers so".split()) == [(1, 0)]


def test_a_verbatim_cut_is_aligned_as_one_run_at_an_end_where_it_can_be() -> None:
    assert align("nobody left and nobody shouted".split(), "nobody shouted".split()) == [(3, 0), (4, 1)]
    assert align("the tide".split(), "the road before the tide turns".split()) == [(0, 3), (1, 4)]


@pytest.mark.parametrize("word", ["", "tide"])
def test_nothing_is_aligned_with_no_word(word: str) -> None:
    assert align([], [word]) == align([word], []) == []
