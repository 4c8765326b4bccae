"""A cue next to a quotation, and the subject of that cue, name its speaker."""

import pytest

from tests.attribution.story import read, speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "“The bridge is open,” Ann Ashby said.",
        "“The bridge is open,” said Ann Ashby.",
        "“The bridge is open,” said Ann Ashby, who runs the port.",
        "Ann Ashby said: “The bridge is open.”",
        "Ann Ashby said that “the bridge is open.”",
        "Ann Ashby has also said the bridge is “open.”",
        "“Is the bridge open?” Ann Ashby asked.",
        "The bridge is “open”, according to Ann Ashby.",
        "According to Ann Ashby, the bridge is “open”.",
        "Ann Ashby, a critic of Tom Venn, said the bridge was “open”.",
        "Ann Ashby, who met Tom Venn in Oslo on Monday, said the bridge was “open”.",
        "Ann Ashby of the Harbour Party said the bridge was “open”.",
        "Ann Ashby told reporters the bridge was “open”.",
        "Ann Ashby accused Tom Venn of “hiding the bill”.",
        "Ann Ashby met Tom Venn and urged him to “open the bridge”.",
        "Ann Ashby described the bridge as “open”.",
        "Ann Ashby wrote on Friday that Tom Venn’s plan was “open”.",
        "The new “open” bridge is 1,000 metres long, Ann Ashby said.",
        "Ann Ashby: “The bridge is open.”",
        "“The bridge is open.” — Ann Ashby.",
    ],
)
def test_the_subject_of_the_cue_speaks(sentence: str) -> None:
    assert speakers(sentence) == ["Ann Ashby"]


def test_the_subject_of_the_cue_is_chosen_before_a_nearer_name() -> None:
    sentence = "Ida Starling said Tom Venn’s backing for the deal shows that it is the “party of peace.”"
    assert speakers(sentence) == ["Ida Starling"]


def test_a_possessive_before_the_quotation_does_not_speak() -> None:
    assert speakers("Ann Ashby said the Citadel’s “dithering and delay” must end.") == ["Ann Ashby"]


def test_each_clause_has_its_own_speaker() -> None:
    assert speakers("Ann Ashby said it was “safe”, but Tom Venn called it “a trap”.") == ["Ann Ashby", "Tom Venn"]


def test_source_and_cue_are_the_words_in_the_text() -> None:
    text = "“The bridge is open,” the mayor, Ann Ashby, told reporters."
    quotation = read(text)[0]
    assert quotation.source
    assert quotation.cue
    assert "Ann Ashby" in text[slice(*quotation.source)]
    assert text[slice(*quotation.cue)] == "told"
    assert quotation.reason == "‘told’ stands next to ‘the mayor, Ann Ashby’."


def test_a_tag_beside_the_quotation_is_surer_than_a_distant_cue() -> None:
    near, far = read("“It is open,” Ann Ashby said.")[0], read("The “open” bridge is long, Ann Ashby said.")[0]
    assert near.confidence > far.confidence > 0.5
