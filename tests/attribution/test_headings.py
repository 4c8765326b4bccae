"""Quotations in headings."""

from tests.attribution.story import read, speakers

_BODY = "\nAnn Ashby opened the bridge with Tom Venn.\n“The bridge is finally safe for all of us,” Ashby said."


def test_a_name_behind_the_colon_speaks() -> None:
    assert speakers("‘A disaster in waiting’: Venn" + _BODY)[0] == "Tom Venn"


def test_a_name_before_the_colon_speaks() -> None:
    assert speakers("Venn: Norland must ‘come to the table’ now" + _BODY)[0] == "Tom Venn"


def test_a_verb_in_the_heading_counts() -> None:
    assert speakers("Venn urges Norland to ‘come to the table’" + _BODY)[0] == "Tom Venn"


def test_a_heading_takes_the_speaker_of_the_words_that_it_repeats() -> None:
    quotation = read("‘Bridge is finally safe’" + _BODY)[0]
    assert quotation.speaker
    assert quotation.speaker.name == "Ann Ashby"
    assert quotation.reason == "The same words are quoted elsewhere in this document."


def test_a_heading_that_repeats_nobody_keeps_no_speaker() -> None:
    assert speakers("‘Stop the ferry’" + _BODY)[0] is None
