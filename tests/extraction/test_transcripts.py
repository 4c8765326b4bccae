"""Turns of transcripts and interviews, which stand in no marks."""

from itertools import pairwise

import pytest

from app.records import Passage
from tests.extraction.reading import extracted

TALK = """The candidates met in the town hall of Port Venn on Friday night.

MODERATOR: Good evening. Will the ferries sail again?

ASHBY: They will. We said so in March.

We have the money, and Orlova told me, “Ann, you will do it.”

VENN: I doubt it.

ASHBY: You always do.
"""


def turns(text: str, headings: tuple[int, ...] = ()) -> list[tuple[str | None, str]]:
    """The words that name each passage's speaker, and the passage."""
    return [(named(text, p), text[slice(*p.span)]) for p in extracted(text, headings) if p.kind != "indirect"]


def named(text: str, passage: Passage) -> str | None:
    return text[slice(*passage.label)] if passage.label else None


def test_each_turn_is_a_passage_with_its_label() -> None:
    assert turns(TALK) == [
        ("MODERATOR", "Good evening. Will the ferries sail again?"),
        ("ASHBY", "They will. We said so in March."),
        ("ASHBY", "We have the money, and Orlova told me, “Ann, you will do it.”"),
        ("VENN", "I doubt it."),
        ("ASHBY", "You always do."),
    ]


def test_a_paragraph_without_label_goes_on_with_the_turn_before_it() -> None:
    found = [p for p in extracted(TALK) if p.label]
    assert [p.attribution - found[0].attribution for p in found] == [0, 1, 1, 2, 3]
    assert {p.kind for p in found} == {"direct"}


def test_nothing_in_a_turn_is_listed_twice() -> None:
    found = extracted(TALK)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
    assert all(p.kind != "indirect" or p.span.end < TALK.index("MODERATOR") for p in found)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("ASHBY:", "ASHBY"),
        ("Ann Ashby:", "Ann Ashby"),
        ("Mr. Venn (mayor):", "Mr. Venn"),
        ("SEN. ANN ASHBY, CHAIR OF THE HARBOUR BOARD:", "SEN. ANN ASHBY"),
        ("[00:01:02] Ashby:", "Ashby"),
        ("Ann Ashby (00:12):", "Ann Ashby"),
        ("**Ann Ashby:**", "Ann Ashby"),
        ("ÉLISE O’HARA:", "ÉLISE O’HARA"),
        ("Ludwig van der Berg:", "Ludwig van der Berg"),
        ("SPEAKER 1:", "SPEAKER 1"),
        ("Chair of the Board:", "Chair of the Board"),
    ],
)
def test_labels_come_in_many_forms(written: str, label: str) -> None:
    text = f"{written} Will you stay?\n\nMOREAU: I will.\n\n{written} Thank you."
    assert turns(text) == [(label, "Will you stay?"), ("MOREAU", "I will."), (label, "Thank you.")]


def test_a_label_may_stand_alone_above_its_words() -> None:
    text = "Ann Ashby:\nWill you stay?\n\nTom Venn:\nI will.\n\nAnn Ashby:\nThank you."
    assert turns(text) == [("Ann Ashby", "Will you stay?"), ("Tom Venn", "I will."), ("Ann Ashby", "Thank you.")]


def test_marks_around_a_turn_stay_out_of_it() -> None:
    text = 'ASHBY: “Will you stay?”\n\n"VENN: I will."\n\nASHBY: “Thank you.”'
    assert [words for _, words in turns(text)] == ["Will you stay?", "I will.", "Thank you."]


def test_stage_directions_are_left_out() -> None:
    text = """ASHBY: [laughs] Will you stay? (APPLAUSE)

(CROSSTALK)

VENN: I will, (laughter) I said. [They leave the stage.]

*applause*

ASHBY: [We] will stay at [the harbour].
"""
    assert turns(text) == [
        ("ASHBY", "Will you stay?"),
        ("VENN", "I will, (laughter) I said."),
        ("ASHBY", "[We] will stay at [the harbour]."),
    ]


def test_headings_are_no_part_of_a_turn() -> None:
    text = "ASHBY: Will you stay?\n\nThe second hour\n\nVENN: I will.\n\nASHBY: Thank you."
    assert [words for _, words in turns(text, headings=(1,))] == ["Will you stay?", "I will.", "Thank you."]


