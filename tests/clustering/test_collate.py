from hypothesis import given
from hypothesis import strategies as st

from app.clustering import collate
from app.records import Change

WORDS = st.lists(
    st.sampled_from(["the", "dam", "dams", "will", "hold,", "Hold", "—", "…", "never", "“yes”", " ", "\n"])
)


def steps(base: str, other: str) -> list[tuple[str, str, str]]:
    return [(change.kind, change.base.strip(), change.other.strip()) for change in collate(base, other)]


def test_equal_wordings_are_one_step() -> None:
    assert collate("The dam holds.", "The dam holds.") == (Change("same", "The dam holds.", "The dam holds."),)


def test_case_and_punctuation_are_no_change() -> None:
    assert steps("The dam, they say, holds", "the dam they say holds.") == [
        ("same", "The dam, they say, holds", "the dam they say holds.")
    ]


def test_a_dropped_negation_shows_as_dropped() -> None:
    assert steps("We will not open the gates", "We will open the gates") == [
        ("same", "We will", "We will"),
        ("dropped", "not", ""),
        ("same", "open the gates", "open the gates"),
    ]


def test_words_at_either_end_show_as_added() -> None:
    assert steps("the gates stay shut", "I say the gates stay shut tonight") == [
        ("added", "", "I say"),
        ("same", "the gates stay shut", "the gates stay shut"),
        ("added", "", "tonight"),
    ]


def test_a_changed_number_is_replaced() -> None:
    assert steps("We counted 14 leaks", "We counted 40 leaks")[1] == ("replaced", "14", "40")


def test_a_similar_word_is_replaced_and_its_neighbours_dropped() -> None:
    assert steps("a rather large hesitation followed", "a hesitancy followed") == [
        ("same", "a", "a"),
        ("dropped", "rather large", ""),
        ("replaced", "hesitation", "hesitancy"),
        ("same", "followed", "followed"),
    ]


def test_unlike_words_in_one_place_are_one_replacement() -> None:
    assert steps("stalling and delay", "draft hole and delay") == [
        ("replaced", "stalling", "draft hole"),
        ("same", "and delay", "and delay"),
    ]


def test_white_space_belongs_to_the_word_before_it() -> None:
    assert collate("shut it now", "shut now")[1] == Change("dropped", "it ", "")


def test_very_long_wordings_are_compared_too() -> None:
    base = " ".join(f"word{n}" for n in range(3000))
    other = base.replace("word1500", "different").replace("word10 ", "").replace("word2990", "else")
    assert [change for change in collate(base, other) if change.kind != "same"] == [
        Change("dropped", "word10 ", ""),
        Change("replaced", "word1500 ", "different "),
        Change("replaced", "word2990 ", "else "),
    ]


@given(st.one_of(st.text(), WORDS.map(" ".join)), st.one_of(st.text(), WORDS.map(" ".join)))
def test_the_slices_put_together_are_the_two_wordings(base: str, other: str) -> None:
    changes = collate(base, other)
    assert "".join(change.base for change in changes) == base
    assert "".join(change.other for change in changes) == other


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_each_step_has_the_sides_that_its_kind_says(base: str, other: str) -> None:
    for change in collate(base, other):
        assert bool(change.base) == (change.kind != "added")
        assert bool(change.other) == (change.kind != "dropped")
