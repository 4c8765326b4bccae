"""New documents join the quotes that are there, and nothing else is clustered again."""

from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import clustering, joining
from app.recluster import cluster_new, recluster
from app.store.export import export_rows
from app.store.search import matching
from app.store.tables import OutletRow, QuoteRow, SpeakerRow
from tests.conftest import take_in
from tests.test_recluster import cluster_by, quote_ids

LATE = """---
title: Vibes again
outlet: Isle Courier
date: 2031-03-17
---
Crews and ministry met for a last time on Tuesday, and the islands waited for news of their ferries.

“We are getting some pretty good vibes coming out of the ferry talks,” Ann Ashby repeated.

“Gulls have eaten the timetable of the northern line,” said Ann Ashby.
"""


@pytest.fixture
def clustered(engine: Engine, reports: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    monkeypatch.setattr(joining, "_MOST_NEW", 1.0)  # these corpora are too small for the usual share
    return engine


def late(tmp_path: Path) -> Path:
    path = tmp_path / "late.txt"
    path.write_text(LATE, "utf-8")
    return path


def wordings(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return {f"{row['doc']}: {row['text']}": row["quote"] for row in export_rows(session, "quotations")}


def test_a_repeated_quote_joins_the_one_that_is_there(clustered: Engine, tmp_path: Path) -> None:
    before = wordings(clustered)
    take_in(clustered, late(tmp_path))
    cluster_new(clustered)
    after = wordings(clustered)
    assert {name: after[name] for name in before} == before
    old = next(quote for name, quote in before.items() if "pretty good vibes" in name)
    assert next(quote for name, quote in after.items() if name.startswith("late") and "vibes" in name) == old
    assert next(quote for name, quote in after.items() if "Gulls" in name) not in before.values()


def test_the_quotes_that_a_new_document_does_not_touch_are_not_read(
    clustered: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clustered_units: list[str] = []
    honest = clustering.cluster
    monkeypatch.setattr(
        clustering, "cluster", lambda units: clustered_units.extend(u.text for u in units) or honest(units)
    )
    alone = tmp_path / "alone.txt"
    alone.write_text("Gulls\n\n“Gulls have eaten the timetable of the northern line,” said Ann Ashby.\n", "utf-8")
    take_in(clustered, alone)
    cluster_new(clustered)
    assert clustered_units == ["Gulls have eaten the timetable of the northern line,"]


def test_joining_leaves_what_clustering_all_again_would(clustered: Engine, tmp_path: Path) -> None:
    take_in(clustered, late(tmp_path))
    cluster_new(clustered)
    joined = quote_ids(clustered)
    with Session(clustered) as session:
        variants = list(export_rows(session, "variants"))
    recluster(clustered)
    assert quote_ids(clustered) == joined
    with Session(clustered) as session:
        again = list(export_rows(session, "variants"))
    assert sorted(variants, key=lambda row: row["id"]) == sorted(again, key=lambda row: row["id"])


def test_counts_and_search_follow(clustered: Engine, tmp_path: Path) -> None:
    take_in(clustered, late(tmp_path))
    cluster_new(clustered)
    with Session(clustered) as session:
        courier = session.scalar(select(OutletRow).where(OutletRow.name == "Isle Courier"))
        ashby = session.scalar(select(SpeakerRow).where(SpeakerRow.name == "Ann Ashby"))
        found = session.scalars(select(QuoteRow.text).where(QuoteRow.id.in_(_searched(session, "gulls")))).all()
    assert courier is not None
    assert (courier.document_count, courier.quotation_count) == (1, 2)
    assert ashby is not None
    assert ashby.quotation_count == 7
    assert found == ["Gulls have eaten the timetable of the northern line,"]


def _searched(session: Session, word: str) -> list[int]:
    return list(session.scalars(matching("quote_search", f'"{word}"')))


def test_quotes_that_a_new_document_brings_together_become_one(
    clustered: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tmp_path / "both.txt"
    both.write_text(f"{LATE}\n“Nobody will be left on the quay,” Ashby added.\n", "utf-8")
    cluster_by(monkeypatch, lambda _: "all")
    take_in(clustered, both)
    cluster_new(clustered)
    after = wordings(clustered)
    [vibes] = {quote for name, quote in after.items() if "vibes" in name}
    [quay] = {quote for name, quote in after.items() if "quay" in name}
    assert vibes == quay
    with Session(clustered) as session:
        assert session.scalar(select(func.count(QuoteRow.id))) == len(set(after.values()) - {None})


def test_a_corpus_that_is_mostly_new_is_clustered_whole(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    assert not joining.join(engine)
    cluster_new(engine)
    assert None not in quote_ids(engine).values()


def test_a_quote_at_the_edge_is_not_divided() -> None:
    quotes = ["a", "a", "a", "b", None, None]
    assert joining.with_whole([0, 0, 1, 2, 1, 3], quotes) == [0, 0, 0, 2, 0, 3]


SEEDS = Path(__file__).parents[1] / "seeds"
LEAST_ALIKE = 0.98


@pytest.mark.once
def test_many_small_ingests_come_close_to_one_big_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_MOST_NEW", 1.1)
    for path in sorted(path for path in SEEDS.rglob("*") if path.is_file()):
        take_in(engine, path)
        cluster_new(engine)
    small = quote_ids(engine)
    recluster(engine)
    assert b_cubed(small, quote_ids(engine)) >= LEAST_ALIKE


def b_cubed(one: dict[str, str], other: dict[str, str]) -> float:
    """B³ F1 of two clusterings of the same sentences (Bagga and Baldwin 1998)."""
    ours, theirs = members(one), members(other)
    shared = {part: len(ours[one[part]] & theirs[other[part]]) for part in one}
    precision, recall = (
        sum(shared[part] / len(groups[ids[part]]) for part in ids) / len(ids)
        for ids, groups in ((one, ours), (other, theirs))
    )
    return 2 * precision * recall / (precision + recall)


def members(quotes: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part, quote in quotes.items():
        found[quote].add(part)
    return found
