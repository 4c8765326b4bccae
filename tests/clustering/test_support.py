"""A cut of a word or two belongs to a long quote only where the documents say so."""

import pytest

from app.clustering import cluster
from app.records import Unit

LONG = "We agreed last night that the gates stay shut and that the causeway will be repaired before spring"
OTHER = "Nobody told me that the causeway was flooded when the northern ferries sailed on Sunday"
SHARED = ("Not one village will be evacuated this winter", "The engineers return with heavier pumps on Friday")


def quotes(*documents: tuple[str, ...]) -> dict[tuple[int, str], int]:
    """Labels by number of the document and wording; one speaker says it all."""
    units = [
        Unit(f"{number} {place}", text, f"report {number}", "Mara Arden", 100 * place, 100 * place + 99)
        for number, document in enumerate(documents)
        for place, text in enumerate(document)
    ]
    keys = [(number, text) for number, document in enumerate(documents) for text in document]
    return dict(zip(keys, cluster(units), strict=True))


@pytest.mark.parametrize("cut", ["the causeway", "repaired", "last night"])
def test_a_word_of_the_same_speaker_in_a_report_of_something_else_stays_apart(cut: str) -> None:
    found = quotes((LONG, *SHARED), (cut, "Our schools have never had so many apple trees"))
    assert found[0, LONG] != found[1, cut]


@pytest.mark.parametrize("cut", ["the causeway", "repaired", "last night"])
def test_a_word_belongs_to_the_long_quote_that_the_same_report_has(cut: str) -> None:
    found = quotes((LONG, *SHARED, cut))
    assert found[0, LONG] == found[0, cut]


def test_a_word_belongs_to_a_long_quote_in_another_report_of_the_event() -> None:
    found = quotes((LONG, *SHARED), (*SHARED, "the causeway"))
    assert found[0, LONG] == found[1, "the causeway"]


def test_a_word_that_fits_two_long_quotes_of_a_report_stays_apart() -> None:
    found = quotes((LONG, *SHARED, OTHER, "the causeway"))
    assert len({found[0, text] for text in (LONG, OTHER, "the causeway")}) == 3


def test_a_word_that_is_half_of_a_short_wording_needs_no_support() -> None:
    found = quotes(("completely flooded causeway",), ("flooded causeway",))
    assert found[0, "completely flooded causeway"] == found[1, "flooded causeway"]


def test_several_telling_words_need_no_support() -> None:
    found = quotes((LONG, *SHARED), ("the causeway will be repaired before spring",))
    assert len({label for (_, text), label in found.items() if "causeway" in text}) == 1
