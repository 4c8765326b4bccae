"""Block quotes, signed quotations and posts: speech that stands in no marks, or has its speaker behind a dash."""

import pytest

from tests.extraction.reading import extracted
from tests.extraction.test_transcripts import turns

AROUND = "The board met on Friday to talk about the ferries.\n\n{}\n\nThe board meets again on Monday."


def laid_out(block: str) -> list[tuple[str | None, str]]:
    """Labels and words of what stands between two ordinary paragraphs."""
    text = AROUND.format(block)
    return [turn for turn in turns(text) if "ferries" not in turn[1]]


def test_a_block_quote_is_a_passage_with_the_name_that_introduces_it() -> None:
    block = "Ann Ashby wrote in a letter to the board:\n\n> We will mend the bridge.\n> Nobody is left on the quay."
    assert laid_out(block) == [("Ann Ashby", "We will mend the bridge."), ("Ann Ashby", "Nobody is left on the quay.")]


def test_the_paragraphs_of_a_block_quote_are_one_attribution() -> None:
    text = AROUND.format("Ann Ashby wrote to the board:\n\n> We will mend it.\n>\n> Nobody is left.")
    numbers = [p.attribution for p in extracted(text) if p.label]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_a_verb_of_saying_introduces_a_block_quote_without_a_colon() -> None:
    assert laid_out("In the end Ann Ashby wrote to the board.\n\n> We will mend the bridge.") == [
        ("Ann Ashby", "We will mend the bridge.")
    ]


@pytest.mark.parametrize(
    "block",
    [
        "> The sea takes what it wants.\n> — Ada Moreau",
        "> The sea takes what it wants.\n\n— Ada Moreau, fisher",
        "> The sea takes what it wants. — Ada Moreau",
        "> “The sea takes what it wants.”\n>\n> ― Ada Moreau, *The Quay* (1931)",
    ],
)
def test_a_name_behind_a_dash_signs_a_block_quote(block: str) -> None:
    assert laid_out(block) == [("Ada Moreau", "The sea takes what it wants.")]


def test_words_set_in_below_a_colon_are_a_block_quote() -> None:
    block = "Tom Venn explained in his letter why it took so long:\n\n    We had no boats.\n\n    The crews were gone."
    assert laid_out(block) == [("Tom Venn", "We had no boats."), ("Tom Venn", "The crews were gone.")]


def test_words_set_in_elsewhere_are_none() -> None:
    assert all(p.label is None for p in extracted("The board met.\n\n    We had no boats, and the crews were gone."))


def test_a_report_in_a_block_quote_is_left_to_its_marks() -> None:
    assert laid_out("It rained in Port Venn that day.\n\n> “We stay,” Tom Venn said on Friday.") == [(None, "We stay,")]


def test_a_page_set_in_from_end_to_end_is_no_quotation() -> None:
    text = "> The board met on Friday.\n>\n> It rained in Port Venn.\n>\n> The bridge is closed."
    assert turns(text) == []


@pytest.mark.parametrize(
    "post",
    [
        "The bridge is open. Thank you all! — Ann Ashby (@ashby) March 3, 2025",
        "The bridge is open. Thank you all! pic.example.com/x1y2 — Ann Ashby (@ashby) 3 March 2025",
        "The bridge is open. Thank you all!\n— Ann Ashby (@ashby) March 3, 2025",
        "> The bridge is open. Thank you all!\n> — Ann Ashby (@ashby) March 3, 2025",
        "Ann Ashby (@ashby): The bridge is open. Thank you all!",
        "Ann Ashby (@ashby) · March 3, 2025\nThe bridge is open. Thank you all!",
        "Ann Ashby @ashby · Mar 3\nThe bridge is open. Thank you all! https://example.com/x1y2",
    ],
)
def test_a_post_is_a_passage_with_its_name(post: str) -> None:
    assert laid_out(post) == [("Ann Ashby", "The bridge is open. Thank you all!")]


@pytest.mark.parametrize(
    "signed",
    [
        "“The sea takes what it wants.” — Ada Moreau",
        "“The sea takes what it wants.” – Ada Moreau, fisher, in 1931",
        "“The sea takes what it wants.” -- Ada Moreau (1899-1980)",
        "“The sea takes what it wants.”\n— Ada Moreau",
        "“The sea takes what it wants.”\n- Ada Moreau.",
        "“The sea takes what it wants.”― Ada Moreau",
    ],
)
def test_a_dash_and_a_name_sign_a_quotation(signed: str) -> None:
    assert laid_out(signed) == [("Ada Moreau", "The sea takes what it wants.")]


def test_a_signature_counts_for_all_paragraphs_of_its_quotation() -> None:
    block = "“The sea takes.\n\n“The sea gives.”\n\n— Ada Moreau"
    assert laid_out(block) == [("Ada Moreau", "The sea takes."), ("Ada Moreau", "The sea gives.")]


def test_signed_words_are_speech_whatever_they_look_like() -> None:
    assert laid_out("“The Long Winter” — Ada Moreau") == [("Ada Moreau", "The Long Winter")]


@pytest.mark.parametrize(
    "block",
    [
        "“We stay,” he said — Ada Moreau had left by then.",
        "“We stay.”\n— I will not go, he thought.",
        "— We stay.\n— Never.",
        "The hall was empty — Ada Moreau had left.",
        "Ann Ashby (@ashby) is the mayor of Port Venn.",
        "The list of the day - Ada Moreau",
    ],
)
def test_other_dashes_and_accounts_sign_nothing(block: str) -> None:
    assert all(label is None for label, _ in laid_out(block))
