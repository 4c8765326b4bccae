"""What `variorum bench start` measures, over a small corpus."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.errors import DatabaseError, UsageError
from app.evaluation.start_speed import bench_start
from tests.databases import address
from tests.web.corpus import write


def test_a_server_is_started_and_weighed(engine: Engine) -> None:
    write(engine)
    figures = bench_start(address(engine), workers=2, repetitions=1)
    assert figures["seconds_to_first_answer"] > 0
    assert figures["loading"]["server"] > 0
    assert sys.platform != "linux" or 20 < figures["idle_megabytes"] < 1000


def test_a_database_without_quotes_is_refused(engine: Engine) -> None:
    with pytest.raises(UsageError, match="holds no quotes"):
        bench_start(address(engine), workers=1, repetitions=1)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="There is no database"):
        bench_start(str(tmp_path / "none.db"), workers=1, repetitions=1)
    assert not list(tmp_path.iterdir())
