"""Two documents side by side."""

from hypothesis import given
from hypothesis import strategies as st

from app.clustering import parallel

FIRST = ["The boats sail on Monday.", "Nobody paid the clerk.", "“All is well on the northern quay,” she said."]
SECOND = ["Gulls were seen.", "The boats will sail on Monday.", "“All was well on the northern quay,” she said."]


def test_sentences_that_correspond_stand_together_and_others_alone() -> None:
    assert parallel(FIRST, SECOND).pairs == [(None, 0), (0, 1), (1, None), (2, 2)]


def test_a_document_beside_itself_corresponds_throughout() -> None:
    repeated = [*FIRST, FIRST[0]]
    assert parallel(repeated, repeated).pairs == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_nothing_corresponds_to_nothing() -> None:
    assert parallel([], FIRST[:1]).pairs == [(None, 0)]
    assert parallel([], []).pairs == []


def test_sentences_known_to_share_something_stand_together_however_unlike_they_are() -> None:
    longer = "“Sail,” he said, when the clerk had asked him for the third time what they should do about the boats."
    assert parallel(["“Sail.”", *FIRST], [longer, *FIRST]).pairs[:2] == [(0, None), (None, 0)]
    assert parallel(["“Sail.”", *FIRST], [longer, *FIRST], [(0, 0)]).pairs == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_what_corresponds_out_of_order_is_told_apart_and_pairs_with_nothing_else() -> None:
    found = parallel(FIRST, [*FIRST[1:], FIRST[0]])
    assert found.pairs == [(0, None), (1, 0), (2, 1), (None, 2)]
    assert found.crossing == [(0, 2)]


texts = st.lists(st.sampled_from([*FIRST, *SECOND, "", "…"]), max_size=8)


@given(texts, texts, st.data())
def test_every_sentence_stands_once_and_in_order(ours: list[str], theirs: list[str], data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, max(len(ours) - 1, 0)), st.integers(0, max(len(theirs) - 1, 0)))
    shared = data.draw(st.lists(places)) if ours and theirs else []
    pairs, crossing = parallel(ours, theirs, shared)
    assert {*shared} <= {*pairs, *crossing}
    assert [i for i, _ in pairs if i is not None] == list(range(len(ours)))
    assert [j for _, j in pairs if j is not None] == list(range(len(theirs)))
