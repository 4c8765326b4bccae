"""Which wording most likely derives from which."""

from datetime import datetime
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.clustering import descent
from app.clustering.descent import _arborescence, _costs, _distances
from app.records import Reading

WHOLE = "we are getting some pretty good vibes out of the talks"
CUT = "some pretty good vibes out of the talks"
CHANGED = "some pretty good vibrations out of the talks"


def reading(text: str, day: int | None = None, documents: str = "", copied: str = "") -> Reading:
    at = datetime(2031, 3, day) if day else None
    return Reading(text, at, frozenset(documents.split()), frozenset(copied.split()))


def parents(*readings: Reading, root: int = 0) -> list[int | None]:
    return [found.parent for found in descent(readings, root)]


def test_each_wording_hangs_on_the_nearest_that_was_out_by_then() -> None:
    assert parents(reading(WHOLE, 1), reading(CUT, 2), reading(CHANGED, 3)) == [None, 0, 1]


def test_nothing_derives_from_a_later_wording_while_an_earlier_one_is_there() -> None:
    assert parents(reading(WHOLE, 1), reading(CUT, 3), reading(CHANGED, 2)) == [None, 0, 0]


def test_a_contraction_derives_from_what_it_contracts_not_from_the_opposite() -> None:
    said, lost = reading("We will not open the gates", 1), reading("We will open the gates", 2)
    assert parents(said, lost, reading("We won’t open the gates", 3)) == [None, 0, 0]


def test_another_word_that_denies_as_well_is_a_changed_word_and_no_more() -> None:
    said, changed = reading("nobody came to us", 1), reading("somebody came to us", 1)
    assert parents(changed, said, reading("no person came to us", 3)) == [None, 0, 1]


def test_a_changed_number_is_further_than_changed_words() -> None:
    said, changed = reading("some 4 ships of the line left", 1), reading("some 14 ferries of the line left", 1)
    assert parents(said, changed, reading("about four ferries of the line left", 3))[2] == 0


def test_no_short_wording_derives_from_a_later_one_for_being_far_from_the_long_one() -> None:
    said = reading(" ".join(f"{letter}{n}" for letter in "abcdef" for n in "xyzuvw"), 1)
    found = descent((said, reading("ax", 2), reading("ax by", 3)), 0)
    assert [step.parent for step in found] == [None, 0, 1]
    assert found[1].reasons == ("No other wording was out by that day.",)
    assert found[2].reasons == ("The nearest of 2 wordings that were out by that day.",)


def test_what_is_not_nearest_in_words_is_not_called_so() -> None:
    near, kin = reading("the very old dam will hold", 1, "a"), reading("the wide new grey dam will hold", 1, "b")
    found = descent((near, kin, reading("the dam will hold", 3, "c", copied="b")), 0)[2]
    assert found.parent == 1
    assert found.reasons[0].startswith("Of 2 wordings that were out by that day, 1 is nearer in words")


def test_of_undated_wordings_nothing_says_that_they_were_out() -> None:
    found = descent((reading(WHOLE, 1), reading(CUT), reading(CHANGED, 3)), 0)[2]
    assert found.reasons[0] == "The nearest of 2 wordings that may have been out by then."


def test_a_copy_of_a_document_derives_from_its_wording_where_words_leave_it_open() -> None:
    one, other = reading("the old dam will hold", 1, "a"), reading("the new dam will hold", 2, "b")
    copy = reading("the dam will hold", 3, "c", copied="b")
    assert parents(one, other, copy) == [None, 0, 1]
    assert "It stands in a copy of a document that has that wording." in descent((one, other, copy), 0)[2].reasons


def test_an_undated_wording_is_placed_by_its_words_and_says_so() -> None:
    found = descent((reading(WHOLE, 1), reading(CUT, 2), reading("pretty good vibes")), 0)
    assert found[2].parent == 1
    assert "It is undated: its words alone decide." in found[2].reasons


def test_a_wording_dated_before_the_likely_original_says_that_the_order_is_not_known() -> None:
    found = descent((reading(WHOLE, 5), reading(CUT, 1)), 0)
    assert found[1].parent == 0
    assert "It is dated earlier than that wording: the order is not known." in found[1].reasons


def test_wordings_of_one_day_do_not_derive_from_each_other_in_a_circle() -> None:
    found = parents(reading("a b c d", 1), reading("x y z v", 1), reading("x y z w", 1))
    assert found[0] is None
    assert sorted((found[1], found[2])) in ([0, 1], [0, 2])  # type: ignore[type-var]


def test_one_wording_derives_from_none() -> None:
    assert parents(reading(WHOLE, 1)) == [None]
    assert descent((), 0) == ()


TEXT = st.lists(st.sampled_from("the dam will hold not never tonight they say".split()), min_size=1, max_size=6)
READING = st.builds(reading, TEXT.map(" ".join), st.sampled_from([None, 1, 2, 3]))


@given(st.lists(READING, min_size=1, max_size=8), st.data())
def test_every_wording_leads_back_to_the_root(readings: list[Reading], data: st.DataObject) -> None:
    root = data.draw(st.integers(0, len(readings) - 1))
    found = descent(readings, root)
    for start in range(len(readings)):
        node, steps = start, 0
        while (above := found[node].parent) is not None:
            node, steps = above, steps + 1
            assert steps < len(readings)
        assert node == root


@settings(max_examples=40)
@given(st.lists(READING, min_size=2, max_size=5))
def test_no_other_tree_is_cheaper(readings: list[Reading]) -> None:
    costs = _costs(readings, _distances(readings))
    found = _arborescence(costs, 0)
    cheapest = min(
        sum(costs[above, node] for node, above in enumerate(chosen, 1))
        for chosen in product(range(len(readings)), repeat=len(readings) - 1)
        if _is_tree(chosen)
    )
    assert abs(sum(costs[above, node] for node, above in found.items()) - cheapest) < 1e-9


def _is_tree(chosen: tuple[int, ...]) -> bool:
    for start in range(1, len(chosen) + 1):
        node, seen = start, set()
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = chosen[node - 1]
    return True
