"""The same person in two documents, and two people who only look like one."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from app.attribution import identify, keys
from app.attribution.names import fold
from app.records import KnownSpeaker, Speaker, SpeakerKind


def person(name: str, *forms: str) -> Speaker:
    return Speaker(name, "person", (name, *forms))


def body(name: str, *forms: str) -> Speaker:
    return Speaker(name, "body", (name, *forms))


def known(number: int, name: str, *aliases: str, kind: SpeakerKind = "person") -> KnownSpeaker:
    held = frozenset({name, *aliases})
    return KnownSpeaker(number, name, kind, held, keys(Speaker(name, kind)).fullness)


def may_be_one(one: Speaker, other: Speaker) -> bool:
    """Whether one of the two is found by the keys of the other, whichever came first."""
    return bool(keys(one).own & keys(other).sought) or bool(keys(other).own & keys(one).sought)


def joined(name: str, *knowns: KnownSpeaker) -> int | None:
    return identify(person(name), knowns).id


ZORENSKY = known(1, "Viktor Zorenskyy", "Zorenskyy", "Finnish President")
ANN = known(2, "Ann Ashby", "Ashby", "Mrs. Ashby", "harbour minister")
TOM = known(3, "Tom Ashby", "Mr. Ashby", "judge")
VELLOWAY = known(4, "Marten Velloway", "Sir Marten", "Mr. Velloway", "Finnish prime minister")


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
        "Zorenskyy, Viktor",
        "Viktor van Zorensky",
    ],
)
def test_spellings_of_one_name_are_joined(name: str) -> None:
    assert joined(name, ZORENSKY, ANN, TOM) == 1
    assert may_be_one(person(name), person("Viktor Zorenskyy"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dmytro Havrylenko", "Dmitri Havrilenko"),
        ("Volodymyr Marek", "Vladimir Marek"),
        ("Ida Lindenroth", "Ida Lindenrot"),
        ("Ida Castleford", "Ida Castelford"),
    ],
)
def test_transliterations_and_misspellings_of_a_full_name_are_joined(one: str, other: str) -> None:
    assert joined(other, known(7, one), ANN) == 7
    assert may_be_one(person(one), person(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("William Ashby", "Bill Ashby"),
        ("Robert Quill", "Bob Quill"),
        ("Marten J. Velloway", "Marten Velloway"),
        ("Marten J. Velloway", "Marten Jacob Velloway"),
        ("M. J. Velloway", "Marten Velloway"),
        ("M.J. Velloway", "M. J. Velloway"),
        ("Owen T. Ashby Jr.", "Owen Ashby"),
        ("Owen Ashby III", "Owen Ashby"),
        ("Jan van der Berg", "Jan Berg"),
        ("Omar al-Rashid", "Omar Rashid"),
        ("Maria de la Cruz", "Maria Cruz"),
        ("Ildefonso Marsh Villarreal", "Marsh Villarreal"),
        ("Dame Ida Quill", "Ida Quill"),
    ],
)
def test_a_form_of_a_full_name_is_that_name_whichever_comes_first(one: str, other: str) -> None:
    fuller, looser = sorted((person(one), person(other)), key=lambda who: -keys(who).fullness)
    assert joined(looser.name, known(7, fuller.name), ANN) == 7
    assert may_be_one(fuller, looser)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Marek", "Vladimir Tarek"),
        ("Martin Ashby", "Martina Ashby"),
        ("Christian Ashby", "Christine Ashby"),
        ("Ida Castelford", "Castleford"),
        ("Owen W. Ashby", "Owen H. Ashby"),
        ("Owen Ashby", "Owen Ashby Jr."),
        ("Owen Ashby II", "Owen Ashby III"),
        ("Ida McFarl", "Ida McCarl"),
        ("Ida Robertsen", "Ida Robertsenson"),
        ("Ben Ashby", "Tom Ashby"),
    ],
)
def test_what_tells_two_people_apart_keeps_them_apart(one: str, other: str) -> None:
    assert joined(other, known(7, one)) is None


def test_two_given_names_stay_two_people() -> None:
    assert joined("Ida Ashby", ANN, TOM) is None


def test_an_initial_picks_the_given_name_that_it_fits() -> None:
    assert joined("A. Ashby", ANN, TOM) == 2
    assert joined("T. Ashby", ANN, TOM) == 3
    assert joined("T. Ashby", TOM, known(8, "Theo Ashby")) is None


def test_a_bare_surname_joins_only_one_person() -> None:
    assert joined("Ashby", known(2, "Ann Ashby")) == 2
    two = identify(person("Ashby"), [ANN, TOM])
    assert two.id is None
    assert two.evidence == "2 known speakers fit: Ann Ashby, Tom Ashby."


def test_of_two_namesakes_a_title_or_a_shared_office_picks_one() -> None:
    assert identify(person("Ashby", "Mrs. Ashby"), [ANN, TOM]).id == 2
    minister = identify(person("Ashby", "minister"), [ANN, TOM])
    assert minister.id == 2
    assert minister.evidence == "“Ashby” is the surname, and “minister” a role, of Ann Ashby alone."
    assert identify(person("Ashby", "baker"), [ANN, TOM]).id is None


def test_a_bare_surname_with_another_office_is_not_the_famous_namesake() -> None:
    other = identify(person("Ashby", "professor"), [ANN])
    assert other.id is None
    assert other.evidence == "“Ashby” fits Ann Ashby, but their offices differ."
    assert identify(person("Ashby", "rival"), [ANN]).id == 2, "a rival is no office"


def test_a_bare_surname_is_nobody_whom_other_times_named() -> None:
    long_ago = keys(person("Ann Ashby"), datetime(2010, 5, 1)).own
    ann = KnownSpeaker(2, "Ann Ashby", "person", frozenset({"Ann Ashby"}), keys=long_ago)
    bare = person("Ashby")
    then, now = datetime(2010, 11, 1), datetime(2031, 5, 1)
    assert identify(bare, [ann], kept=keys(bare, then).own).id == 2
    assert identify(bare, [ann], kept=keys(bare, None).own).id == 2
    late = identify(bare, [ann], kept=keys(bare, now).own)
    assert late.id is None
    assert late.evidence == "“Ashby” fits Ann Ashby, but no document of about that time has the full name."
    assert identify(person("Ann Ashby"), [ann], kept=keys(person("Ann Ashby"), now).own).id == 2


def test_a_title_of_the_other_gender_is_somebody_else() -> None:
    assert identify(person("Ashby", "Mr. Ashby"), [ANN]).id is None


def test_a_given_name_alone_tells_too_little_without_title_or_office() -> None:
    assert joined("Viktor", ZORENSKY, ANN) is None
    assert identify(person("Marten", "Sir Marten"), [VELLOWAY, ANN]).id == 4
    assert identify(person("Viktor", "president"), [ZORENSKY, ANN]).id == 1


def test_the_family_name_may_stand_first() -> None:
    assert identify(person("Sorn", "Mrs. Sorn"), [known(5, "Sorn Da-bin"), ANN]).id == 5


def test_a_surname_that_is_the_given_name_of_more_people_tells_too_little() -> None:
    david, others = (
        known(5, "Larry David"),
        [known(number, f"David {name}") for number, name in ((6, "Quill"), (7, "Orr"))],
    )
    assert joined("David", david) == 5
    assert joined("David", david, others[0]) == 5
    assert joined("David", david, *others) is None
    assert identify(person("David", "Mr. David"), [david]).id == 5


def test_a_given_name_is_not_the_spelling_of_a_surname() -> None:
    assert joined("Michelle", known(5, "Ida Mitchell"), known(6, "Michelle Quill")) is None


def test_a_document_that_tells_two_apart_keeps_them_apart() -> None:
    answer = identify(person("Ashby"), [ANN], apart=[2])
    assert answer.id is None
    assert answer.evidence == "The document keeps “Ashby” and Ann Ashby apart."


def test_a_role_with_its_nation_is_its_only_holder() -> None:
    role = person("Finnish prime minister")
    assert identify(role, [VELLOWAY, ZORENSKY, ANN]).id == 4
    assert may_be_one(role, person(VELLOWAY.name, *VELLOWAY.aliases))
    assert identify(role, [VELLOWAY, known(8, "Olha Marek", "prime minister of Finland")]).id is None


def test_a_role_of_another_nation_is_somebody_else() -> None:
    assert joined("Norwegian president", ZORENSKY) is None


def test_bodies_join_by_normal_form_and_by_an_acronym_that_a_document_explained() -> None:
    agency = known(5, "Norland Fisheries Agency", "NFA", kind="body")
    assert identify(body("the Norland Fisheries Agency"), [agency]).id == 5
    assert identify(body("NFA"), [agency]).id == 5
    assert identify(body("NFB"), [agency]).id is None
    assert may_be_one(body("NFA"), body("Norland Fisheries Agency", "NFA"))


def test_two_bodies_of_one_acronym_stay_two() -> None:
    agency = known(5, "Norland Fisheries Agency", "NFA", kind="body")
    football = known(6, "Northern Football Association", "NFA", kind="body")
    assert identify(body("Northern Football Association", "NFA"), [agency]).id is None
    assert identify(body("NFA"), [agency, football]).id is None


def test_a_word_for_bodies_is_the_name_of_none() -> None:
    board = body("Board")
    assert not keys(board).own
    answer = identify(board, [known(5, "Board", kind="body")])
    assert answer.id is None
    assert answer.evidence == "Many bodies are called “Board”: it stands for one in this document."


@pytest.mark.parametrize("house", ["No. 10", "Downing Street", "White House", "Kremlin", "Ann Ashby"])
def test_a_body_is_never_a_person(house: str) -> None:
    holder = known(5, "Ann Ashby", house, "Finnish prime minister")
    assert identify(body(house), [holder]).id is None
    assert identify(person("Ann Ashby"), [known(6, house, kind="body")]).id is None


def test_unnamed_sources_are_never_joined() -> None:
    official = Speaker("a White House official", "unnamed", ("a White House official",))
    twin = known(6, "a White House official", kind="unnamed")
    assert not keys(official).own
    assert identify(official, [twin]).id is None


@pytest.mark.parametrize("name", ["Zorensky", "Ashby", "A. Ashby", "Ann Ashby", "Sir Marten", "Finnish prime minister"])
def test_the_order_of_known_speakers_does_not_matter(name: str) -> None:
    everyone: Sequence[KnownSpeaker] = [ZORENSKY, ANN, TOM, VELLOWAY]
    assert identify(person(name), everyone) == identify(person(name), everyone[::-1])


def test_what_can_not_be_seen_makes_no_other_name() -> None:
    assert fold("Ann Ash\u200bby") == fold("\u202eAnn\u2060 Ash\u00adby\ufeff") == fold("Ann Ashby")
