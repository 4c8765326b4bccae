"""No speaker without evidence, and a sentence that says why."""

from app.records import Passage, Span
from tests.attribution.story import attributed, read


def test_nothing_near_the_quotation() -> None:
    quotation = read("“The bridge is open.”")[0]
    assert quotation.speaker is None
    assert quotation.source is None
    assert (quotation.confidence, quotation.reason) == (0.0, "No cue or name near it.")


def test_a_pronoun_with_nobody_before_it_keeps_its_source() -> None:
    text = "“The bridge is open,” she said."
    quotation = read(text)[0]
    assert quotation.speaker is None
    assert quotation.source
    assert text[slice(*quotation.source)] == "she"
    assert quotation.reason == "Nobody named before fits ‘she’."


def test_the_writer_is_no_speaker_of_the_document() -> None:
    quotation = read("Tom Venn waved. “Is it open?” I asked.")[0]
    assert quotation.speaker is None
    assert quotation.reason == "‘I’ outside quotation marks is the writer."


def test_a_quotation_inside_another_has_its_speaker() -> None:
    text = "“We are the ‘band of harbours’ now,” Ann Ashby said."
    inner = Passage(Span(12, 28), Span(11, 29), "direct", 1)
    outer = Passage(Span(1, 34), Span(0, 36), "direct", 0)
    found = attributed(text, [outer, inner])
    assert [q.speaker and q.speaker.name for q in found] == ["Ann Ashby", "Ann Ashby"]
    assert found[1].confidence < found[0].confidence


def test_what_extraction_said_is_handed_on() -> None:
    text = "“It is open,” Ann Ashby said."
    passage = Passage(Span(1, 12), Span(0, 13), "mixed", 7, True, "unclosed")
    (quotation,) = attributed(text, [passage])
    assert (quotation.span, quotation.outer, quotation.kind) == (passage.span, passage.outer, "mixed")
    assert (quotation.attribution, quotation.heading, quotation.fault) == (7, True, "unclosed")
