"""Stories in the store: found with the quotes, kept under their ids, joined by new documents."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from app import clustering, joining, stories
from app.recluster import cluster_new, recluster
from app.settings import resource
from app.store.engine import writing
from app.store.read_stories import read_shared, read_story, read_story_documents, read_story_of
from app.store.stories import stories_of
from app.store.story_tables import RetiredStoryRow, StoryRow
from app.store.tables import DocumentRow, QuoteRow
from tests.conftest import take_in

ELSEWHERE = """---
title: Lighthouse lens
outlet: {outlet}
date: 2031-03-{day}
---
The keeper of the lighthouse at Cape Morrow spoke about the lens that was stolen.

“Nine hundred kilos of polished glass do not roll down a cliff alone,” said keeper Oda Lindqvist.
"""


@pytest.fixture
def clustered(engine: Engine, reports: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    monkeypatch.setattr(joining, "_MOST_NEW", 1.0)
    return engine


def write(folder: Path, outlet: str, day: int) -> Path:
    path = folder / f"{outlet}.txt"
    path.write_text(ELSEWHERE.format(outlet=outlet, day=day), "utf-8")
    return path


def told(engine: Engine) -> dict[str, list[str]]:
    """Names of documents by story."""
    with Session(engine) as session:
        names = {row.public_id: row.name for row in session.execute(select(DocumentRow.public_id, DocumentRow.name))}
        found: dict[str, list[str]] = {}
        for document, story in sorted(stories_of(session).items(), key=lambda entry: names[entry[0]]):
            found.setdefault(story, []).append(names[document])
    return found


def test_the_reports_of_one_meeting_are_a_story_under_the_earliest_headline(clustered: Engine) -> None:
    [members] = told(clustered).values()
    assert [Path(name).name for name in members] == ["1-harbour.txt", "2-tribune.txt", "3-ledger.txt"]
    with Session(clustered) as session:
        row = session.scalars(select(StoryRow)).one()
    assert (row.title, row.document_count, row.outlet_count, row.quote_count) == ("Ferry talks go well", 3, 3, 1)


def test_new_documents_make_a_story_of_their_own_and_leave_the_other_alone(clustered: Engine, tmp_path: Path) -> None:
    before = told(clustered)
    take_in(clustered, write(tmp_path, "Cape Courier", 18))
    cluster_new(clustered)
    assert told(clustered) == before
    take_in(clustered, write(tmp_path, "Morrow Mail", 19))
    cluster_new(clustered)
    after = told(clustered)
    assert [after[story] for story in before] == list(before.values())
    assert len(after) == 2


def test_joining_leaves_the_stories_that_clustering_all_again_finds(clustered: Engine, tmp_path: Path) -> None:
    for outlet, day in (("Cape Courier", 18), ("Morrow Mail", 19), ("Isle Post", 20)):
        take_in(clustered, write(tmp_path, outlet, day))
        cluster_new(clustered)
    joined = told(clustered)
    recluster(clustered)
    assert told(clustered) == joined


def test_a_story_that_is_no_more_is_retired_and_comes_back_under_its_id(clustered: Engine) -> None:
    [story] = told(clustered)
    with writing(clustered) as session:
        session.execute(update(QuoteRow).values(document_count=1))
        stories.tell(session)
    assert told(clustered) == {}
    with Session(clustered) as session:
        gone = session.scalars(select(RetiredStoryRow)).one()
    assert (gone.public_id, gone.successor) == (story, None)
    recluster(clustered)
    assert list(told(clustered)) == [story]
    with Session(clustered) as session:
        assert session.scalars(select(RetiredStoryRow)).all() == []


def test_an_old_version_of_a_document_is_in_no_story(clustered: Engine) -> None:
    with writing(clustered) as session:
        session.execute(update(DocumentRow).where(DocumentRow.name.endswith("3-ledger.txt")).values(superseded=True))
    recluster(clustered)
    [members] = told(clustered).values()
    assert len(members) == 2


def test_the_sample_documents_tell_their_three_events(engine: Engine) -> None:
    take_in(engine, resource("seeds"))
    recluster(engine)
    events = {"ferry": "ferry", "dam": "dam", "lens": "lens", "brief-ferry": "ferry", "brief-lens": "lens"}
    found = [{events[Path(name).parent.name or name] for name in members} for members in told(engine).values()]
    assert sorted(map(sorted, found)) == [["dam"], ["ferry"], ["lens"]]
    assert sum(map(len, told(engine).values())) == 18


@pytest.mark.once
def test_the_page_of_a_story_is_read_by_indexes_alone(clustered: Engine) -> None:
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        statements.append((statement, values))

    [story] = told(clustered)
    event.listen(clustered, "before_cursor_execute", note)
    with clustered.connect() as connection:
        documents = [one.document.id for one in read_story_documents(connection, story, 10)]
        assert read_story(connection, story)
        assert read_story_of(connection, documents[0])
        assert len(read_shared(connection, documents)) == 3
        event.remove(clustered, "before_cursor_execute", note)
        for statement, values in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            assert not [row[3] for row in plan if row[3].startswith("SCAN")], statement


def test_a_story_that_is_divided_lives_on_and_lists_its_parts(
    clustered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    [story] = told(clustered)

    def three(reports: list[clustering.Report], _quotes: object) -> list[list[str]]:
        names = sorted(report.id for report in reports)
        return [names[:1], names[1:2], names[2:]]

    monkeypatch.setattr(stories.clustering, "stories", three)
    with writing(clustered) as session:
        stories.tell(session)
    with Session(clustered) as session:
        parts = {row.successor for row in session.scalars(select(RetiredStoryRow)) if row.public_id == story}
    assert story in told(clustered)
    assert parts == set(told(clustered)) - {story}
