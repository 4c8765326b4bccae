"""Who a label names: at the start of a turn, behind a dash, above a block quote."""

import pytest
from hypothesis import given, settings

from app.attribution import attribute
from app.documents import segment
from app.extraction import extract
from app.records import Document, Quotation
from tests.extraction.test_layout_invariants import documents
from tests.tagging import tags_of


def read(text: str) -> list[Quotation]:
    """The quotations of a text that stand in no narrator's words."""
    layout = segment(Document("a.txt", text, "text"))
    tags = tags_of(text, layout)
    found = attribute(text, layout, extract(text, layout, tags), tags)
    return [quotation for quotation in found if quotation.kind != "indirect"]


def speakers(text: str) -> list[str | None]:
    return [quotation.speaker.name if quotation.speaker else None for quotation in read(text)]


TALK = """Ann Ashby, who leads the harbour board, met Tom Venn in the town hall on Friday night.

VENN: Will the ferries sail again?

ASHBY: They will. We said so in March.

We have the money.

Mr. Venn (mayor): I doubt it.
"""


def test_a_label_joins_the_person_whom_the_document_names_in_full() -> None:
    assert speakers(TALK) == ["Tom Venn", "Ann Ashby", "Ann Ashby", "Tom Venn"]


def test_the_source_of_a_turn_is_its_label_and_the_reason_says_so() -> None:
    quotation = read(TALK)[1]
    assert quotation.source
    assert TALK[slice(*quotation.source)] == "ASHBY"
    assert quotation.reason == "Named at the start of the turn: ‘ASHBY’, who is Ann Ashby in this document."
    assert quotation.confidence > 0.9


def test_a_turn_over_several_paragraphs_has_one_source() -> None:
    _, first, second, _ = read(TALK)
    assert first.attribution == second.attribution
    assert first.source == second.source


def test_names_in_capitals_are_spelled_in_small_letters() -> None:
    text = "ÉLISE MOREAU: Will you stay?\n\nMR. O’HARA: I will.\n\nMOREAU: Thank you."
    assert speakers(text) == ["Élise Moreau", "O’Hara", "Élise Moreau"]


@pytest.mark.parametrize("label", ["MODERATOR", "Unidentified Male", "SPEAKER 2", "Reporter"])
def test_who_has_no_name_is_an_unnamed_speaker(label: str) -> None:
    quotation = read(f"{label}: Will you stay?\n\nASHBY: I will.\n\n{label}: Thank you.")[0]
    assert quotation.speaker
    assert quotation.speaker.kind == "unnamed"


def test_a_name_in_brackets_names_the_moderator() -> None:
    assert speakers("MODERATOR (Ada Moreau): Will you stay?\n\nASHBY: I will.\n\nMODERATOR: Thank you.") == [
        "Ada Moreau",
        "Ashby",
        "Ada Moreau",
    ]


def test_a_role_is_the_person_whom_the_introduction_gives_it() -> None:
    text = (
        "President Ann Ashby met the press on Friday.\n\nTHE PRESIDENT: I have news for you.\n\nVENN: Is it good?\n\n"
    )
    assert speakers(text + "THE PRESIDENT: It is.") == ["Ann Ashby", "Venn", "Ann Ashby"]


def test_initials_are_the_person_who_has_them() -> None:
    text = "Ann Ashby has led the harbour for ten years.\n\nAA: I love it here.\n\nHP: Will you stay?\n\nAA: I will."
    assert speakers(text) == ["Ann Ashby", "HP", "Ann Ashby"]


QUESTIONS = "Q: How did it start?\n\nA: With a storm. I was ten.\n\nQ: And then?\n\nA: We built them again.\n"


def test_the_answers_are_those_of_the_one_person_whom_the_introduction_names() -> None:
    text = f"Ann Ashby has run the harbour for ten years. She spoke with us in May.\n\n{QUESTIONS}"
    quotations = read(text)
    assert [q.speaker and q.speaker.name for q in quotations] == [None, "Ann Ashby", None, "Ann Ashby"]
    assert [q.source and text[slice(*q.source)] for q in quotations] == ["Q", "A", "Q", "A"]
    assert "introduction names Ann Ashby alone" in quotations[1].reason


def test_the_interviewer_stays_unattributed_and_the_reason_says_why() -> None:
    quotation = read(f"Ann Ashby has run the harbour for ten years.\n\n{QUESTIONS}")[0]
    assert quotation.speaker is None
    assert quotation.reason == "‘Q’ stands for the interviewer, whom the document does not name there."


@pytest.mark.parametrize(
    "introduction",
    ["The harbour is old.", "Ann Ashby and Tom Venn have run the harbour for ten years."],
)
def test_without_one_clear_name_the_answers_stay_unattributed(introduction: str) -> None:
    quotations = read(f"{introduction}\n\n{QUESTIONS}")
    assert [q.speaker for q in quotations] == [None] * 4
    assert "leaves open who that is" in quotations[1].reason


def test_a_byline_is_no_interviewee() -> None:
    text = f"Interview by Tom Venn\n\nAnn Ashby has run the harbour for ten years, in all weathers.\n\n{QUESTIONS}"
    assert speakers(text)[1] == "Ann Ashby"


def test_answers_under_bold_questions_are_the_interviewees() -> None:
    questions = "**How did it start?**\n\nWith a storm.\n\n**And then?**\n\nI left."
    assert speakers(f"Ann Ashby has run the harbour for ten years.\n\n{questions}") == [
        None,
        "Ann Ashby",
        None,
        "Ann Ashby",
    ]


def test_a_block_quote_has_the_speaker_of_the_sentence_above_it() -> None:
    text = "Ann Ashby leads the harbour board. On Friday she wrote to the mayor:\n\n> We will mend the bridge."
    quotation = read(text)[0]
    assert quotation.speaker
    assert quotation.speaker.name == "Ann Ashby"
    assert quotation.source
    assert text[slice(*quotation.source)] == "she"


def test_a_signature_names_the_speaker() -> None:
    text = "Ada Moreau fished here all her life.\n\n“The sea takes what it wants.”\n— Moreau\n\nThe harbour is closed."
    quotation = read(text)[0]
    assert quotation.speaker
    assert quotation.speaker.name == "Ada Moreau"
    assert quotation.reason == "Named behind the dash: ‘Moreau’, who is Ada Moreau in this document."


def test_a_post_has_the_name_beside_its_account() -> None:
    text = "The bridge is open again.\n\nThank you all! — Ann Ashby (@ashby) March 3, 2025\n\nCars cross it again."
    assert speakers(text) == ["Ann Ashby"]


def test_words_between_marks_around_a_transcript_keep_their_speakers() -> None:
    assert speakers(f"{TALK}\n“We were late,” Ashby said afterwards.\n")[-1] == "Ann Ashby"


@settings(deadline=None)
@given(documents)
def test_whatever_the_layout_a_label_alone_names_the_source(text: str) -> None:
    layout = segment(Document("a.txt", text, "text"))
    tags = tags_of(text, layout)
    passages = extract(text, layout, tags)
    quotations = attribute(text, layout, passages, tags)
    assert [quotation.span for quotation in quotations] == [passage.span for passage in passages]
    for passage, quotation in zip(passages, quotations, strict=True):
        if passage.label:
            named = any(map(str.isalnum, text[slice(*passage.label)]))
            assert quotation.source == (passage.label if named else None)
            assert quotation.reason.endswith(".")
