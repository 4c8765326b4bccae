"""A few sentences stand for a quote, however many it has."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.recluster import recluster
from app.store import samples
from app.store.tables import PartRow, QuotationRow, QuoteRow, VariantRow
from tests.conftest import take_in
from tests.test_recluster import cluster_by


@pytest.fixture
def crowded(engine: Engine, reports: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """All sentences of the reports in one quote."""
    cluster_by(monkeypatch, lambda _: "all")
    take_in(engine, reports)
    recluster(engine)
    return engine


def test_only_a_few_wordings_of_a_large_quote_are_taken(crowded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "_USUAL", 1)
    monkeypatch.setattr(samples, "_ALIKE", 1)
    monkeypatch.setattr(samples, "_REPEATS", 1)
    with Session(crowded) as session:
        quote = session.scalars(select(QuoteRow.id)).one()
        rarest = samples.read_wordings(session, [quote])[-1]
        taken = samples.sample(session, [quote], {rarest.id: 1.0}, [])
        variants = session.scalars(select(PartRow.variant_id).where(PartRow.id.in_(taken))).all()
        counts = dict(session.execute(select(VariantRow.id, VariantRow.quotation_count)).all())
    assert len(taken) == 2
    assert rarest.id in variants
    assert max(counts[variant] for variant in variants if variant is not None) == max(counts.values())


def test_all_that_a_document_laid_beside_has_is_taken(crowded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "_REPEATS", 0)
    with Session(crowded) as session:
        quote = session.scalars(select(QuoteRow.id)).one()
        document = session.scalar(select(QuotationRow.document_id).limit(1))
        assert document is not None
        taken = samples.sample(session, [quote], {}, [document])
        theirs = select(PartRow.id).join(QuotationRow).where(QuotationRow.document_id == document)
        assert taken == sorted(session.scalars(theirs))
