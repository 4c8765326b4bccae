from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.reading import passages, quoted

MARKS = "“”„\"«»‘’'‹›`‚"
PIECES = st.sampled_from(
    [*MARKS, " ", "\n", ". ", ", ", "he said", "We stay", "a", "the boys", "6", "—", "said Orlova", "\u00a0", "("]
)
noise = st.lists(PIECES, max_size=40).map("".join)
broken = noise.map(lambda text: "The board said " + text.replace("\n", " "))
good = st.sampled_from(
    [
        "“We will mend the bridge,” the mayor said.",
        "Orlova said the town’s plan would “hold the line” on the board.",
        '"It isn\'t over," he said. "We stay."',
        "‘It’s late,’ she said, and left.",
    ]
)
PLAIN = st.text(st.characters(exclude_characters=MARKS + "‟＂〝〞‛", exclude_categories=["Cs"]))


@settings(deadline=None)
@given(st.one_of(noise, st.text()))
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    found = passages(text)
    for passage in found:
        inside = text[passage.span.start : passage.span.end]
        assert inside
        assert inside == inside.strip()
        assert 0 <= passage.outer.start <= passage.span.start < passage.span.end <= passage.outer.end <= len(text)
        assert "\n" not in text[passage.outer.start : passage.outer.end]
    assert all(first.outer.end <= second.outer.start for first, second in pairwise(found))
    assert all(0 <= second.attribution - first.attribution <= 1 for first, second in pairwise(found))


@settings(deadline=None)
@given(PLAIN)
def test_a_text_without_marks_gives_nothing(text: str) -> None:
    assert passages(text) == ()


@settings(deadline=None)
@given(good, broken, good)
def test_a_broken_paragraph_changes_nothing_around_it(before: str, middle: str, after: str) -> None:
    found = quoted(f"{before}\n{middle}\n{after}")
    first, last = quoted(before), quoted(after)
    assert found[: len(first)] == first
    assert found[len(found) - len(last) :] == last


@settings(deadline=None)
@given(noise)
def test_the_same_text_reads_the_same_twice(text: str) -> None:
    assert passages(text) == passages(text)
