"""Whatever a document looks like: passages are exact, in order and apart, and labels stand outside of them."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.extraction.reading import extracted

LINES = """
ASHBY: Will you stay?
Mr. Venn (mayor): I will. (LAUGHTER)
VENN:
Ann Ashby: “We stay,” he said.
Q: Why?
A: [laughs] We had to.
Q.
Q  Why?
**How did it start?**
__Why?__
**Ashby:** We “stay
ASHBY: [A] “B”
(APPLAUSE)
[crosstalk]
* x *
(A) (B) (C)
This interview was cut.
> We stay.
>
> — Ada Moreau
    We stay.
She wrote:
Note: we close at six.
“We stay.” — Ada Moreau
— Ada Moreau
“A.” “B.” - Venn
“We stay.
We stay.”
‘We stay,’ said Venn.
We stay. — Ann Ashby (@ashby) May 3, 2025
Ann Ashby (@ashby): We stay.
Ann Ashby @ashby · Mar 3
The board met.
I said so.
""".split("\n")
PIECES = 'ASHBY Ann Q A : . — - > ( ) [ ] @ashby “ ” " * ** _ ? we stay said 3 March é'.split()
SPACES = [" ", "  ", "\n", "\u00a0"]
noise = st.lists(st.sampled_from(PIECES + SPACES), max_size=40).map("".join)
documents = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join) | noise
headings = st.sets(st.integers(0, 8), max_size=3).map(tuple)


@settings(deadline=None)
@given(documents, headings)
def test_passages_are_exact_in_order_and_apart(text: str, titles: tuple[int, ...]) -> None:
    found = extracted(text, titles)
    for passage in found:
        inside = text[passage.span.start : passage.span.end]
        assert any(map(str.isalnum, inside))
        assert inside == inside.strip()
        assert passage.outer.start <= passage.span.start < passage.span.end <= passage.outer.end
        assert "\n" not in text[passage.outer.start : passage.outer.end]
    assert all(first.outer.end <= second.outer.start for first, second in pairwise(found))


@settings(deadline=None)
@given(documents, headings)
@example("> — Ada Moreau", ())
def test_labels_stand_in_the_text_and_outside_of_their_passages(text: str, titles: tuple[int, ...]) -> None:
    for passage in extracted(text, titles):
        if passage.label:
            label = text[passage.label.start : passage.label.end]
            assert label
            assert label == label.strip()
            assert passage.label.end <= passage.outer.start or passage.label.start >= passage.outer.end
            assert not passage.heading


@settings(deadline=None)
@given(documents)
def test_passages_of_one_label_and_attribution_share_their_turn(text: str) -> None:
    labelled = [passage for passage in extracted(text) if passage.label]
    for first, second in pairwise(labelled):
        if first.attribution == second.attribution:
            assert first.label == second.label


@settings(deadline=None)
@given(documents)
def test_the_same_document_is_read_the_same_twice(text: str) -> None:
    assert extracted(text) == extracted(text)
