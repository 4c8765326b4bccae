import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clustering import cluster
from app.records import Unit

Said = tuple[str, str | None]  # wording, speaker


def labels(*said: Said) -> list[int]:
    return cluster([unit(number, *each) for number, each in enumerate(said)])


def unit(number: int, text: str, speaker: str | None) -> Unit:
    return Unit(f"u{number}", text, f"report {number}", speaker)


def joined(*said: Said) -> bool:
    return len(set(labels(*said))) == 1


def by_arden(*wordings: str) -> list[Said]:
    return [(wording, "Mara Arden") for wording in wordings]


@pytest.mark.parametrize(
    "wordings",
    [
        ("We feel good vibes coming out of the valley", "we feel good vibrations coming from the valley,"),
        ("We will build up our own harbour defences", "We will establish our own harbor defenses"),
        (
            "The gates were shut at dawn and the pumps are running without a pause",
            "At dawn the gates had been closed, and the pumps are running without pause",
        ),
        ("robust and credible flood barriers", "strong and credible flood barriers"),
        ("the ball is in the engineers’ court", "Now the ball was in the engineers' court"),
    ],
)
def test_reworded_reports_of_one_speaker_are_one_quote(wordings: Sequence[str]) -> None:
    assert joined(*by_arden(*wordings))


def test_differences_of_print_are_one_quote_whoever_reports_them() -> None:
    assert joined(
        ("The reservoir gates are “shut”!", "Mara Arden"),
        ("the reservoir gates are shut", None),
        ("The RESERVOIR gates are shut…", "Mara Arden"),
    )


def test_a_cut_belongs_to_its_long_quote() -> None:
    assert joined(
        *by_arden(
            "We agreed last night that the reservoir gates stay shut and that no village will be evacuated",
            "reservoir gates stay shut",
        )
    )


def test_a_cut_that_fits_two_quotes_stays_apart() -> None:
    first, second, cut = labels(
        *by_arden(
            "The engineers told me in March that the reservoir gates stay shut whatever the weather brings",
            "Nobody from the ministry has ever promised farmers downstream that the reservoir gates stay shut",
            "reservoir gates stay shut",
        )
    )
    assert len({first, second, cut}) == 3


def test_a_cut_of_a_cut_belongs_to_the_same_quote() -> None:
    assert joined(
        *by_arden(
            "We agreed last night that the reservoir gates stay shut and that no village will be evacuated",
            "agreed last night that the reservoir gates stay shut",
            "reservoir gates stay shut",
        )
    )


@pytest.mark.parametrize(
    ("wording", "other"),
    [
        (
            "The council counted 14 leaking gates along the northern reservoir wall",
            "The council counted 40 leaking gates along the northern reservoir wall",
        ),
        (
            "We will not open the northern reservoir gates before the autumn storms",
            "We will open the northern reservoir gates before the autumn storms",
        ),
    ],
)
def test_a_changed_number_or_a_dropped_negation_is_a_variant(wording: str, other: str) -> None:
    assert joined(*by_arden(wording, other))


def test_a_long_rare_wording_joins_even_under_two_names() -> None:
    wording = "The northern reservoir wall leaks like a fisherman's basket after every storm"
    assert joined((wording, "Mara Arden"), (wording, "Tobias Vale"), (wording.replace("every", "any"), "Ines Corr"))


@pytest.mark.parametrize("phrase", ["Thank you very much", "I think so", "We need more time", "good", "productive"])
def test_common_phrases_join_no_strangers(phrase: str) -> None:
    assert len(set(labels((phrase, "Mara Arden"), (phrase, "Tobias Vale"), (phrase, None)))) == 3


def test_a_common_phrase_by_unknown_speakers_is_a_quote_in_each_document() -> None:
    assert not joined(("Thank you very much", None), ("Thank you very much", None))


def test_a_short_wording_that_one_speaker_repeats_is_one_quote() -> None:
    assert joined(*by_arden("productive", "“Productive,”"))


@pytest.mark.parametrize(
    ("wording", "other"),
    [
        ("serious about the harbour", "not serious about the harbour"),
        (
            "She is serious about the harbour and has signed every paper we sent her",
            "His disregard for our offer shows that the mayor is not serious about the harbour",
        ),
        ("a coalition of the valleys", "a coalition willing to sell the valleys’ water"),
        ("we will keep the gates shut tonight", "we will keep the schools open tonight"),
        ("14 gates leak", "40 gates leak"),
        ("It is time to act on the northern wall", "It is time to rest, the southern pumps are done"),
    ],
)
def test_different_utterances_of_one_speaker_stay_apart(wording: str, other: str) -> None:
    assert not joined(*by_arden(wording, other))


def test_a_similar_wording_by_another_speaker_stays_apart() -> None:
    assert not joined(("We support the new harbour wall", "Mara Arden"), ("We support a new harbour", "Tobias Vale"))


def test_a_speaker_is_known_by_a_part_of_the_name() -> None:
    wordings = "continued barbaric floods", "continuous barbaric floods of the north"
    assert joined((wordings[0], "Mayor Mara Arden"), (wordings[1], "Arden"))
    assert not joined((wordings[0], "Mara Arden"), (wordings[1], "Tobias Vale"))


def test_labels_are_numbered_by_first_use() -> None:
    assert labels(*by_arden("the gates leak badly", "our schools reopen", "the gates leak badly")) == [0, 1, 0]


def test_a_quote_with_more_variants_than_one_wording_has_candidates_is_one_quote() -> None:
    words = "The northern reservoir gates stay shut until engineers have checked every pump in the valley".split()
    chance = random.Random(7)
    variants = {" ".join(word for word in words if chance.random() < 0.85) for _ in range(150)}
    assert len(set(labels(*by_arden(*sorted(variants))))) == 1


@pytest.mark.parametrize("texts", [[], [""], ["…", "!"], ["the of and"]])
def test_units_that_say_nothing_are_no_obstacle(texts: list[str]) -> None:
    assert len(labels(*by_arden(*texts))) == len(texts)


def test_no_size_of_wording_or_number_of_equal_ones_is_an_obstacle() -> None:
    long = " ".join(f"stone{number}" for number in range(3000))
    assert labels(*by_arden(long, long.replace("stone7 ", "")), *[("fine", None)] * 500)[:2] == [0, 0]


PHRASES = st.lists(
    st.sampled_from("the dam gates leak not badly 14 40 northern wall villages vibes vibrations hold mayor".split()),
    max_size=9,
).map(" ".join)
UNITS = st.lists(st.tuples(PHRASES, st.sampled_from(["Mara Arden", "Tobias Vale", None])), max_size=25)


@settings(deadline=None)
@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_units_makes_no_difference(said: list[Said], chance: random.Random) -> None:
    units = [unit(number, *each) for number, each in enumerate(said)]
    shuffled = list(units)
    chance.shuffle(shuffled)
    assert partition(units) == partition(shuffled)


@settings(deadline=None)
@given(UNITS)
def test_one_speaker_s_equal_wordings_always_share_a_label(said: list[Said]) -> None:
    found = labels(*said, *said)
    known = [number for number, (text, speaker) in enumerate(said) if speaker and text]
    assert all(found[number] == found[number + len(said)] for number in known)


def partition(units: Sequence[Unit]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for each, label in zip(units, cluster(units), strict=True):
        groups.setdefault(label, set()).add(each.id)
    return {frozenset(group) for group in groups.values()}