def test_the_headline_of_a_transcript_is_no_turn() -> None:
    text = "Ashby: We will mend the bridge\n\nTwo candidates met on Friday.\n\n" + TALK.partition("\n\n")[2]
    assert turns(text, headings=(0,))[0][0] == "MODERATOR"


def test_the_narrator_ends_the_last_turn() -> None:
    text = TALK + "\n“We were late,” Ashby said afterwards. The board meets again on Monday.\n"
    assert turns(text)[-1] == (None, "We were late,")
    assert turns(text)[-2] == ("ASHBY", "You always do.")


def test_a_word_from_the_editor_ends_the_last_turn() -> None:
    text = TALK + "\nThis conversation has been edited and condensed for clarity.\n"
    assert turns(text)[-1] == ("ASHBY", "You always do.")


def test_the_article_around_an_excerpt_is_read_as_ever() -> None:
    after = "The hall was full that night.\n\n“We will wait,” Ashby said afterwards.\n\nThe vote was put off.\n\n" * 4
    found = turns(TALK.replace("We have the money, and Orlova told me, “Ann, you will do it.”\n\n", "") + "\n" + after)
    assert [label for label, _ in found] == ["MODERATOR", "ASHBY", "VENN", "ASHBY", *[None] * 4]
    assert found[-1] == (None, "We will wait,")


@pytest.mark.parametrize(
    "text",
    [
        "The board met on Friday in Port Venn.\n\nNote: This text was shortened. We regret that.\n\nIt meets again.",
        "Ashby: we will mend the bridge\n\nThe board met on Friday in Port Venn.\n\nIt meets again on Monday.",
        "Date: 3 May\nTime: 10 a.m.\nPlace: Port Venn\nTickets: You can buy them at the door.\nNote: We close at six.",
        "Myth: You can’t cross the bridge.\nFact: You can.\nMyth: It is old, we hear.\nFact: It is new.",
        "The Latest: We hear of rain.\n\nThe Weather: You need a coat.\n\nThe Latest: Do you hear thunder?",
        "Bakers: 3 goals\nMillers: 2 goals\nBakers: 1 card\nMillers: 4 cards",
        "LONDON: The board met on Friday.\n\nPARIS: The crews did not.\n\nOSLO: The harbour is closed.",
        "A. We open the gate.\n\nB. We close the gate.\n\nA. We start anew.",
    ],
)
def test_other_words_before_colons_make_no_transcript(text: str) -> None:
    assert all(p.label is None for p in extracted(text, headings=(0,)))


INTERVIEW = """Ann Ashby has run the harbour for ten years.

Q: How did it start?

A: With a storm. I was ten.

We lost two boats.

Q: And then?

A: Then we built them again.
"""


def test_questions_and_answers_are_turns() -> None:
    assert turns(INTERVIEW) == [
        ("Q", "How did it start?"),
        ("A", "With a storm. I was ten."),
        ("A", "We lost two boats."),
        ("Q", "And then?"),
        ("A", "Then we built them again."),
    ]


@pytest.mark.parametrize(("question", "answer"), [("Question:", "Answer:"), ("Q.", "A."), ("**Q:**", "**A:**")])
def test_questions_and_answers_are_known_in_other_forms(question: str, answer: str) -> None:
    text = f"{question} Where were you?\n{answer} At home.\n{question} All night?\n{answer} All night."
    assert [words for _, words in turns(text)] == ["Where were you?", "At home.", "All night?", "All night."]


def test_in_a_press_briefing_the_questions_have_no_colon() -> None:
    text = "MR. VENN:  Good afternoon. We have news.\n\nQ  Thank you. Is it good?\n\nMR. VENN:  It is."
    assert turns(text)[1] == ("Q", "Thank you. Is it good?")


@pytest.mark.parametrize("mark", ["**", "__"])
def test_questions_in_bold_part_the_answers(mark: str) -> None:
    text = f"{mark}How did it start?{mark}\n\nWith a storm.\n\nI was ten.\n\n{mark}And then?{mark}\n\nWe built."
    found = extracted(text)
    assert [text[slice(*p.span)] for p in found] == [
        "How did it start?", "With a storm.", "I was ten.", "And then?", "We built.",
    ]  # fmt: skip
    assert [p.attribution for p in found] == [0, 1, 1, 2, 3]
