import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clustering import parts
from app.records import Span


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in parts(text, Span(0, len(text)))]


def test_each_sentence_is_a_part() -> None:
    assert sentences("The dam will hold for now. Nobody has to leave the valley! Will you tell them that?") == [
        "The dam will hold for now.",
        "Nobody has to leave the valley!",
        "Will you tell them that?",
    ]


def test_a_passage_of_one_clause_is_one_part() -> None:
    assert sentences("a bridge too many,") == ["a bridge too many,"]


def test_a_short_fragment_joins_the_sentence_before_it() -> None:
    assert sentences("I think the dam will hold. I really do. We have checked every single gate.") == [
        "I think the dam will hold. I really do.",
        "We have checked every single gate.",
    ]


def test_a_short_fragment_at_the_start_joins_the_sentence_after_it() -> None:
    assert sentences("No. We have checked every single gate. The valley can sleep tonight.") == [
        "No. We have checked every single gate.",
        "The valley can sleep tonight.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "We told Mr. Arden and Dr. Vale about it in good time.",
        "I gave it to J. R. Arden the day before.",
        "The U.S. Congress has nothing to do with our dam.",
        "Turn to No. 7 when the water comes over the wall.",
        "It rose 3.5 metres within the first hour of rain.",
        "She said it would be fine, i.e. Nobody would drown in it.",
        "We waited... and waited for the engineers to come.",
    ],
)
def test_abbreviations_initials_and_numbers_end_no_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


def test_a_sentence_may_end_in_no() -> None:
    assert sentences("We asked them twice and they said no. The council will now vote again.") == [
        "We asked them twice and they said no.",
        "The council will now vote again.",
    ]


def test_a_paragraph_break_ends_a_sentence_without_a_period() -> None:
    assert sentences("the gates are shut tonight\n\nthe pumps are running well") == [
        "the gates are shut tonight",
        "the pumps are running well",
    ]


def test_offsets_are_those_of_the_document() -> None:
    text = "He said: “ The gates are all shut. The pumps are all running. ” and left."
    span = Span(text.index("“") + 1, text.index("”"))
    assert [text[start:end] for start, end in parts(text, span)] == [
        "The gates are all shut.",
        "The pumps are all running.",
    ]


@given(st.text(alphabet="aB. \n!?”“…,1Mr"), st.integers(0, 20), st.integers(0, 20))
def test_parts_cover_all_that_is_not_white_space_in_order(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(start + length, len(text)))
    found = parts(text, span)
    covered = {place for part in found for place in range(*part)}
    assert {i for i in range(*span) if not text[i].isspace()} <= covered <= set(range(*span))
    assert sum(end - start for start, end in found) == len(covered)
    assert list(found) == sorted(found)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in found)
