"""Wordings under each other."""

from hypothesis import given
from hypothesis import strategies as st

from app.clustering import witnesses
from app.clustering.witnesses import gathered

WORDS = st.lists(st.sampled_from(["the ", "dam ", "dams ", "will ", "hold, ", "Hold ", "— ", "never ", "“yes” ", "\n"]))
TEXTS = st.lists(WORDS.map("".join), min_size=1, max_size=6)


def table(*texts: str) -> list[list[str]]:
    return [[cell.strip() for cell in column.cells] for column in witnesses(texts)]


def test_the_same_words_stand_in_the_same_columns() -> None:
    assert table("the dam will hold", "The dam will hold.") == [
        ["the", "The"],
        ["dam", "dam"],
        ["will", "will"],
        ["hold", "hold."],
    ]


def test_a_dropped_word_leaves_its_cell_empty_and_an_added_one_empties_the_others() -> None:
    assert table("it will not hold", "it will hold", "it will not hold tonight") == [
        ["it", "it", "it"],
        ["will", "will", "will"],
        ["not", "", "not"],
        ["hold", "hold", "hold"],
        ["", "", "tonight"],
    ]


def test_words_that_stand_for_each_other_share_a_column() -> None:
    assert table("good vibes came", "good resonance came", "good feelings came")[1] == [
        "vibes",
        "resonance",
        "feelings",
    ]


def test_a_later_wording_is_aligned_with_whichever_reading_it_has() -> None:
    assert table("good vibes came", "good rich resonance came", "good resonance came")[1:3] == [
        ["vibes", "rich", ""],
        ["", "resonance", "resonance"],
    ]


def test_readings_say_who_agrees_with_the_first() -> None:
    column = witnesses(["four boats", "Four boats", "five boats", "boats"])[0]
    assert column.readings == (0, 0, 1, 2)


def test_columns_are_gathered_where_the_same_wordings_agree() -> None:
    found = gathered(witnesses(["I said that it will hold", "I said that it may hold"]))
    assert [column.cells for column in found] == [("I said that it ",) * 2, ("will ", "may "), ("hold", "hold")]


def test_no_wordings_give_no_columns() -> None:
    assert witnesses([]) == ()


@given(TEXTS)
def test_the_cells_of_each_wording_joined_are_that_wording(texts: list[str]) -> None:
    columns = witnesses(texts)
    for found in (columns, gathered(columns)):
        assert ["".join(column.cells[n] for column in found) for n in range(len(texts))] == texts


@given(TEXTS)
def test_no_column_is_empty_and_each_has_a_cell_for_each_wording(texts: list[str]) -> None:
    for column in witnesses(texts):
        assert len(column.cells) == len(column.readings) == len(texts)
        assert any(column.cells)
