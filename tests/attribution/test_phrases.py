"""What people and bodies without a name are called."""

import pytest

from app.attribution.phrases import called
from tests.attribution.story import speakers


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A museum guide, who did", "a museum guide"),
        ("many farmers who", "many farmers"),
        ("The film, which", "the film"),
        ("a hydrologist who asked not to be named", "a hydrologist"),
        ("Older voters, in", "Older voters"),
        ("The authors of the", "the authors"),
        ("The council", "the council"),
        ("Those", "Those"),
        ("The WHO", "the WHO"),
        ("an official at the WHO", "an official at the WHO"),
        ("a Doctor Who fan", "a Doctor Who fan"),
    ],
)
def test_a_name_ends_in_no_relative_clause_nor_in_mid_phrase(words: str, name: str) -> None:
    assert called(words) == name


@pytest.mark.parametrize(
    "words", ["who", "Which", "Many of whom", "People who", "nobody on the isle", "no one", "none of his"]
)
def test_words_for_nobody_in_particular_are_no_name(words: str) -> None:
    assert called(words) == ""


def test_a_relative_pronoun_stands_for_the_people_described_before_it() -> None:
    text = "It was two brothers with a trailer, who said that they wanted “glass for a greenhouse”."
    assert speakers(text) == ["two brothers with a trailer"]


def test_a_council_is_not_the_place_named_before_it() -> None:
    text = "The boat left Port Norton at night. The guide wrote to Gull Head.\n“It is open,” the council said."
    assert speakers(text) == ["the council"]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("The Norland Farmers Union met on Monday.", "the union"),
        ("Marlow Freight Inc. says that the road is shut.", "the company"),
    ],
)
def test_a_body_is_known_again_by_what_it_is(known: str, words: str) -> None:
    name = speakers(f"{known}\n“It is open,” {words} said.")[0]
    assert name
    assert name in known


def test_a_place_that_only_describes_people_does_not_speak_for_them() -> None:
    text = "Police along the Marlow coast said the ramp was “shut”."
    assert speakers(text) == ["Police along the Marlow coast"]


def test_somebodys_mother_is_not_whoever_was_named_before() -> None:
    text = "Ann Ashby laughs about it.\n“It is open,” said their mother."
    assert speakers(text) == ["their mother"]


def test_somebodys_mother_is_not_a_word_with_a_capital_further_on() -> None:
    text = "Their mother was there. The band will play a Keeper’s Waltz.\n“It is open,” said their mother."
    assert speakers(text) == ["their mother"]
