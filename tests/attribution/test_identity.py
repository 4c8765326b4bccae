"""The same person in two documents, and two people who only look like one."""

import pytest

from app.attribution import identify, keys
from app.records import KnownSpeaker, Speaker, SpeakerKind


def person(name: str, *forms: str) -> Speaker:
    return Speaker(name, "person", forms)


def known(number: int, name: str, *aliases: str, kind: SpeakerKind = "person") -> KnownSpeaker:
    return KnownSpeaker(number, name, kind, frozenset(aliases))


ZORENSKY = known(1, "Viktor Zorenskyy", "Zorenskyy", "Finnish President")
ANN, TOM = known(2, "Ann Ashby", "Ashby"), known(3, "Tom Ashby")


@pytest.mark.parametrize(
    "name",
    [
        "Viktor Zorenskyy",
        "Viktor Zorensky",
        "Viktor Zorenskiy",
        "Víktor Zorenskij",
        "V. Zorensky",
        "Mr. Zorensky",
        "Zorensky",
        "Viktor van Zorensky",
    ],
)
def test_spellings_of_one_name_are_joined(name: str) -> None:
    assert identify(person(name), [ZORENSKY, ANN, TOM]).id == 1
    assert keys(person(name)) & keys(person(ZORENSKY.name, *ZORENSKY.aliases))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dmytro Havrylenko", "Dmitri Havrilenko"),
        ("Volodymyr Marek", "Vladimir Marek"),
        ("Ida Lindenroth", "Ida Lindenrot"),
        ("Ida Lindenroth", "I. Lindenroth"),
        ("Ida Castleford", "Ida Castelford"),
    ],
)
def test_transliterations_and_misspellings_of_a_full_name_are_joined(one: str, other: str) -> None:
    assert identify(person(other), [known(7, one), ANN]).id == 7
    assert keys(person(one)) & keys(person(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Marek", "Vladimir Tarek"),
        ("Martin Ashby", "Martina Ashby"),
        ("Christian Ashby", "Christine Ashby"),
        ("Castleford", "Ida Castelford"),
    ],
)
def test_what_tells_two_people_apart_keeps_them_apart(one: str, other: str) -> None:
    assert identify(person(other), [known(7, one)]).id is None


def test_two_given_names_stay_two_people() -> None:
    assert identify(person("Ida Ashby"), [ANN, TOM]).id is None


def test_an_initial_picks_the_given_name_that_it_fits() -> None:
    assert identify(person("A. Ashby"), [ANN, TOM]).id == 2


def test_a_bare_surname_joins_only_one_person() -> None:
    assert identify(person("Ashby"), [ANN]).id == 2
    two = identify(person("Ashby"), [ANN, TOM])
    assert two.id is None
    assert two.evidence == "2 known speakers fit: Ann Ashby, Tom Ashby."


def test_a_given_name_alone_joins_where_one_person_has_it() -> None:
    assert identify(person("Viktor"), [ZORENSKY, ANN]).id == 1


def test_a_role_with_its_nation_is_its_only_holder() -> None:
    role = person("Finnish president", "Finnish president")
    assert identify(role, [ZORENSKY, ANN]).id == 1
    assert keys(role) & keys(person(ZORENSKY.name, *ZORENSKY.aliases))
    assert identify(role, [ZORENSKY, known(4, "Olha Marek", "president of Finland")]).id is None


def test_a_role_of_another_nation_is_somebody_else() -> None:
    assert identify(person("Norwegian president"), [ZORENSKY]).id is None


def test_bodies_join_by_normal_form_and_by_an_acronym_that_a_document_explained() -> None:
    agency = known(5, "Norland Fisheries Agency", "NFA", kind="body")
    assert identify(Speaker("the Norland Fisheries Agency", "body"), [agency]).id == 5
    assert identify(Speaker("NFA", "body"), [agency]).id == 5
    assert identify(Speaker("NFB", "body"), [agency]).id is None


def test_a_body_is_never_a_person() -> None:
    assert identify(Speaker("Ann Ashby", "body"), [ANN]).id is None


def test_unnamed_sources_are_never_joined() -> None:
    official = Speaker("a senior official", "unnamed", ("a senior official",))
    twin = known(6, "a senior official", kind="unnamed")
    assert keys(official) == frozenset()
    assert identify(official, [twin]).id is None


def test_the_order_of_known_speakers_does_not_matter() -> None:
    everyone = [ZORENSKY, ANN, TOM]
    for name in ("Zorensky", "Ashby", "A. Ashby"):
        assert identify(person(name), everyone) == identify(person(name), everyone[::-1])
