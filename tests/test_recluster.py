"""Quote ids over re-clustering: kept, merged, split and removed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from app import clustering
from app.recluster import recluster
from app.records import Unit
from app.store.engine import writing
from app.store.export import export_rows
from app.store.tables import PartRow, QuoteRow, RetiredQuoteRow
from tests.conftest import take_in


@pytest.fixture
def clustered(engine: Engine, reports: Path) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    return engine


def cluster_by(monkeypatch: pytest.MonkeyPatch, label) -> None:
    """Let clustering put units together by `label`, a function of a unit."""

    def cluster(units: Sequence[Unit]) -> list[int]:
        labels: dict[object, int] = {}
        return [labels.setdefault(label(unit), len(labels)) for unit in units]

    monkeypatch.setattr(clustering, "cluster", cluster)


def quote_ids(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return {row["id"]: row["quote"] for row in export_rows(session, "quotations") if row["quote"]}


def successors(engine: Engine) -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    with Session(engine) as session:
        for row in session.scalars(select(RetiredQuoteRow)):
            found.setdefault(row.public_id, set()).add(row.successor)
    return found


def test_clustering_again_keeps_every_id(clustered: Engine) -> None:
    before = quote_ids(clustered)
    recluster(clustered)
    assert quote_ids(clustered) == before
    assert successors(clustered) == {}


def test_merged_ids_lead_to_the_survivor(clustered: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(quote_ids(clustered).values())
    cluster_by(monkeypatch, lambda _: "all")
    recluster(clustered)
    (survivor,) = set(quote_ids(clustered).values())
    assert survivor in before
    assert successors(clustered) == {old: {survivor} for old in before - {survivor}}


def test_a_split_id_lives_on_and_lists_its_parts(clustered: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster_by(monkeypatch, lambda _: "all")
    recluster(clustered)
    (whole,) = set(quote_ids(clustered).values())
    cluster_by(monkeypatch, lambda unit: unit.id)
    recluster(clustered)
    after = set(quote_ids(clustered).values())
    assert whole in after
    assert successors(clustered)[whole] == after - {whole}


def test_an_id_that_comes_back_is_retired_no_more(clustered: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = quote_ids(clustered)
    cluster_by(monkeypatch, lambda _: "all")
    recluster(clustered)
    monkeypatch.undo()
    recluster(clustered)
    with Session(clustered) as session:
        live = set(session.scalars(select(QuoteRow.public_id)))
    assert len(live) == len(set(apart.values()))
    assert not {old for old, new in successors(clustered).items() if old in live and None in new}


def test_an_id_whose_quotations_are_gone_leads_nowhere(clustered: Engine) -> None:
    ids = quote_ids(clustered)
    gone = next(part for part, quote in ids.items() if list(ids.values()).count(quote) == 1)
    with writing(clustered) as session:
        session.execute(delete(PartRow).where(PartRow.public_id == gone))
    recluster(clustered)
    assert successors(clustered) == {ids[gone]: {None}}
