import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clustering import normal_form


@pytest.mark.parametrize(
    ("wording", "other"),
    [
        ("The harbour is OPEN.", "the harbour is open"),
        ("“Don’t wait,”", "Don't wait"),
        ("We mean it — all of it…", "we mean it all of it"),
        ("The [new] bridge", "The new bridge"),
        ("A café in Málaga", "A cafe in Malaga"),
        ("It cost 1,200 crowns", "It cost 1200 crowns"),
        ("Five % is 5%", "five percent is 5 per cent"),
        ("The U.S. border", "the US border"),
        ("two\u00a0 words\n", "two words"),
    ],
)
def test_differences_of_print_make_no_variant(wording: str, other: str) -> None:
    assert normal_form(wording) == normal_form(other)


@pytest.mark.parametrize(
    ("wording", "other"),
    [
        ("We lost 14 boats", "We lost 40 boats"),
        ("It rose 3.5 points", "It rose 35 points"),
        ("It rose 3.5 points", "It rose 3 5 points"),
        ("We will sign", "We will not sign"),
    ],
)
def test_differences_of_substance_make_a_variant(wording: str, other: str) -> None:
    assert normal_form(wording) != normal_form(other)


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text(), st.sampled_from(["“{}”", " {}, ", "{}…", "({})", "[{}]\n"]))
def test_marks_around_a_wording_change_nothing(text: str, frame: str) -> None:
    assert normal_form(frame.format(text)) == normal_form(text)
