"""Outlets: one row a name, each with a siglum of its own."""

import pytest
from sqlalchemy import Engine

from app.records import Document
from app.store.engine import writing
from app.store.outlets import outlet_for


def test_an_outlet_is_the_same_whatever_its_article_and_case(engine: Engine) -> None:
    with writing(engine) as session:
        one = outlet_for(session, Document("a", "x", "text", outlet="The Harbour Post"))
        other = outlet_for(session, Document("b", "y", "text", outlet="harbour post"))
        assert one is not None
        assert one is other


def test_without_a_name_the_host_of_the_address_is_the_outlet(engine: Engine) -> None:
    with writing(engine) as session:
        row = outlet_for(session, Document("a", "x", "text", url="https://www.gannet.example/news/1"))
        assert row is not None
        assert row.name == "gannet.example"


def test_a_document_with_neither_has_no_outlet(engine: Engine) -> None:
    with writing(engine) as session:
        assert outlet_for(session, Document("a", "x", "text")) is None


def test_sigla_are_initials_and_never_the_same_for_two_outlets(engine: Engine) -> None:
    names = ["Harbour Post", "Heron Press", "Northwire", "North Sea Echo of the Isles", "Hill Packet"]
    with writing(engine) as session:
        rows = [outlet_for(session, Document(name, name, "text", outlet=name)) for name in names]
        sigla = [row.siglum for row in rows if row]
    assert sigla[0] == "HP"
    assert sigla[3] == "NSEI"
    assert len(set(sigla)) == len(names)


@pytest.mark.parametrize("name", ["Новая газета", "新闻", "!!!", "a" * 500])
def test_any_name_has_a_siglum_or_is_no_name(engine: Engine, name: str) -> None:
    with writing(engine) as session:
        row = outlet_for(session, Document("a", "x", "text", outlet=name))
        assert row is None or 1 <= len(row.siglum) <= 8


@pytest.mark.parametrize("url", ["https://[", "https://[::1", "javascript:x", "//", "https://\x00"])
def test_an_address_that_is_none_gives_no_outlet_and_no_fault(engine: Engine, url: str) -> None:
    with writing(engine) as session:
        row = outlet_for(session, Document("a", "x", "text", url=url))
        assert row is None or row.name


def test_what_can_not_be_seen_makes_no_other_outlet(engine: Engine) -> None:
    with writing(engine) as session:
        one = outlet_for(session, Document("a", "x", "text", outlet="Harbour Post"))
        assert one is outlet_for(session, Document("b", "y", "text", outlet="Har\u200bbour\u2060 \u202ePo\u00adst"))
