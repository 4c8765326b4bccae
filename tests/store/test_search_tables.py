"""The search tables stay in step with what they search, however it is written."""

from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from app.recluster import recluster
from app.settings import resource
from app.store.migrate import migrate
from app.store.read_found import find_documents, find_quotes, find_speakers
from app.store.search_terms import parse
from app.store.tables import AliasRow, DocumentRow, SpeakerRow
from tests.conftest import take_in


def found(engine: Engine, typed: str) -> tuple[int, int, int]:
    """How many quotes, speakers and documents a search finds."""
    with engine.connect() as connection:
        searches = (find_quotes, find_speakers, find_documents)
        quotes, speakers, documents = (search(connection, parse(typed), None, 10).found.count for search in searches)
    return quotes, speakers, documents


def test_what_is_taken_in_is_found(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    recluster(engine)
    assert found(engine, "vibrations ") == (1, 0, 1)
    assert found(engine, "ashby") == (3, 1, 3)
    assert found(engine, "crews ministry") == (0, 0, 1)
    assert found(engine, "outlet:tribune") == (2, 0, 1)


def test_a_name_that_changes_or_goes_is_found_no_more(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    recluster(engine)
    with Session(engine) as session, session.begin():
        session.execute(delete(AliasRow))
        session.execute(update(SpeakerRow).values(name="Berta Quayle"))
    assert found(engine, "ashby")[1] == 0
    assert found(engine, "quayle")[1] == 2


def test_a_document_that_changes_or_goes_is_found_no_more(engine: Engine) -> None:
    values = {"public_id": "d1", "sha256": "s1", "name": "n", "media": "text", "authors": []}
    with Session(engine) as session, session.begin():
        session.add(DocumentRow(**values | {"text": "gulls over the quay", "ingested_at": datetime(2031, 1, 1)}))
    assert found(engine, "gulls")[2] == 1
    with Session(engine) as session, session.begin():
        session.execute(update(DocumentRow).values(text="terns over the quay"))
    assert (found(engine, "gulls")[2], found(engine, "terns")[2]) == (0, 1)
    with Session(engine) as session, session.begin():
        session.execute(delete(DocumentRow))
    assert found(engine, "terns")[2] == 0


def test_a_database_of_before_is_searchable_once_migrated(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    recluster(engine)
    before = found(engine, "vibrations"), found(engine, "ashby"), words(engine)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(resource("migrations")))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(engine)
    assert (found(engine, "vibrations"), found(engine, "ashby"), words(engine)) == before


def words(engine: Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT word, document_count FROM search_words ORDER BY word")
        return [(row[0], row[1]) for row in rows]


@pytest.mark.once
@pytest.mark.parametrize("name", ["document_search", "outlet_search", "word_search"])
def test_a_search_table_agrees_with_its_content(engine: Engine, reports: Path, name: str) -> None:
    take_in(engine, reports)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
