"""A whole text through segmentation, tagging, extraction, attribution and splitting: every span is in range and exact."""

from itertools import pairwise

from app import attribution, clustering, documents, extraction
from app.records import Document, Quotation, Span
from tests.fuzz.made import text_of
from tests.tagging import tags_of

EXAMPLES = (
    b"The crews met.\n\x80We sail on Monday,\x81 said Ann Ashby, the minister.\n\x80Nobody stays,\x81 she added.",
    b"\xb8\x80Who pays?\n\xb9The town.\nASHBY: No.\n",
    b"> We stay.\n> \xbb\xa8\n",
    b"\x80\x80\x80\xa2\x81\x81",
    b"B\x80\xa3\x80",  # what was reported ended in a space that does not break
    b"\xad\n\x00\x00\x00\x80\xac\x00\x00",  # the link to the cue fell on a break of paragraphs
)


def check(data: bytes) -> None:
    """Read `data` as the pieces of a text."""
    text = text_of(data)
    layout = documents.segment(Document(name="fuzzed", text=text, media="text"))
    tags = tags_of(text, layout)
    passages = extraction.extract(text, layout, tags)
    found = attribution.attribute(text, layout, passages, tags)
    assert [one.span for one in found] == [one.span for one in passages], "nothing lost"
    for one in found:
        _check_quotation(text, one)


def _check_quotation(text: str, one: Quotation) -> None:
    assert 0 <= one.outer.start <= one.span.start < one.span.end <= one.outer.end <= len(text)
    assert text[slice(*one.span)].strip() == text[slice(*one.span)]
    assert all(0 <= span.start < span.end <= len(text) for span in (one.source, one.cue) if span)
    assert 0 <= one.confidence <= 1
    assert one.reason
    assert one.speaker is None or one.speaker.name.strip()
    if one.quoted:
        _check_parts(one.span, clustering.parts(text, one.span))


def _check_parts(span: Span, parts: tuple[Span, ...]) -> None:
    assert all(span.start <= part.start < part.end <= span.end for part in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))
