import pytest

from tests.extraction.reading import faults, passages, quoted

STYLES = ["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "« {} »", "»{}«", "‹{}›", "„{}“", "„{}”", "''{}''", "``{}''", "‚{}‘"]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_marks_is_read_without_a_fault(style: str) -> None:
    text = style.format("We will mend the bridge,") + " the mayor said."
    assert quoted(text) == ["We will mend the bridge,"]
    assert faults(text) == [None]


@pytest.mark.parametrize("style", STYLES)
def test_outer_takes_in_the_marks_and_the_span_leaves_them_out(style: str) -> None:
    passage = passages("She said: " + style.format("The river rose."))[0]
    text = "She said: " + style.format("The river rose.")
    assert text[passage.outer.start : passage.outer.end] == style.format("The river rose.")
    assert text[passage.span.start : passage.span.end] == "The river rose."


@pytest.mark.parametrize(
    "inside",
    [
        "She told me ‘never again’ and left,",
        "It was a “fortress” of a house, you know,",
        "What’s the dogs’ bowl doing here?",
    ],
)
def test_what_is_nested_belongs_to_the_outer_passage(inside: str) -> None:
    assert quoted(f"“{inside}” Orlova said.") == [inside]


def test_double_marks_nest_in_single_ones_too() -> None:
    assert quoted("'He shouted \"fire\" and ran,' she said.") == ['He shouted "fire" and ran,']


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ rights and the nurses' pay rose.",
        "’Tis the season for rock ‘n’ roll, as in the '90s.",
        "It isn't what the Joneses' neighbours didn’t expect.",
        'He is 5\'10" tall and the board is 6" wide.',
        "Get ’em while you can, the shops’ owners say.",
    ],
)
def test_apostrophes_and_measures_are_no_marks(text: str) -> None:
    assert quoted(text) == []


def test_an_apostrophe_inside_single_marks_does_not_end_them() -> None:
    assert quoted("He called them ‘the workers’ friends’ on Friday.") == ["the workers’ friends"]
    assert quoted("‘I don’t know,’ she said. ‘It’s late.’") == ["I don’t know,", "It’s late."]


def test_inches_inside_a_quotation_do_not_end_it() -> None:
    assert quoted('"It is 6" wide and 5\' long," she said.') == ["It is 6\" wide and 5' long,"]
