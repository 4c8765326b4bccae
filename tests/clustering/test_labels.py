import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clustering import LABEL_ORDER, labels
from app.records import Label

WORDS = st.lists(st.sampled_from("the dam dams will not hold four 14 Ashby Tarn — [our] never “yes” . 5%".split()))


def kinds(base: str, other: str) -> list[str]:
    return [label.kind for label in labels(base, other)]


@pytest.mark.parametrize(
    ("base", "other", "expected"),
    [
        ("The dam, they say, holds", "the dam they say holds.", ["same words"]),
        ("We have four ferries", "We have 4 ferries", ["same words"]),
        ("It rose by 5 per cent", "It rose by 5%", ["same words"]),
        ("A hundred and twenty boats left", "120 boats left", ["same words"]),
        ("Some twenty-five boats left", "Some 25 boats left", ["same words"]),
        ("We have four ferries", "We have fourteen ferries", ["number differs"]),
        ("It cost 14 million crowns", "It cost 14 billion crowns", ["number differs"]),
        ("We will not reopen the road", "We will reopen the road", ["negation differs"]),
        ("no one will be dismissed", "one will be dismissed", ["negation differs", "cut at start"]),
        ("We will not reopen the road", "We won’t reopen the road", ["small words only"]),
        ("I shall not resign", "I shan’t resign", ["small words only"]),
        ("I shall resign", "I shan’t resign", ["negation differs"]),
        ("They might win", "They mightn't win", ["negation differs"]),
        ("I met Ashby on the quay", "I met Tarn on the quay", ["name differs"]),
        ("some pretty good vibes out of the talks", "good vibes", ["cut at start", "cut at end"]),
        ("the gates stay shut", "I say the gates stay shut", ["longer"]),
        ("a strong and very old wall of the dam", "a strong wall of the dam", ["cut inside"]),
        ("I want all partners to see", "I want all [our] partners to see", ["inserted in brackets"]),
        ("a robust and credible plan", "a strong and credible plan", ["word replaced"]),
        ("The crews agreed that it was over", "The crews agree that it is over", ["tense or person"]),
        ("the wall of the dam", "the wall of a dam", ["small words only"]),
        (
            "The buildup of boats indicates that the guild keeps ignoring the harbour",
            "The accumulation of ships shows that the guild continues to neglect the harbour",
            ["re-worded"],
        ),
    ],
)
def test_what_changed_is_labelled(base: str, other: str, expected: list[str]) -> None:
    assert kinds(base, other) == expected


def test_a_label_has_the_words_that_it_rests_on() -> None:
    assert labels("We have four ferries", "We have fourteen ferries") == (
        Label("number differs", (("four", "fourteen"),)),
    )


def test_two_stretches_joined_without_a_sign_are_spliced() -> None:
    base = "They all went home. The mayor asked why the gates had been left open that night. We were angry then"
    assert kinds(base, "They all went home. We were angry then") == ["spliced"]
    assert kinds(base, "They all went home … We were angry then") == ["cut inside"]


def test_words_in_another_order_are_reworded_not_spliced() -> None:
    base = "The harbour, the lighthouse, the ferries and the bridge belong to the islands"
    found = kinds(base, "The ferries and the bridge, the harbour, the lighthouse belong to the islands")
    assert "re-worded" in found
    assert "spliced" not in found


@pytest.mark.parametrize(
    ("full", "contracted"),
    [
        ("It is one of ours", "It's one of ours"),
        ("I know and I am sorry", "I know and I'm sorry"),
        ("I thought that I had gone into the wrong room", "I thought I’d gone into the wrong room"),
        ("They would not say", "They wouldn't say"),
    ],
)
def test_a_contraction_changes_neither_tense_nor_person(full: str, contracted: str) -> None:
    assert kinds(full, contracted) == kinds(contracted, full) == ["small words only"]


def test_a_plural_is_neither_tense_nor_person() -> None:
    assert kinds("We seek the stranger tonight", "We seek the strangers tonight") == ["word replaced"]
    assert kinds("Now he holds the line", "Now they hold the line") == ["tense or person"]
    assert kinds("Now they holds the line", "Now they hold the line") == ["tense or person"]


def test_what_begins_with_the_same_word_again_was_cut_at_the_start() -> None:
    base = "Nobody has left, and nobody has shouted since lunch"
    assert labels(base, "Nobody has shouted since lunch") == (Label("cut at start", (("Nobody has left, and", ""),)),)
    assert kinds("We will wait before the tide has turned", "The tide") == ["cut at start", "cut at end"]


@pytest.mark.parametrize(
    ("base", "other"),
    [
        ("We are not looking for a stranger", "stranger"),
        ("a stranger to boats", "not looking for a stranger to boats"),
        ("We will never sail in a storm like this", "in a storm like this"),
    ],
)
def test_a_negation_that_governs_what_both_have_differs_where_it_was_cut_or_added(base: str, other: str) -> None:
    assert kinds(base, other)[0] == "negation differs"


@pytest.mark.parametrize(
    ("base", "other"),
    [
        ("I do not know what strangers want", "strangers want"),
        ("It is not late and strangers come", "strangers come"),
        ("I have not met a finer captain of the fleet", "the fleet"),
        ("They did not say it, so the strangers stay", "the strangers stay"),
    ],
)
def test_a_negation_of_another_clause_is_no_alarm(base: str, other: str) -> None:
    assert kinds(base, other) == ["cut at start"]


def test_a_negation_in_a_clause_that_was_cut_away_is_no_alarm() -> None:
    assert kinds("I do not care what the guild says: the gates stay shut", "the gates stay shut") == ["cut at start"]
    assert kinds("Nobody has left, and nobody has shouted", "Nobody has left") == ["cut at end"]
    assert kinds("We will not", "We will") == ["negation differs", "cut at end"]


def test_capitals_of_a_headline_or_a_sentence_make_no_name() -> None:
    assert "name differs" not in kinds("Good vibes in the harbour", "Great Resonance In The Harbour")
    assert "name differs" not in kinds("Continued delays hurt us", "Ongoing delays hurt us")


def test_another_speaker_is_a_label_of_its_own() -> None:
    same = "A promise on paper has never moored a boat"
    assert labels(same, same, ["Ann Ashby"], ["Bo Tarn"]) == (Label("other speaker", (("Ann Ashby", "Bo Tarn"),)),)
    assert labels(same, same, ["Ann Ashby"], ["Ann Ashby", "Bo Tarn"]) == (Label("same words"),)


def test_a_machine_rewording_is_named_with_its_reason() -> None:
    found = labels("good vibes", "good resonance", reworded="its words are its own in 9 of 10 quotes")
    assert found[0] == Label("machine-translated or spun", (("", "its words are its own in 9 of 10 quotes"),))


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_labels_come_in_order_of_weight_and_never_are_none(base: str, other: str) -> None:
    ranks = [LABEL_ORDER[label.kind] for label in labels(base, other)]
    assert ranks
    assert ranks == sorted(set(ranks))


@given(WORDS.map(" ".join))
def test_a_wording_against_itself_has_the_same_words(wording: str) -> None:
    assert labels(wording, wording) == (Label("same words"),)
