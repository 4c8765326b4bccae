"""Checks scored on a story: what others carry is found, what nobody carries is not answered."""

from pathlib import Path

from app.evaluation.checking import evaluate_check
from app.evaluation.story import StoryGold, read_story_gold
from tests.evaluation.test_story import SHARED, needs_labels

FLOORS = {"same_words_found": 0.95, "other_words_found": 0.66, "nowhere_not_answered": 0.96}
MOST_WRONG = 0.02


@needs_labels
def test_checks_of_the_labelled_story_are_at_least_as_good_as_the_floors_say() -> None:
    figures = evaluate_check(SHARED / "seeds", read_story_gold(SHARED / "gold" / "seeds.json"))
    assert {name: figures[name] for name, floor in FLOORS.items() if (figures[name] or 0) < floor} == {}
    assert figures["wrong"] is not None
    assert figures["wrong"] <= MOST_WRONG


def mention(folder: Path, document: str, words: str, label: str) -> dict[str, object]:
    start = (folder / document).read_text("utf-8").index(words)
    return {
        "doc": document,
        "start": start,
        "end": start + len(words),
        "text": words,
        "speaker": "Ann Ashby",
        "variant_of": label,
    }


def test_each_document_is_asked_of_the_others(reports: Path) -> None:
    words = "We are getting some pretty good {} coming out of the ferry talks,"
    gold = StoryGold(
        (
            mention(reports, "1-harbour.txt", words.format("vibes"), "vibes"),
            mention(reports, "3-ledger.txt", words.format("vibrations"), "vibes"),
            mention(reports, "2-tribune.txt", "Nobody will be left on the quay,", "quay"),
        ),
        frozenset(),
        None,
    )
    assert evaluate_check(reports, gold) == {
        "asked": 3,
        "same_words_found": None,
        "other_words_found": 1.0,
        "other_words": 2,
        "wrong": 0.0,
        "nowhere_not_answered": 1.0,
    }
