"""Speakers across documents: joined with evidence, kept apart without."""

from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.records import Identity, KnownSpeaker, Speaker
from app.store.engine import writing
from app.store.speakers import Speakers
from app.store.tables import AliasRow, SpeakerRow


def surname(speaker: Speaker) -> frozenset[str]:
    return frozenset() if speaker.kind == "unnamed" else frozenset({speaker.name.split()[-1].lower()})


def by_surname(speaker: Speaker, known: Sequence[KnownSpeaker]) -> Identity:
    return Identity(known[0].id, "same surname") if known else Identity(None, "named here first")


def never(_: Speaker, __: Sequence[KnownSpeaker]) -> Identity:
    return Identity(None, "told apart")


def resolve(engine: Engine, identify, *speakers: Speaker, sha: str = "0" * 64) -> list[int]:
    with writing(engine) as session:
        return [Speakers(session, surname, identify).resolve(speaker, sha) for speaker in speakers]


def test_a_joined_speaker_keeps_the_alias_and_its_evidence(engine: Engine) -> None:
    one, other = resolve(
        engine, by_surname, Speaker("Ashby", "person"), Speaker("Ann Ashby", "person", ("Mrs. Ashby",))
    )
    assert one == other
    with Session(engine) as session:
        evidence = {row.alias: row.evidence for row in session.scalars(select(AliasRow))}
        assert evidence == {
            "Ashby": "named here first",
            "Ann Ashby": "same surname",
            "Mrs. Ashby": "same surname",
        }


def test_the_fullest_name_becomes_the_name(engine: Engine) -> None:
    resolve(engine, by_surname, Speaker("Ashby", "person"), Speaker("Ann Ashby", "person"), Speaker("Ashby", "person"))
    with Session(engine) as session:
        assert session.scalars(select(SpeakerRow.name)).all() == ["Ann Ashby"]


def test_namesakes_who_were_told_apart_stay_two(engine: Engine) -> None:
    one, other = resolve(engine, never, Speaker("Ann Ashby", "person"), Speaker("Ann Ashby", "person"))
    assert one != other


def test_an_unnamed_source_is_another_one_in_every_document(engine: Engine) -> None:
    official = Speaker("a harbour official", "unnamed")
    here = resolve(engine, never, official, official)
    there = resolve(engine, never, official, sha="1" * 64)
    assert here[0] == here[1] != there[0]
