"""Whatever the text and the passages: one quotation each, spans inside the text, never a crash."""

from hypothesis import given
from hypothesis import strategies as st

from app.attribution import identify, keys
from app.records import KnownSpeaker, Passage, Span, Speaker
from tests.attribution.story import attributed

_PIECES = [
    "Ann Ashby", "Mr. Venn", "the prime minister", "he", "they", "it", "said", "told", "according to", "asked", "who",
    "and", "of", "’s", ",", ".", ":", "—", "“", "”", "‘", "’", "(", ")", "\n", "\n\n", "Norland", "the", "a", "van der",
    "President", "of Norland", "spokesman", "open", "bridge", "İ", "ﬁ", "\u2028", "-", "@venn", "1,000", "e\u0301",
]  # fmt: skip
texts = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join) | st.text(max_size=80)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Passage]]:
    text = draw(texts)
    places = st.integers(0, len(text))
    made = []
    for number in range(draw(st.integers(0, 5))):
        a, b, c, d = sorted(draw(st.tuples(places, places, places, places)))
        group, heading = draw(st.integers(0, number)), draw(st.booleans())
        made.append(Passage(Span(b, c), Span(a, d), "direct", group, heading))
    return text, made


@given(documents())
def test_every_passage_gets_one_quotation(document: tuple[str, list[Passage]]) -> None:
    text, passages = document
    found = attributed(text, passages)
    assert [(q.span, q.outer, q.attribution) for q in found] == [(p.span, p.outer, p.attribution) for p in passages]
    for quotation in found:
        assert 0 <= quotation.confidence <= 1
        assert quotation.reason.endswith(".")
        assert (quotation.speaker is None) == (quotation.confidence == 0)
        for span in (quotation.source, quotation.cue):
            assert span is None or 0 <= span.start < span.end <= len(text)


@given(documents())
def test_source_and_cue_stand_outside_of_every_passage_that_stands_alone(document: tuple[str, list[Passage]]) -> None:
    text, passages = document
    passages = passages[:1]
    for quotation in attributed(text, passages):
        for span in (quotation.source, quotation.cue):
            assert span is None or span.end <= quotation.outer.start or span.start >= quotation.outer.end


@given(documents())
def test_the_same_document_gives_the_same_answer(document: tuple[str, list[Passage]]) -> None:
    text, passages = document
    assert attributed(text, passages) == attributed(text, passages)


@given(st.text(max_size=30), st.sampled_from(["person", "body", "unnamed"]), st.lists(st.text(max_size=12), max_size=3))
def test_any_name_can_be_looked_up_and_finds_itself_or_says_why(name: str, kind: str, forms: list[str]) -> None:
    speaker = Speaker(name, kind, tuple(forms))  # type: ignore[arg-type]
    answer = identify(speaker, [KnownSpeaker(1, name, speaker.kind, frozenset(forms))])
    assert answer.id in {1, None}
    assert answer.evidence.endswith(".")
    own = keys(speaker).own
    assert bool(own) == bool(own & keys(speaker).sought)
    assert not own or kind != "unnamed"
