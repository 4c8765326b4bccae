"""A whole small corpus, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.ingest import now
from app.recluster import cluster_new
from app.rulings import rule
from app.store.engine import connect, writing
from app.store.migrate import migrate
from app.store.reports import add_report
from app.store.tables import QuoteRow
from tests.conftest import REPORTS, take_in

MORE = """---
title: Ferry talks go well, says {outlet}
outlet: {outlet}
url: https://{host}.example/talks
date: 2031-03-17
---
{opening}

“We are getting some pretty good vibes coming out of the ferry talks,” {speaker} said.

“{lines} will be closed for the whole of the coming winter,” {speaker} told the council of the islands.
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with quotes, variants, a dispute, a story, a decision and a report."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    for name, text in _more().items():
        (folder / name).write_text(text, "utf-8")
    path = folder / "corpus.db"
    engine = connect(str(path))
    migrate(engine)
    take_in(engine, *sorted(folder.glob("*.txt")))
    cluster_new(engine)
    _decide(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(corpus: Path, tmp_path: Path) -> Iterator[Engine]:
    """That database, to be damaged."""
    copy = tmp_path / "copy.db"
    shutil.copyfile(corpus, copy)
    engine = connect(str(copy))
    yield engine
    engine.dispose()


def _more() -> dict[str, str]:
    said = (
        ("Skerry Star", "Four lines", "Harbour Minister Ann Ashby", "The islands heard of it on the radio at noon."),
        ("Firth Echo", "Fourteen lines", "Harbour Minister Ann Ashby", "Few in the market believed what they read."),
        ("Sound Mail", "Four lines", "Mayor Bert Brandt", "A crowd had come to the hall before the doors opened."),
    )
    return {
        f"4-{number}.txt": MORE.format(
            outlet=outlet, host=outlet.lower().replace(" ", "-"), lines=lines, speaker=speaker, opening=opening
        )
        for number, (outlet, lines, speaker, opening) in enumerate(said)
    }


def _decide(engine: Engine) -> None:
    with writing(engine) as session:
        one, other = (row.public_id for row in session.query(QuoteRow).order_by(QuoteRow.id).limit(2))
        add_report(session, "quote", one, "other", "It reads oddly.", now())
    rule(engine, "different", one, other, "Tester")
