"""Speakers across documents: joined with evidence, kept apart without, the same in every order of the documents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import permutations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.attribution import identify, keys
from app.records import Speaker
from app.store.engine import writing
from app.store.read_speakers import read_aliases, read_successor
from app.store.speakers import Named, Speakers
from app.store.tables import AliasRow, DocumentRow, NamingRow, QuotationRow, SpeakerRow


def person(name: str, *forms: str) -> Speaker:
    return Speaker(name, "person", (name, *forms))


def body(name: str, *forms: str) -> Speaker:
    return Speaker(name, "body", (name, *forms))


def take_in(engine: Engine, name: str, *speakers: Speaker, day: datetime | None = None) -> dict[Speaker, int]:
    """Store a document whose speakers say one thing each; the row ids of the speakers, by what it calls them."""
    with writing(engine) as session:
        document = _document(name, day)
        session.add(document)
        session.flush()
        named = Named(document.id, document.sha256, document.published_at, document.published_precision)
        namings = Speakers(session, keys, identify).resolve(named, speakers)
        session.add_all(_quotation(document, naming) for naming in namings.values())
        return {speaker: naming.speaker_id for speaker, naming in namings.items()}


def _document(name: str, day: datetime | None) -> DocumentRow:
    digest = sha256(name.encode()).hexdigest()
    values = {"public_id": digest[:12], "sha256": digest, "name": name, "media": "text", "text": name}
    precision = "day" if day else None
    return DocumentRow(**values, ingested_at=datetime(2031, 3, 14), published_at=day, published_precision=precision)


def _quotation(document: DocumentRow, naming: NamingRow) -> QuotationRow:
    place = naming.number * 10
    values = {"start": place, "end": place + 5, "outer_start": place, "outer_end": place + 5}
    return QuotationRow(
        **values,
        public_id=f"{document.public_id[:8]}{naming.number:04}",
        document_id=document.id,
        context_start=place,
        context_end=place + 5,
        kind="direct",
        attribution=naming.number,
        speaker_id=naming.speaker_id,
        naming=naming.number,
        reason="Said so.",
    )


def parted(engine: Engine) -> set[frozenset[str]]:
    """The speakers as sets of "document: name", as the quotations have them."""
    found: dict[int, set[str]] = {}
    query = (
        select(QuotationRow.speaker_id, DocumentRow.name, NamingRow.name, NamingRow.speaker_id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .join(
            NamingRow,
            (NamingRow.document_id == QuotationRow.document_id) & (NamingRow.number == QuotationRow.naming),
        )
    )
    with Session(engine) as session:
        for speaker, document, name, of_naming in session.execute(query):
            assert speaker == of_naming
            found.setdefault(speaker, set()).add(f"{document}: {name}")
    return {frozenset(names) for names in found.values()}


def test_a_joined_speaker_keeps_each_alias_with_evidence_and_first_document(engine: Engine) -> None:
    take_in(engine, "a", person("Ann Ashby", "harbour minister"))
    take_in(engine, "b", person("Ashby", "Mrs. Ashby"))
    take_in(engine, "c", person("Ashby"))
    with Session(engine) as session:
        public = session.scalars(select(SpeakerRow.public_id)).one()
        titles = {alias.alias: alias.document and alias.document.title for alias in _aliases(session, public)}
        evidence = {alias.alias: alias.evidence for alias in _aliases(session, public)}
    assert titles == {"Ann Ashby": "a", "Ashby": "b", "Mrs. Ashby": "b", "harbour minister": "a"}
    assert evidence == {
        "Ann Ashby": "The first document taken in that names “Ann Ashby”.",
        "Ashby": "“Ashby” fits one known name: Ann Ashby.",
        "Mrs. Ashby": "Stands for “Ashby” in the same document.",
        "harbour minister": "Stands for “Ann Ashby” in the same document.",
    }


def _aliases(session: Session, public: str) -> Sequence:
    return read_aliases(session.connection(), public, 10)


def test_names_come_before_roles_among_the_aliases(engine: Engine) -> None:
    take_in(engine, "a", person("Ann Ashby", "editor", "Ashby", "chairwoman"))
    with Session(engine) as session:
        public = session.scalars(select(SpeakerRow.public_id)).one()
        assert [alias.alias for alias in _aliases(session, public)] == ["Ann Ashby", "Ashby", "chairwoman", "editor"]


@pytest.mark.parametrize("order", list(permutations(["Ashby", "Ann Ashby", "Ann B. Ashby", "ANN ASHBY"])))
def test_the_fullest_name_is_shown_whatever_came_first(engine: Engine, order: Iterable[str]) -> None:
    for name in order:
        take_in(engine, name, person(name))
    with Session(engine) as session:
        shown = session.scalars(select(SpeakerRow.name).where(SpeakerRow.successor_id.is_(None))).all()
    assert shown == ["Ann B. Ashby"]


def test_an_unnamed_source_is_another_one_in_every_document(engine: Engine) -> None:
    official = Speaker("a harbour official", "unnamed")
    here = take_in(engine, "a", official)
    there = take_in(engine, "b", official)
    assert here[official] != there[official]


def test_two_people_whom_one_document_tells_apart_stay_two(engine: Engine) -> None:
    both = take_in(engine, "a", person("Owen T. Ashby Jr."), person("Owen Ashby"), person("Ashby"))
    assert len(set(both.values())) == 3


def test_one_name_of_one_document_is_one_speaker(engine: Engine) -> None:
    both = take_in(engine, "a", person("Owen Ashby"), person("Owen Ashby", "baker"))
    assert len(set(both.values())) == 1
    assert parted(engine) == {frozenset({"a: Owen Ashby"})}


def test_a_slip_of_one_document_does_not_hide_the_holder_of_an_office(engine: Engine) -> None:
    for document, name in (("a", "Ann Ashby"), ("b", "Derelict Ashby"), ("c", "Ann Ashby")):
        take_in(engine, document, person(name, "minister"))
    take_in(engine, "d", person("Ashby", "minister"))
    take_in(engine, "e", person("Ashby"))
    assert frozenset({"a: Ann Ashby", "c: Ann Ashby", "d: Ashby"}) in parted(engine)
    assert frozenset({"e: Ashby"}) in parted(engine)


def test_a_bare_name_moves_with_its_quotations_once_a_namesake_is_known(engine: Engine) -> None:
    take_in(engine, "a", person("Ann Ashby"))
    take_in(engine, "b", person("Ashby", "Mrs. Ashby"))
    assert parted(engine) == {frozenset({"a: Ann Ashby", "b: Ashby"})}
    take_in(engine, "c", person("Tom Ashby"))
    assert parted(engine) == {frozenset({"a: Ann Ashby"}), frozenset({"b: Ashby"}), frozenset({"c: Tom Ashby"})}
    with Session(engine) as session:
        naming = session.scalars(select(NamingRow).where(NamingRow.name == "Ashby")).one()
        assert naming.evidence == "2 known speakers fit: Ann Ashby, Tom Ashby."
        ann = session.scalars(select(SpeakerRow).where(SpeakerRow.name == "Ann Ashby")).one()
        assert session.scalars(select(AliasRow.alias).where(AliasRow.speaker_id == ann.id)).all() == ["Ann Ashby"]


def test_a_speaker_that_turns_out_to_be_another_leads_there(engine: Engine) -> None:
    bare, full = person("Ashby"), person("Ann Ashby")
    old = take_in(engine, "a", bare)[bare]
    new = take_in(engine, "b", full)[full]
    assert parted(engine) == {frozenset({"a: Ashby", "b: Ann Ashby"})}
    with Session(engine) as session:
        gone, heir = session.get_one(SpeakerRow, old), session.get_one(SpeakerRow, new)
        assert gone.successor_id == new
        assert read_successor(session.connection(), gone.public_id) == heir.public_id
        assert read_successor(session.connection(), heir.public_id) is None


def test_an_id_lives_again_when_its_name_is_needed_again(engine: Engine) -> None:
    bare = person("Ashby")
    old = take_in(engine, "a", bare)[bare]
    take_in(engine, "b", person("Ann Ashby"))
    take_in(engine, "c", person("Tom Ashby"))
    assert take_in(engine, "d", bare)[bare] == old
    with Session(engine) as session:
        assert session.get_one(SpeakerRow, old).successor_id is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("year", "together"), [(2031, True), (2030, True), (2024, False)])
def test_a_bare_surname_needs_the_full_name_in_a_document_of_about_that_time(
    engine: Engine, order: tuple[int, int], year: int, together: bool
) -> None:
    documents = [("a", person("Ann Ashby"), datetime(2031, 3, 14)), ("b", person("Ashby"), datetime(year, 9, 1))]
    for number in order:
        name, speaker, day = documents[number]
        take_in(engine, name, speaker, day=day)
    assert len(parted(engine)) == (1 if together else 2)


def test_a_full_name_of_the_right_time_brings_the_bare_one_home(engine: Engine) -> None:
    take_in(engine, "a", person("Ann Ashby"), day=datetime(2020, 1, 1))
    take_in(engine, "b", person("Ashby"), day=datetime(2031, 1, 1))
    assert len(parted(engine)) == 2
    take_in(engine, "c", person("Ann Ashby"), day=datetime(2031, 2, 1))
    assert len(parted(engine)) == 1


STORIES: dict[str, Mapping[str, Sequence[Speaker]]] = {
    "two of one surname": {
        "a": [person("Ann Ashby", "harbour minister")],
        "b": [person("Tom Ashby", "Mr. Ashby", "judge")],
        "c": [person("Ashby")],
        "d": [person("Ashby", "minister")],
        "e": [person("T. Ashby")],
    },
    "one person in many ways": {
        "a": [person("Marten Velloway", "Finnish prime minister")],
        "b": [person("Marten", "Sir Marten"), body("Downing Street")],
        "c": [person("Velloway", "Mr. Velloway")],
        "d": [person("Finnish prime minister")],
        "e": [person("M. J. Velloway"), body("No. 10")],
    },
    "a role that only a bare name brings": {
        "a": [person("Velloway", "Finnish prime minister")],
        "b": [person("Finnish prime minister")],
        "c": [person("Marten Velloway")],
        "d": [person("Velloway")],
    },
    "transliterations": {
        "a": [person("Zorenskyy")],
        "b": [person("Zorensky")],
        "c": [person("Volodar Zorenskiy")],
        "d": [person("V. Zorensky")],
    },
    "two of one surname in many spellings": {
        "a": [person("Viktor Zorenskyy")],
        "b": [person("Viktor Zorensky")],
        "c": [person("Zorenskiy", "President")],
        "d": [person("Volodar Zorenskiy")],
        "e": [person("V. Zorensky")],
    },
    "bodies": {
        "a": [body("Norland Fisheries Agency", "NFA")],
        "b": [body("NFA")],
        "c": [body("Northern Football Association", "NFA")],
        "d": [body("the Norland Fisheries Agency"), body("Board")],
        "e": [body("Board")],
    },
    "a document that tells two apart": {
        "a": [person("Ann Ashby", "Mrs. Ashby"), person("Ashby")],
        "b": [person("Ashby")],
        "c": [person("Ann Ashby")],
    },
}
EXPECTED: dict[str, set[frozenset[str]]] = {
    "two of one surname": {
        frozenset({"a: Ann Ashby", "d: Ashby"}),
        frozenset({"b: Tom Ashby", "e: T. Ashby"}),
        frozenset({"c: Ashby"}),
    },
    "one person in many ways": {
        frozenset({"a: Marten Velloway", "b: Marten", "c: Velloway", "d: Finnish prime minister", "e: M. J. Velloway"}),
        frozenset({"b: Downing Street"}),
        frozenset({"e: No. 10"}),
    },
    "a role that only a bare name brings": {
        frozenset({"a: Velloway", "b: Finnish prime minister", "c: Marten Velloway", "d: Velloway"}),
    },
    "transliterations": {
        frozenset({"a: Zorenskyy", "b: Zorensky", "c: Volodar Zorenskiy", "d: V. Zorensky"}),
    },
    "two of one surname in many spellings": {
        frozenset({"a: Viktor Zorenskyy", "b: Viktor Zorensky"}),
        frozenset({"c: Zorenskiy"}),
        frozenset({"d: Volodar Zorenskiy"}),
        frozenset({"e: V. Zorensky"}),
    },
    "bodies": {
        frozenset({"a: Norland Fisheries Agency", "d: the Norland Fisheries Agency"}),
        frozenset({"b: NFA"}),
        frozenset({"c: Northern Football Association"}),
        frozenset({"d: Board"}),
        frozenset({"e: Board"}),
    },
    "a document that tells two apart": {
        frozenset({"a: Ann Ashby", "b: Ashby", "c: Ann Ashby"}),
        frozenset({"a: Ashby"}),
    },
}


@pytest.mark.once
@pytest.mark.parametrize("story", STORIES)
def test_documents_give_the_same_speakers_in_every_order(engine: Engine, story: str) -> None:
    documents = STORIES[story]
    for number, order in enumerate(permutations(documents)):
        _forget_everything(engine)
        for name in order:
            take_in(engine, name, *documents[name])
        assert parted(engine) == EXPECTED[story], f"order {number}: {' '.join(order)}"


def _forget_everything(engine: Engine) -> None:
    with writing(engine) as session:
        for table in reversed(SpeakerRow.metadata.sorted_tables):
            session.execute(table.delete())
