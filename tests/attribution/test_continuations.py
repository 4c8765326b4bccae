"""Quotations without a cue of their own."""

from tests.attribution.story import read, speakers


def test_the_second_part_has_the_speaker_of_the_first() -> None:
    quotations = read("“It is safe,” Ann Ashby said. “We tested it twice.”")
    assert [q.speaker and q.speaker.name for q in quotations] == ["Ann Ashby", "Ann Ashby"]


def test_a_tag_after_the_second_part_counts_for_the_first() -> None:
    assert speakers("“It is safe.” “We tested it twice,” Ann Ashby said.") == ["Ann Ashby", "Ann Ashby"]


def test_a_quotation_alone_in_its_paragraph_belongs_to_the_speaker_before() -> None:
    text = "“It is safe,” Ann Ashby said of Tom Venn’s bridge.\n“We tested it twice.”"
    assert speakers(text) == ["Ann Ashby", "Ann Ashby"]


def test_a_colon_announces_the_quotation_of_the_next_paragraph() -> None:
    text = "“It is safe,” Tom Venn said.\nOn Friday, Ann Ashby rejected the plan of Tom Venn, stating:\n“It is a trap.”"
    assert speakers(text) == ["Tom Venn", "Ann Ashby"]


def test_a_signature_below_names_the_speaker() -> None:
    text = "“It is safe,” Tom Venn said.\n“It is a trap.”\n— Ann Ashby.\nNobody answered."
    assert speakers(text) == ["Tom Venn", "Ann Ashby"]


def test_without_a_cue_the_subject_of_the_sentence_is_a_weak_answer() -> None:
    quotation = read("Ann Ashby took the lead by building the “band of harbours” in the north.")[0]
    assert quotation.speaker
    assert quotation.speaker.name == "Ann Ashby"
    assert quotation.confidence < 0.5


def test_the_same_words_elsewhere_decide_where_no_cue_stands() -> None:
    text = "Ann Ashby praised the “band of harbours”.\nThe quay was full for the “band of harbours” on Monday."
    assert speakers(text) == ["Ann Ashby", "Ann Ashby"]
