import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import segment
from app.records import Document, Layout, Span
from tests.documents.helpers import ARTICLE, TEXT

LONG = " ".join(ARTICLE)


def document(text: str, body_start: int = 0, title: str | None = None) -> Document:
    return Document("a.txt", text, "text", body_start=body_start, title=title)


def paragraphs(text: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in segment(document(text)).paragraphs]


def headings(text: str, title: str | None = None) -> list[str]:
    layout = segment(document(text, title=title))
    return [text[one.span.start : one.span.end] for one in layout.paragraphs if one.heading]


@pytest.mark.parametrize("ending", ["\n", "\n\n", "\r\n", "\r", "\u2029", "\n \t\n"])
def test_a_line_is_a_paragraph(ending: str) -> None:
    assert paragraphs(ending.join(ARTICLE)) == list(ARTICLE)


@pytest.mark.parametrize("width", [55, 65, 72, 80])
def test_lines_that_fill_the_width_are_one_paragraph_up_to_a_blank_line(width: int) -> None:
    wrapped = [textwrap.fill(LONG, width), textwrap.fill(f"{LONG} {LONG}", width)]
    assert paragraphs("\n\n".join(wrapped)) == wrapped


def test_a_heading_stays_apart_from_the_wrapped_lines_below_it() -> None:
    wrapped = textwrap.fill(f"{LONG} {LONG}", 70)
    assert paragraphs(f"A town without a bridge\n{wrapped}")[0] == "A town without a bridge"


def test_short_paragraphs_on_lines_of_their_own_are_not_taken_for_wrapped_text() -> None:
    lines = [
        "“Why now?” she asked him in the hall of the town.",
        "“Because of the winter.”",
        "“And then?”",
        "“Spring.”",
    ]
    assert paragraphs("\n".join(lines)) == lines


def test_front_matter_is_in_no_paragraph() -> None:
    text = "---\ntitle: x\n---\n" + TEXT
    layout = segment(document(text, body_start=17))
    assert layout.paragraphs[0].span == Span(17, 17 + len(ARTICLE[0]))


@pytest.mark.parametrize(
    "line",
    [
        "Talk of tolls",
        "‘Good news from the north’: Premier",
        "“Good news from the north”",
        "What happens next?",
        "## A town divided",
    ],
)
def test_a_short_line_above_longer_ones_is_a_heading(line: str) -> None:
    assert headings("\n".join([ARTICLE[0], line, ARTICLE[1], ARTICLE[2]])) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "He left at once.",
        "“We will not move.”",
        "“We will not move,” he said.",
        "“Will we move?”",
        "“We will not move",
        "She went on to say:",
        "and nothing more was heard of it",
    ],
)
def test_a_short_line_of_running_text_is_no_heading(line: str) -> None:
    assert headings("\n".join([ARTICLE[0], line, ARTICLE[1], ARTICLE[2]])) == []


@pytest.mark.parametrize(
    "line", ["Bridge to close, says mayor who promised that it ‘never would’", "Will the bridge hold?"]
)
def test_the_first_line_is_a_heading_where_it_reads_like_a_title(line: str) -> None:
    assert headings("\n".join([line, *ARTICLE])) == [line]


def test_the_first_line_is_a_heading_where_it_is_the_known_title() -> None:
    assert headings("\n".join(["Bridge to close.", *ARTICLE]), title="Bridge to close") == ["Bridge to close."]


def test_the_last_line_is_no_heading() -> None:
    assert headings("\n".join([*ARTICLE, "Reporting by Jane Roe"])) == []


def covers(text: str, layout: Layout) -> bool:
    """Whether paragraphs and sentences hold every character that is not white space, once and in order."""
    spans = [span for one in layout.paragraphs for span in one.sentences]
    inside = "".join(text[start:end] for start, end in spans)
    return "".join(inside.split()) == "".join(text.split())


PIECES = st.one_of(
    st.sampled_from(["Mr. Roe", "U.S.", "a.m.", "word", "Word", "said", "The", "I", "3.5", "é", "\U0001f600"]),
    st.sampled_from(["…", "...", ". . .", "?", "!", ".", "“", "”", "’", '"', "'", "«", "»", "(", ")", "—"]),
    st.sampled_from([" ", "\n", "\n\n", "\r\n", "\u00a0", "\u2028", "\ufeff", "\x1c"]),
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_every_span_is_exact_in_order_and_nothing_is_lost(text: str) -> None:
    layout = segment(document(text))
    assert covers(text, layout)
    position = 0
    for paragraph in layout.paragraphs:
        assert paragraph.sentences[0].start == paragraph.span.start
        assert paragraph.sentences[-1].end == paragraph.span.end
        for start, end in paragraph.sentences:
            assert position <= start < end
            assert text[start:end] == text[start:end].strip()
            position = end


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        "…",
        "?”",
        ". ",
        ".”",
        " ",
        "a. ",
        "A.",
        "“",
        "\n",
        " .",
        "Mr. ",
        "a",
        "—",
        "word\n",
        "W ",
        "?” W ",
        ".\u00a0",
        "\t\n",
    ],
)
def test_a_hundred_thousand_hostile_characters_are_segmented(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert covers(text, segment(document(text)))
    assert covers(text + "x", segment(document(text + "x")))
