"""Words that may name a topic, and words that say nothing of it."""

import pytest

from app.clustering import is_topical


@pytest.mark.parametrize("word", ["ferry", "vibes", "negotiations", "dismissed", "inflation", "ägypten"])
def test_a_word_with_a_content_of_its_own_is_a_topic(word: str) -> None:
    assert is_topical(word)


@pytest.mark.parametrize(
    "word", ["the", "good", "getting", "asked", "didn", "pretty", "eleven", "hundred", "900", "thursday", "it", "x1"]
)
def test_a_plain_word_is_none_in_whatever_form(word: str) -> None:
    assert not is_topical(word)
