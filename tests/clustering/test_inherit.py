import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clustering import inherit

UNITS = [f"unit{number}" for number in range(12)]
PARTITIONS = st.lists(st.integers(0, 4), min_size=len(UNITS), max_size=len(UNITS)).map(
    lambda labels: [
        [unit for unit, own in zip(UNITS, labels, strict=True) if own == label] for label in sorted(set(labels))
    ]
)


def assigned(clusters: Sequence[Sequence[str]], ids: Sequence[str]) -> dict[str, str]:
    return {unit: quote for cluster, quote in zip(clusters, ids, strict=True) for unit in cluster}


def test_new_clusters_get_short_ids_without_look_alikes() -> None:
    ids = inherit({}, [["a"], ["b", "c"]]).ids
    assert len(set(ids)) == 2
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{10}", quote) for quote in ids)


def test_a_cluster_that_grows_keeps_its_id() -> None:
    assert inherit({"a": "old"}, [["a", "b", "c"]]).ids == ("old",)


def test_of_two_quotes_that_merge_the_larger_survives() -> None:
    result = inherit({"a": "small", "b": "large", "c": "large"}, [["a", "b", "c"]])
    assert result.ids == ("large",)
    assert result.retired == {"small": ("large",)}
    assert result.splits == {}


def test_when_a_quote_splits_the_larger_part_keeps_the_id() -> None:
    result = inherit(dict.fromkeys("abc", "old"), [["a"], ["b", "c"]])
    assert result.ids[1] == "old"
    assert result.splits == {"old": (result.ids[0],)}
    assert result.retired == {}


def test_a_quote_whose_units_are_all_gone_is_retired_without_successor() -> None:
    assert inherit({"a": "old"}, [["b"]]).retired == {"old": ()}


def test_a_new_id_avoids_those_in_use_and_those_retired() -> None:
    first = inherit({}, [["a"]]).ids
    assert inherit({}, [["a"]], taken=first).ids != first
    assert inherit({"a": "old", "z": first[0]}, [["z"], ["a"]]).ids == (first[0], "old")


def test_an_empty_cluster_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        inherit({}, [[]])


@given(PARTITIONS, PARTITIONS)
def test_every_id_lives_on_or_has_an_entry_and_none_is_given_twice(
    before: list[list[str]], after: list[list[str]]
) -> None:
    previous = assigned(before, inherit({}, before).ids)
    result = inherit(previous, after)
    assert len(set(result.ids)) == len(after)
    assert set(result.retired) == set(previous.values()) - set(result.ids)
    assert {heir for heirs in result.retired.values() for heir in heirs} <= set(result.ids)


@given(PARTITIONS, PARTITIONS)
def test_clustering_again_without_a_change_changes_no_id(before: list[list[str]], after: list[list[str]]) -> None:
    previous = assigned(before, inherit({}, before).ids)
    ids = inherit(previous, after).ids
    again = inherit(assigned(after, ids), after, taken=set(previous.values()))
    assert (again.ids, again.retired, again.splits) == (ids, {}, {})


@given(PARTITIONS, PARTITIONS)
def test_the_order_of_clusters_and_units_makes_no_difference(before: list[list[str]], after: list[list[str]]) -> None:
    previous = assigned(before, inherit({}, before).ids)
    shuffled = [cluster[::-1] for cluster in after[::-1]]
    one, other = inherit(previous, after), inherit(backwards(previous), shuffled)
    assert assigned(after, one.ids) == assigned(shuffled, other.ids)
    assert (one.retired, one.splits) == (other.retired, other.splits)


def backwards(mapping: Mapping[str, str]) -> dict[str, str]:
    return dict(reversed(mapping.items()))
