"""What `variorum bench pages` measures, over a small corpus in either database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.errors import DatabaseError
from app.evaluation import page_speed
from app.evaluation.page_speed import bench_pages
from app.settings import settings
from tests.databases import address
from tests.postgres import Server
from tests.web.corpus import write


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes settings for its process; and no page has to be warm here."""
    monkeypatch.setattr(page_speed, "_WARM", 0)
    for name in ("page_cache_bytes", "searches_per_minute", "checks_per_minute"):
        monkeypatch.setattr(settings(), name, getattr(settings(), name))


def test_every_kind_of_page_is_timed_and_found(engine: Engine) -> None:
    write(engine)
    figures = bench_pages(address(engine), quotations=0, requests=2)
    timed = figures["milliseconds"]
    assert {"/", "/quotes/{public_id}", "/quotes?speaker=&sort=newest", "/search?q= rare words"} <= {*timed}
    asked_for_nothing = timed.pop("/reports/new")
    assert asked_for_nothing["statuses"] == [400]
    assert {status for one in timed.values() for status in one["statuses"]} == {200, 301, 302}
    assert figures["quotations"] > 0
    assert figures["megabytes"] > 0


def test_a_file_that_is_not_there_is_filled(tmp_path: Path) -> None:
    assert bench_pages(str(tmp_path / "new.db"), quotations=100, requests=2)["quotations"] == 100


def test_an_empty_database_of_postgresql_is_refused(postgresql: Server) -> None:
    with pytest.raises(DatabaseError, match="is empty"):
        bench_pages(postgresql.empty(), quotations=100, requests=2)
