import pytest

from tests.extraction.reading import faults, passages, quoted


def test_an_unclosed_quotation_ends_before_its_cue() -> None:
    text = "“We will mend the bridge, the new mayor said. He left at noon."
    assert quoted(text) == ["We will mend the bridge,"]
    assert faults(text) == ["unclosed"]


def test_an_unclosed_part_of_a_sentence_ends_with_the_sentence() -> None:
    text = "She said they would “keep the bridge, including the piers. The vote is on Friday."
    assert quoted(text) == ["keep the bridge, including the piers."]
    assert faults(text) == ["unclosed"]


def test_an_unclosed_sentence_without_a_cue_runs_to_the_end_of_its_paragraph() -> None:
    text = "“We will mend the bridge. Nothing stops us.\nThe council met on Friday."
    assert quoted(text) == ["We will mend the bridge. Nothing stops us."]


def test_an_unclosed_quotation_ends_where_the_next_one_opens() -> None:
    assert quoted("“Go home now. “Come back later,” he said.") == ["Go home now.", "Come back later,"]


def test_a_lone_mark_before_one_lower_case_word_is_a_slip() -> None:
    assert quoted("The council met “on Friday.") == []


def test_a_quotation_that_nothing_opened_starts_with_its_sentence() -> None:
    text = "The plan is old. We will mend the bridge,” the mayor said. “It is time.”"
    assert quoted(text) == ["We will mend the bridge,", "It is time."]
    assert faults(text) == ["unopened", None]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“It is our bridge, “said Moreau.", "It is our bridge,"),
        ("”We will mend the bridge,” Moreau said.", "We will mend the bridge,"),
        ("”We will mend the bridge“, Moreau said.", "We will mend the bridge"),
        ("“We act as a” brotherhood “in the valley,” he said.", "We act as a” brotherhood “in the valley,"),
        ("He said that it was a” disaster “for the town.", "disaster"),
    ],
)
def test_inverted_marks_are_turned_round(text: str, inside: str) -> None:
    assert quoted(text) == [inside]
    assert faults(text) == ["inverted"]


@pytest.mark.parametrize("after", [". Somebody laughed.", " and leave.", "."])
def test_an_opening_mark_closes_where_one_must_close_though_the_next_paragraph_opens_another(after: str) -> None:
    text = f"The mayor would ”mend every bridge in the valley“{after}\n“Who pays?” asked Moreau."
    assert quoted(text) == ["mend every bridge in the valley", "Who pays?"]
    assert faults(text) == ["inverted", None]


@pytest.mark.parametrize("marks", ["““{}””", '""{}""', "““{}”"])
def test_doubled_marks_count_once(marks: str) -> None:
    text = marks.format("We will mend the bridge,") + " Moreau said."
    assert quoted(text) == ["We will mend the bridge,"]
    assert faults(text) == ["doubled"]


@pytest.mark.parametrize("marks", ['“{}"', '"{}”', "‘{}'"])
def test_curly_and_straight_marks_pair(marks: str) -> None:
    text = marks.format("We will mend the bridge,") + " Moreau said."
    assert quoted(text) == ["We will mend the bridge,"]
    assert faults(text) == ["mixed"]


def test_spaces_inside_the_marks_stay_out_of_the_span() -> None:
    assert quoted("“ We will mend the bridge. ” Moreau said.") == ["We will mend the bridge."]


def test_spaces_missing_around_the_marks_do_no_harm() -> None:
    text = "He said,“We will mend the bridge,”and left.“It is time,” he said."
    assert quoted(text) == ["We will mend the bridge,", "It is time,"]


def test_a_second_opening_mark_does_not_swallow_the_next_quotation() -> None:
    text = "He urged them to “replace the “northern bridge” and he said it was “unsafe.”"
    assert quoted(text) == ["replace the “northern bridge", "unsafe."]


def test_a_broken_paragraph_loses_nothing_after_it() -> None:
    text = "“One is lost, he said. “Two” “three.\n” “ ”\n“Four stands,” she said.\n“Five stands,” she said."
    assert quoted(text)[-2:] == ["Four stands,", "Five stands,"]


def test_rows_of_marks_are_decoration() -> None:
    assert passages('"' * 100_000) == ()
    assert passages("“ ” " * 10_000 + "\n“We stay,” he said.")[0].fault is None
