"""Profiles follow the quotes: what joining leaves is what counting from nothing gives."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import joining
from app.clustering import telling_words
from app.recluster import cluster_new, recluster
from app.store import profiles
from app.store.engine import writing
from app.store.profile_tables import (
    AlertRow,
    CarriageRow,
    CorpusCountsRow,
    DisputeRow,
    OutletChangeRow,
    OutletCopyRow,
    OutletProfileRow,
    OutletVariantRow,
    SpeakerOutletRow,
    SpeakerWordRow,
)
from app.store.tables import QuoteRow, VariantRow
from tests.conftest import REPORTS, take_in

TABLES = (
    AlertRow,
    CarriageRow,
    CorpusCountsRow,
    DisputeRow,
    OutletChangeRow,
    OutletCopyRow,
    OutletProfileRow,
    OutletVariantRow,
    SpeakerOutletRow,
    SpeakerWordRow,
)
LATE = """---
title: Three ferries
outlet: Isle Courier
date: 2031-03-17
---
Crews and ministry met for a last time on Tuesday, and the islands waited for news of their ferries.

“We are not getting some pretty good vibes coming out of the ferry talks,” Bo Tarn repeated.

“Gulls have eaten the timetable of the northern line,” said Ann Ashby.
"""


def state(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All profiles, without the ids that rows happen to have."""
    with Session(engine) as session:
        return {table.__tablename__: sorted(rows(session, table), key=repr) for table in TABLES}


def rows(session: Session, table: type) -> list[tuple[object, ...]]:
    columns = [column for column in table.__table__.columns if column.name != "id"]  # type: ignore[attr-defined]
    return [tuple(row) for row in session.execute(select(*columns))]


@pytest.fixture
def joined(engine: Engine, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Three reports clustered, a fourth and a copy of the first joined to them."""
    take_in(engine, reports)
    recluster(engine)
    monkeypatch.setattr(joining, "_MOST_NEW", 1.0)
    copy = REPORTS["1-harbour.txt"].replace("Harbour Post", "Copper Echo").replace("2031-03-14", "2031-03-18")
    for name, text in (("late.txt", LATE), ("copy.txt", copy.replace("harbour-post.example", "echo.example") + "End.")):
        (tmp_path / name).write_text(text, "utf-8")
        take_in(engine, tmp_path / name)
        cluster_new(engine)
    return engine


def test_joining_leaves_the_profiles_that_counting_from_nothing_gives(joined: Engine) -> None:
    kept = state(joined)
    with writing(joined) as session:
        profiles.rebuild(session, telling_words)
    assert kept == state(joined)
    assert all(kept[table.__tablename__] for table in TABLES)


def test_words_that_only_a_translation_has_are_not_counted_and_leave_with_their_quote(joined: Engine) -> None:
    with writing(joined) as session:
        quotes = {quote for (quote,) in session.execute(select(QuoteRow.public_id))}
        profiles.withdraw(session, quotes, telling_words)
        [spun] = session.scalars(select(VariantRow).where(VariantRow.text.contains("vibrations")))
        spun.labels = [{"kind": "machine-translated or spun", "evidence": [["", "its words are its own"]]}]
        session.flush()
        profiles.enter(session, quotes, telling_words)
        words = set(session.scalars(select(SpeakerWordRow.word)))
        profiles.withdraw(session, quotes, telling_words)
        left = session.scalars(select(SpeakerWordRow.word)).all()
    assert "vibes" in words
    assert "vibrations" not in words
    assert not left


def test_a_quote_that_is_withdrawn_leaves_nothing_behind(joined: Engine) -> None:
    with writing(joined) as session:
        everything = set(session.scalars(select(QuoteRow.public_id)))
        profiles.withdraw(session, everything, telling_words)
    left = state(joined)
    assert {name for name, found in left.items() if found} == {"corpus_counts", "outlet_copies"}


def test_a_wording_that_denies_is_an_alert_and_so_is_another_speaker(joined: Engine) -> None:
    with Session(joined) as session:
        kinds = set(session.scalars(select(AlertRow.kind)))
    assert {"negation differs", "several speakers"} <= kinds


def test_an_outlet_that_copies_has_nothing_of_its_own_to_compare(joined: Engine) -> None:
    with Session(joined) as session:
        outlet = OutletProfileRow
        copies = session.scalars(select(OutletCopyRow.outlet_id)).one()
        row = session.execute(select(outlet.comparable, outlet.quotation_count).where(outlet.outlet_id == copies)).one()
        assert row.comparable == 0
        assert row.quotation_count > 0
