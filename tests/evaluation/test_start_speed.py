"""What `variorum bench start` measures, over a small corpus."""

import sys
from pathlib import Path

import pytest

from app.errors import UsageError
from app.evaluation.start_speed import bench_start
from app.store.engine import connect
from app.store.migrate import migrate
from tests.web.corpus import write


def test_a_server_is_started_and_weighed(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "start.db"))
    migrate(engine)
    write(engine)
    engine.dispose()
    figures = bench_start(tmp_path / "start.db", workers=2, repetitions=1)
    assert figures["seconds_to_first_answer"] > 0
    assert figures["loading"]["server"] > 0
    assert sys.platform != "linux" or 20 < figures["idle_megabytes"] < 1000


def test_a_database_without_quotes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no quotes"):
        bench_start(tmp_path / "empty.db", workers=1, repetitions=1)
