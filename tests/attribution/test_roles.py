"""Roles are learned from the document: from appositions, from titles, and from a role set beside a name."""

import pytest

from tests.attribution.story import read, speakers


@pytest.mark.parametrize(
    ("introduced", "role"),
    [
        ("Ann Ashby, curator of the museum, smiled.", "The curator"),
        ("Ann Ashby, the board’s chief engineer, smiled.", "The engineer"),
        ("Ann Ashby, a retired glazier, smiled.", "The glazier"),
        ("Ann Ashby, the quibbler, smiled.", "The quibbler"),
        ("Its chief engineer, Ann Ashby, smiled.", "The chief engineer"),
        ("The company’s chief executive, Ann Ashby, smiled.", "The chief executive"),
        ("A detective from the harbour police, Ann Ashby, smiled.", "The detective"),
        ("An astronomer who was not there, Ann Ashby, smiled.", "The astronomer"),
        ("Inspector Ann Ashby smiled.", "The inspector"),
        ("Insp Ann Ashby smiled.", "The inspector"),
    ],
)
def test_a_role_once_given_finds_its_holder(introduced: str, role: str) -> None:
    text = f"{introduced}\nTom Venn, a farmer, left.\n{role} said the bridge was “open”."
    assert speakers(text) == ["Ann Ashby"]


def test_a_role_that_two_people_hold_goes_to_the_latest() -> None:
    text = "Ann Ashby, a curator, smiled. Tom Venn, a curator, left.\nThe curator said it was “open”."
    assert speakers(text) == ["Tom Venn"]


@pytest.mark.parametrize("source", ["Its chief engineer, Ann Ashby,", "The club’s glazier, Ann Ashby,"])
def test_a_name_right_behind_a_role_is_the_speaker(source: str) -> None:
    assert speakers(f"{source} said that the bridge was “open”.") == ["Ann Ashby"]


@pytest.mark.parametrize("title", ["Inspector", "Insp", "Constable", "Harbourmaster", "Curator", "Detective Inspector"])
def test_a_title_is_no_part_of_the_name(title: str) -> None:
    assert speakers(f"{title} Ann Ashby said the bridge was “open”.") == ["Ann Ashby"]


def test_an_unknown_title_is_learned_from_the_document() -> None:
    text = "Quibbler Ann Ashby arrived. The quibbler sat down.\n“It is open,” said Quibbler Ann Ashby."
    assert speakers(text) == ["Ann Ashby"]


def test_a_job_behind_a_given_name_is_a_surname() -> None:
    assert speakers("Tom Baker smiled.\n“It is open,” said Mr Baker.") == ["Tom Baker"]


@pytest.mark.parametrize("start", ["Behind", "Outside", "Under", "Beyond", "Thanking"])
def test_a_function_word_at_the_start_is_no_part_of_the_name(start: str) -> None:
    text = f"{start} Ann Ashby the lake lay flat.\n“It is open,” Ashby said."
    assert speakers(text) == ["Ann Ashby"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor stood on the bridge.\nAnn Ashby had come by boat.\n“It is open,” the mayor said.",
        "Ann Ashby stayed at home. “It is open,” the mayor said by telephone.",
        "In the hall of North Harbour they looked up at Ann Ashby.\n“It is open,” the mayor said. Ashby sat.",
    ],
)
def test_a_role_and_a_name_set_side_by_side_are_one_person(text: str) -> None:
    assert speakers(text) == ["Ann Ashby"]


def test_a_role_does_not_take_the_name_of_one_who_speaks_beside_it() -> None:
    text = "Ann Ashby said it was “shut”.\n“It is open,” the mayor said."
    assert speakers(text) == ["Ann Ashby", "the mayor"]


@pytest.mark.parametrize(
    "source",
    [
        "a hydrologist",
        "one guide",
        "a retired dentist",
        "a museum guide",
        "the 46-year-old",
        "a crofter who lives there",
    ],
)
def test_people_without_a_name_are_found_by_their_noun_phrase(source: str) -> None:
    speaker = read(f"At that speed, said {source}, “it is open”.")[0].speaker
    assert speaker
    assert speaker.kind == "unnamed"
    assert source.startswith(speaker.name)


def test_a_pronoun_can_stand_for_somebody_without_a_name() -> None:
    text = "Tom Venn left early. A museum guide told the paper that the lock was broken.\n“It is open,” he said."
    assert speakers(text) == ["a museum guide"]


def test_whoever_hears_the_words_does_not_say_them() -> None:
    text = "Tom Venn came back today. Asked about it, he told Harbour Radio: “It is open.”"
    assert speakers(text) == ["Tom Venn"]


def test_several_together_are_a_poor_speaker() -> None:
    assert speakers("Ann Ashby said that both sides had agreed to “keep it open”.") == ["Ann Ashby"]
    alone = read("Both sides agreed to “keep it open”.")[0]
    assert alone.speaker
    assert alone.speaker.kind == "unnamed"


def test_a_continuation_of_nobody_keeps_the_reason_why_nobody_spoke() -> None:
    first, second = read("“It is open,” she said. “It is wide.”")
    assert first.speaker is second.speaker is None
    assert second.reason == first.reason


def test_the_younger_introduction_of_a_surname_is_meant() -> None:
    text = "Ann Ashby leads the branch.\nAshby’s husband, Tom Ashby, drives. “It is quiet,” Mr Ashby said."
    assert speakers(text) == ["Tom Ashby"]
