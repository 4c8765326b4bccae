"""Two documents side by side."""

from hypothesis import given
from hypothesis import strategies as st

from app.clustering import parallel

FIRST = ["The boats sail on Monday.", "Nobody paid the clerk.", "“All is well on the northern quay,” she said."]
SECOND = ["Gulls were seen.", "The boats will sail on Monday.", "“All was well on the northern quay,” she said."]


def test_sentences_that_correspond_stand_together_and_others_alone() -> None:
    assert parallel(FIRST, SECOND) == [(None, 0), (0, 1), (1, None), (2, 2)]


def test_a_document_beside_itself_corresponds_throughout() -> None:
    repeated = [*FIRST, FIRST[0]]
    assert parallel(repeated, repeated) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_nothing_corresponds_to_nothing() -> None:
    assert parallel([], FIRST[:1]) == [(None, 0)]
    assert parallel([], []) == []


texts = st.lists(st.sampled_from([*FIRST, *SECOND, "", "…"]), max_size=8)


@given(texts, texts)
def test_every_sentence_stands_once_and_in_order(ours: list[str], theirs: list[str]) -> None:
    pairs = parallel(ours, theirs)
    assert [i for i, _ in pairs if i is not None] == list(range(len(ours)))
    assert [j for _, j in pairs if j is not None] == list(range(len(theirs)))
