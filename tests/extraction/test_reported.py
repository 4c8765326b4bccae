"""What is left of reported words once the quotations in it are taken out."""

from dataclasses import replace

import pytest

from app.extraction.reported import reported
from app.inference import Tagged
from app.records import Span
from tests.extraction.reading import layout_of
from tests.tagging import tags_of


def left(text: str, content: str, quotation: str = "") -> list[str]:
    """The passages without marks where the tagger sees `content`, less a quotation with its marks."""
    layout = layout_of(text)
    tags = replace(tags_of(text, layout), contents=(Tagged(_span(text, content), 0.9),))
    taken = [_span(text, quotation)] if quotation else []
    return [text[found.span.start : found.span.end] for found in reported(text, layout, taken, tags)]


def _span(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize("content", ["it twice", "Their", "his", "Neither"])
def test_words_that_say_nothing_by_themselves_are_no_report(content: str) -> None:
    assert left(f"{content} she said.", content) == []


def test_a_sentence_behind_a_quotation_is_narration() -> None:
    text = "He would “mend the bridge”. Somebody at the back whistled."
    assert left(text, "“mend the bridge”. Somebody at the back whistled", "“mend the bridge”") == []


def test_the_rest_of_the_sentence_behind_a_quotation_is_reported_with_it() -> None:
    text = "He would “mend the bridge” before the winter comes."
    assert left(text, "“mend the bridge” before the winter comes", "“mend the bridge”") == ["before the winter comes"]
