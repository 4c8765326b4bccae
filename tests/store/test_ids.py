"""Public ids: the same for the same thing, and fit for an address."""

from hypothesis import given
from hypothesis import strategies as st

from app.store.ids import document_id, part_id, quotation_id

SHA = "ab" * 32


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64), st.integers(0), st.integers(0))
def test_an_id_is_twelve_unmistakable_characters(sha: str, start: int, end: int) -> None:
    for made in (document_id(sha), quotation_id(sha, start, end), part_id(sha, start, end)):
        assert len(made) == 12
        assert not set(made) & set("ilouILOU-_")


def test_a_quotation_keeps_its_id_as_long_as_text_and_offsets_are_the_same() -> None:
    assert quotation_id(SHA, 3, 9) == "206rf38fhqyc"  # published: must never change
    assert quotation_id(SHA, 3, 9) != quotation_id(SHA, 3, 10)
    assert quotation_id(SHA, 3, 9) != part_id(SHA, 3, 9)
