"""Names that capitals spoil, and capitals that name nobody."""

import pytest

from app.attribution.trimming import trimmed
from tests.attribution.story import read


def named(text: str) -> list[tuple[str, str]]:
    """Name and kind of each speaker, in order."""
    return [(q.speaker.name, q.speaker.kind) for q in read(text) if q.speaker]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("Ada Orlova Wants", "Ada Orlova"),
        ("Ada Orlova Used", "Ada Orlova"),
        ("Ada Orlova Got Real", "Ada Orlova"),
        ("Senators Ada Orlova", "Ada Orlova"),
        ("Reacting Ada Orlova", "Ada Orlova"),
        ("Norland-based Ada Orlova", "Ada Orlova"),
        ("Co-moderator Ada Orlova", "Ada Orlova"),
        ("Interestingly Ada Orlova", "Ada Orlova"),
        ("Former Orlova", "Orlova"),
        ("EXCLUSIVE Ada Orlova", "Ada Orlova"),
        ("Ada Orlova VIDEO", "Ada Orlova"),
    ],
)
def test_words_of_a_headline_do_not_stick_to_a_name(capitals: str, name: str) -> None:
    assert trimmed(capitals) == name


@pytest.mark.parametrize(
    "name",
    ["Ada Orlova", "ADA ORLOVA", "Irving Banks", "Kimberly Waters", "Ada Orlova III", "JD Marsh", "Standing Ashby", ""],
)
def test_a_name_that_looks_like_a_word_stays_whole(name: str) -> None:
    assert trimmed(name) == name


def test_the_clean_name_is_shown_where_the_document_has_it() -> None:
    text = (
        "“It is open,” said Universe Ada Orlova.\n"
        "Ada Orlova came to the harbour on Monday. “It is wide,” Orlova said.\n"
        "“It is deep,” Ada Orlova said."
    )
    assert set(named(text)) == {("Ada Orlova", "person")}


def test_a_byline_is_not_a_longer_name() -> None:
    text = "By Ada Orlova Harbour\nAda Orlova came on Monday. “It is wide,” Orlova said. “It is deep,” Ada Orlova said."
    assert set(named(text)) == {("Ada Orlova", "person")}


def test_a_longer_name_that_is_used_by_itself_stays() -> None:
    text = "Mary Ann Ashby came to the harbour. “It is wide,” Ashby said."
    assert named(text) == [("Mary Ann Ashby", "person")]


def test_father_and_son_of_one_document_are_two() -> None:
    text = "“It is wide,” said Owen Ashby.\n“It is deep,” said Owen Ashby Jr."
    assert [name for name, _ in named(text)] == ["Owen Ashby", "Owen Ashby Jr."]


@pytest.mark.parametrize("crowd", ["Critics", "Residents", "Norwegians", "Muslims", "African-Americans", "Authorities"])
def test_a_crowd_with_a_capital_is_an_unnamed_source(crowd: str) -> None:
    assert named(f"The harbour is old.\nOn Monday, {crowd} said it was “open”.") == [(crowd, "unnamed")]


@pytest.mark.parametrize("name", ["Commission", "Ohio", "Quill Energy", "Marsh Research"])
def test_bodies_and_places_are_no_persons(name: str) -> None:
    assert named(f"The harbour is old.\nOn Monday, {name} said it was “open”.") == [(name, "body")]


def test_a_title_makes_a_person_of_any_word() -> None:
    assert named("The harbour is old.\nOn Monday, Mr. Ohio said it was “open”.") == [("Ohio", "person")]


def test_titles_are_forms_too() -> None:
    speaker = read("Sir Marten Velloway spoke on Monday.\n“It is open,” Mr. Velloway said.")[0].speaker
    assert speaker
    assert {"Sir Marten Velloway", "Mr. Velloway"} <= set(speaker.forms)
