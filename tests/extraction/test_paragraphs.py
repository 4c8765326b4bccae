import pytest

from tests.extraction.reading import faults, passages, quoted


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "«»"])
def test_a_quotation_over_paragraphs_opens_each_and_closes_the_last(opening: str, closing: str) -> None:
    text = f"{opening}We tried.\n\n{opening}We failed.\n\n{opening}We try again,{closing} Orlova said."
    assert quoted(text) == ["We tried.", "We failed.", "We try again,"]
    assert faults(text) == [None, None, None]
    assert {passage.attribution for passage in passages(text)} == {0}


def test_a_new_speaker_label_is_a_new_turn() -> None:
    text = '"MOREAU: Will you stay?\n\n"ORLOVA: I will stay.\n\n"I always do."'
    assert [passage.attribution for passage in passages(text)] == [0, 1, 1]


def test_closed_paragraphs_are_turns_of_their_own() -> None:
    text = "“Will you stay?” he asked.\n\n“I will stay,” she said."
    assert [passage.attribution for passage in passages(text)] == [0, 1]


def test_an_unclosed_part_of_a_sentence_does_not_run_on() -> None:
    text = "They called it “one of the worst floods.\n\n“We saw it,” she said."
    assert faults(text) == ["unclosed", None]
    assert [passage.attribution for passage in passages(text)] == [0, 1]


def test_passages_in_headings_are_marked() -> None:
    text = "‘Stop the work’\n“We stay,” she said.\n“Good Signs From the North”: Premier"
    assert [passage.heading for passage in passages(text, headings=(0, 2))] == [True, False, True]
