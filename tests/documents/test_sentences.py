import pytest

from app.documents.sentences import sentences
from app.records import Span


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Roe met Gen. Adams, Dr. Noor and Sen. Holt (D-Ill.) in St. Clare.",
        "The U.S. Senate and the U.N. envoy met at 9 a.m. Monday.",
        "Ruth F. Marlow and J. K. Marsh wrote it on Jan. 5.",
        "Holt Inc. and Roe Corp. merged for $3.5 million, according to No. 7 on the list.",
        "He said … nothing at all, e.g. no names.",
        "“Why now?” she asked.",
        "“Never!” Mayor Holt said.",
        "The site example.com and version 2.0 are up.",
        "Lt. Gov. Ann Lee spoke, i.e. read a statement.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left.", "She stayed."],
        ["“We will go.", "We will win.”", "He sat down."],
        ["“We will go,” he said.", "“And we will win.”"],
        ["Is it over?", "Nobody knows!", "Wait."],
        ["It began at 9 a.m.", "The crowd was small."],
        ["They live in the U.S.", "They like it."],
        ["She works for Holt Inc.", "He does not."],
        ["I thought so...", "Then I left."],
        ['"It is done." ', '"Is it?"'],
        ["He called it “a shame.”", "Others agreed."],
        ["“Go (now).”", "(He did.)", "That was all."],
        ["It ended in 2019.", "7 people stayed."],
        ["Il dit « non ! »", "Elle part."],
        ["The answer was no.", "Nobody spoke."],
        ["We saw the sun.", "Maria slept."],
    ],
)
def test_several_sentences_are_split_with_their_closing_marks(parts: list[str]) -> None:
    assert split(" ".join(part.strip() for part in parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize(
    "parts",
    [
        ["“It is over.”", "The mayor left."],
        ["It is over.", "“We lost,” he said."],
        ["He spoke of peace.", "The war went on."],
    ],
)
def test_a_missing_space_after_a_sentence_hides_nothing(parts: list[str]) -> None:
    assert split("".join(parts)) == parts


def test_an_ellipsis_that_opens_a_sentence_belongs_to_it() -> None:
    assert split("“… We have no choice.”") == ["“… We have no choice.”"]


def test_only_the_given_span_is_split() -> None:
    text = "One. Two. Three."
    assert sentences(text, Span(5, 9)) == (Span(5, 9),)
