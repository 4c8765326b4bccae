"""What counts as a name, and which form of it is shown."""

import pytest

from tests.attribution.story import read, speakers


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Mr. Ashby", "Ashby"),
        ("Sir Owen Ashby", "Owen Ashby"),
        ("British Prime Minister Ann Ashby", "Ann Ashby"),
        ("Secretary of State Ann Ashby", "Ann Ashby"),
        ("Norland Gov. Ann Ashby", "Ann Ashby"),
        ("campaign manager Ann Ashby", "Ann Ashby"),
        ("Marta van der Berg", "Marta van der Berg"),
        ("Hassan al-Tariq", "Hassan al-Tariq"),
        ("George W. Ashby", "George W. Ashby"),
        ("Ann O’Neill-Ashby", "Ann O’Neill-Ashby"),
    ],
)
def test_a_person_is_named_without_titles(source: str, name: str) -> None:
    speaker = read(f"On Monday {source} said the bridge was “open”.")[0].speaker
    assert speaker
    assert (speaker.name, speaker.kind) == (name, "person")


@pytest.mark.parametrize(
    "body",
    ["Ministry of Defence", "Germany", "NATO", "White House", "Harbour Holdings", "Trade and Fisheries Commission"],
)
def test_bodies_speak_too(body: str) -> None:
    speaker = read(f"On Monday the {body} said the bridge was “open”.")[0].speaker
    assert speaker
    assert (speaker.name, speaker.kind) == (body, "body")


@pytest.mark.parametrize("source", ["a senior official", "two officials", "one resident", "a spokesman for the port"])
def test_unnamed_sources_stay_unnamed(source: str) -> None:
    speaker = read(f"“The bridge is open,” {source} said.")[0].speaker
    assert speaker
    assert (speaker.name, speaker.kind) == (source, "unnamed")


@pytest.mark.parametrize("start", ["Meanwhile", "Both", "Friday", "Later", "In Oslo", "However"])
def test_a_capital_at_the_start_of_a_sentence_is_no_name(start: str) -> None:
    assert speakers(f"{start}, Ann Ashby said the bridge was “open”.") == ["Ann Ashby"]


def test_a_dateline_does_not_speak() -> None:
    assert speakers("OSLO, Dec. 8 (NPA) — The bridge is “open,” said Ann Ashby.") == ["Ann Ashby"]


def test_forms_hold_every_name_and_role_of_the_document() -> None:
    text = "British Prime Minister Ann Ashby spoke on Monday.\n“It is open,” Ashby said."
    speaker = read(text)[0].speaker
    assert speaker
    assert set(speaker.forms) == {"Ann Ashby", "Ashby", "British Prime Minister"}


def test_an_apposition_after_the_name_is_a_form() -> None:
    speaker = read("“It is open,” said Ann Ashby, the harbour minister of Norland.")[0].speaker
    assert speaker
    assert "harbour minister of Norland" in speaker.forms
