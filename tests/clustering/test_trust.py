import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clustering import Claim, Trust, support, weigh
from app.clustering.trust import _compare

# One statement after the other, as four documents print them: two reports that agree but for small cuts, and two that
# went through a translation each.
STATEMENTS = [
    ("the wall will hold until the spring", "the barrier will last until the spring", "the wall resists up to spring"),
    ("nobody will be left on the quay", "no person will be left on the pier", "nobody stays behind on the quay"),
    (
        "we have good vibes about the talks",
        "we have fine resonance about the talks",
        "we have good vibrations on talks",
    ),
    ("the ferries will sail again on Monday", "the boats will travel again on Monday", "the ferries sail anew Monday"),
    ("a promise on paper never moored a boat", "a vow on paper never tied a boat", "a promise in paper no boat moored"),
    (
        "they are playing for time in the harbour",
        "they are gambling for time in the port",
        "they play on time in harbour",
    ),
]
POST, TRIBUNE, SPUN, TRANSLATED = range(4)
WORDING = st.lists(st.sampled_from("a the dam will not hold".split()), max_size=7)


def claims(*texts: str) -> list[Claim]:
    return [Claim(document, document, text) for document, text in enumerate(texts)]


@pytest.fixture(scope="module")
def trust() -> Trust:
    return weigh([claims(said, said, spun, translated) for said, spun, translated in STATEMENTS])


def test_documents_that_agree_weigh_more_than_those_that_agree_with_nobody(trust: Trust) -> None:
    assert max(trust.rates[POST], trust.rates[TRIBUNE]) < min(trust.rates[SPUN], trust.rates[TRANSLATED])


def test_reworded_documents_are_found_with_their_evidence(trust: Trust) -> None:
    assert set(trust.reworded) == {SPUN, TRANSLATED}
    assert (trust.reworded[SPUN].quotes, trust.reworded[SPUN].of) == (6, 6)


def test_the_source_between_two_translations_is_found_without_anybody_who_repeats_it() -> None:
    found = weigh([claims(said, spun, translated) for said, spun, translated in STATEMENTS])
    assert found.rates[0] < min(found.rates[1], found.rates[2])


def test_one_quote_that_went_wrong_makes_no_reworded_document() -> None:
    heard = ["the wall will hold", *(said for said, _, _ in STATEMENTS[1:])]
    wrong = ["a barrier of clay might resist most of all that comes down upon it", *heard[1:]]
    found = weigh([claims(said, said, other) for said, other in zip(heard, wrong, strict=True)])
    assert not found.reworded


def test_two_documents_that_differ_say_nothing_against_either() -> None:
    found = weigh([claims(said, spun) for said, spun, _ in STATEMENTS])
    assert found == Trust()


def test_what_was_learnt_decides_where_only_two_differ(trust: Trust) -> None:
    said, spun = "the tide is on our side", "the flood is on our side"
    likely = support([Claim(POST, POST, said), Claim(SPUN, SPUN, spun)], [said, spun], trust)
    assert likely[0] == 0.0 > likely[1]


def test_a_cut_is_no_better_than_what_it_was_cut_from(trust: Trust) -> None:
    whole, cut = "the tide is on our side and so is the wind", "the tide is on our side"
    likely = support([Claim(POST, POST, whole), Claim(TRIBUNE, TRIBUNE, cut)], [whole, cut], trust)
    assert likely[0] == 0.0


def test_known_rates_are_kept(trust: Trust) -> None:
    found = weigh([claims(said, said, spun) for said, spun, _ in STATEMENTS], {POST: 0.5})
    assert found.rates[POST] == 0.5


def test_what_speaks_for_a_cut_speaks_for_the_whole() -> None:
    whole = "some pretty good vibes are coming out of the talks and we have a deal"
    cut = "some pretty good vibes are coming out of the talks"
    other = "some pretty good vibes are coming out of the talks and it will last long"
    found = support([Claim(1, "a", whole), Claim(2, "b", cut), Claim(3, "c", other)], [whole, cut, other], Trust())
    assert found[0] >= found[1]
    assert found[2] >= found[1]


def test_what_hundreds_of_documents_say_in_one_wording_makes_the_odd_one_out_no_less_odd() -> None:
    held = [claims(*[said] * 400, spun) for said, spun, _ in STATEMENTS]
    found = weigh(held)
    assert set(found.reworded) == {400}


def test_a_cut_that_changed_its_first_word_is_no_better_than_the_two_wordings_that_agree() -> None:
    whole, cut, changed = "We are not asking for a new boat", "not asking for a new boat", "boats"
    said = [f"{text} in the harbour" for text in (whole, cut, changed)]
    found = support(claims(*said), said, Trust())
    assert found.index(max(found)) != 2
    assert found[2] < -2.0


@given(WORDING, WORDING)
def test_two_wordings_differ_as_much_in_either_order(one: list[str], other: list[str]) -> None:
    assert _compare(one, other)[:2] == _compare(other, one)[:2]


def test_to_contract_words_alters_none() -> None:
    said = ["It is over and we will not go", "It's over and we won't go"]
    assert support(claims(*said), said, Trust()) == [0.0, 0.0]
