import pytest

from tests.extraction.reading import quoted


@pytest.mark.parametrize(
    "text",
    [
        "Her second novel, “The Long Winter,” came out on Friday.",
        "He is best known for the film “Rivers of Tin” and little else.",
        'She appeared on Channel Nine\'s "Breakfast Hour" twice.',
        "Juan “Chico” Morales won the race.",
        "The word “moist” is widely disliked.",
        "The new “old Badger” engine runs at 200 degrees, Orlova said.",
        "The storm, nicknamed “Big Bertha,” passed in the night.",
        'The page held <img alt="a bridge at dusk"> and no more.',
    ],
)
def test_titles_names_and_words_as_words_are_set_aside(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Orlova called the plan “reckless” on Friday.", "reckless"),
        ("Orlova said the plan was “dead,” and left.", "dead,"),
        ("The mayor described the flood as a “wake-up call.”", "wake-up call."),
        ("Moreau warned them not to “toy around” with the dam.", "toy around"),
        ("“No.”", "No."),
        ("“Never,” she said.", "Never,"),
        ("The minister spoke of a “firmer footing” before any vote, he said.", "firmer footing"),
    ],
)
def test_short_speech_stays(text: str, inside: str) -> None:
    assert quoted(text) == [inside]


def test_a_long_passage_stays_even_without_a_cue() -> None:
    assert quoted("For her it was “a day that we should never have let happen in our valley” and more.")
