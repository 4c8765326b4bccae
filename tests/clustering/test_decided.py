from app.clustering import decided
from app.records import Ruling, Unit

WORDS = {
    "a1": "the gates stay shut",
    "a2": "the gates stay shut tonight",
    "a3": "gates shut",
    "b1": "nobody will be dismissed",
    "b2": "no one will be dismissed",
    "c1": "sail or sink",
}
UNITS = [Unit(name, text) for name, text in WORDS.items()]
APART = [0, 0, 0, 1, 1, 2]


def same(one: str, other: str) -> Ruling:
    return Ruling(True, (one,), (other,))


def different(one: str, other: str) -> Ruling:
    return Ruling(False, (one,), (other,))


def groups(*rulings: Ruling, labels: list[int] | None = None) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for unit, label in zip(UNITS, decided(UNITS, labels or APART, rulings), strict=True):
        found.setdefault(label, set()).add(unit.id)
    return {frozenset(members) for members in found.values()}


def sets(*words: str) -> set[frozenset[str]]:
    return {frozenset(word.split()) for word in words}


def test_without_decisions_nothing_changes() -> None:
    assert groups() == sets("a1 a2 a3", "b1 b2", "c1")


def test_what_is_the_same_is_joined_as_a_whole() -> None:
    assert groups(same("a1", "b1")) == sets("a1 a2 a3 b1 b2", "c1")


def test_what_is_different_is_kept_apart_and_the_rest_goes_with_the_more_alike() -> None:
    assert groups(different("a1", "b1"), labels=[0, 0, 0, 0, 0, 1]) == sets("a1 a2 a3", "b1 b2", "c1")


def test_of_two_that_contradict_each_other_the_later_holds() -> None:
    assert groups(same("a1", "c1"), different("c1", "a1")) == sets("a1 a2 a3", "b1 b2", "c1")
    assert groups(different("a1", "c1"), same("c1", "a1")) == sets("a1 a2 a3 c1", "b1 b2")


def test_a_later_decision_holds_also_by_way_of_a_third() -> None:
    found = groups(same("a1", "b1"), same("b1", "c1"), different("a1", "c1"))
    assert not any({"a1", "c1"} <= group for group in found)
    assert any({"b1", "c1"} <= group for group in found)


def test_who_was_tied_to_one_side_stays_there_when_the_sides_are_parted() -> None:
    found = groups(same("c1", "a2"), different("a1", "a2"))
    assert any({"c1", "a2"} <= group for group in found)
    assert not any({"a1", "a2"} <= group for group in found)


def test_a_decision_on_units_that_are_not_here_changes_nothing() -> None:
    assert groups(same("a1", "gone"), different("gone", "b1")) == sets("a1 a2 a3", "b1 b2", "c1")
