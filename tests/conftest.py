"""A small corpus of invented reports, and databases to put it in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.documents import Limits, expand
from app.ingest import Summary, ingest
from tests.databases import NewDatabase, new_database, opened, over_postgresql  # noqa: F401 - fixtures
from tests.postgres import postgresql  # noqa: F401 - a fixture for all tests

# Tests ask for the same pages over and over, to see them made: nothing is kept, and no search is one too many.
os.environ |= {"VARIORUM_PAGE_CACHE_BYTES": "0", "VARIORUM_SEARCHES_PER_MINUTE": "0", "VARIORUM_CHECKS_PER_MINUTE": "0"}

REPORTS = {
    "1-harbour.txt": """---
title: Ferry talks go well
outlet: Harbour Post
url: https://harbour-post.example/ferries
date: 2031-03-14
---
Harbour Minister Ann Ashby met the crews of the island ferries on Friday morning in Port Venn.

“We are getting some pretty good vibes coming out of the ferry talks,” Ashby told reporters.

She said that all “four ferries” would sail again on Monday.
""",
    "2-tribune.txt": """---
title: Minister hopeful
outlet: Tidewater Tribune
url: https://tidewater-tribune.example/hopeful
date: 2031-03-15
---
There was hope for the islands on Friday, as the minister for harbours left the meeting smiling.

“We are getting some good vibes coming out of the ferry talks,” Ann Ashby said.

“Nobody will be left on the quay,” Ashby added.
""",
    "3-ledger.txt": """---
title: Boats again
outlet: Gannet Ledger
url: https://gannet-ledger.example/boats
date: 2031-03-16
---
Talks between the harbour ministry and the crews of the ferries are said to be close to an end.

“We are getting some pretty good vibrations coming out of the ferry talks,” said Minister Ashby.

Unknown hands had painted “sail or sink” on the wall of the pier before the meeting started.
""",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs a browser (but for one journey), or is marked so, runs over SQLite alone."""
    once = [item for item in items if any(map(item.get_closest_marker, ("browser", "once")))]
    left = [item for item in once if over_postgresql(item) and not item.get_closest_marker("twice")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
    for item in items:
        if item.get_closest_marker("browser"):  # a busy machine is at times too slow for a reader's click
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture
def engine(new_database: NewDatabase) -> Iterator[Engine]:  # noqa: F811
    """A migrated, empty database."""
    with opened(new_database()) as engine:
        yield engine


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three reports of one meeting."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def take_in(engine: Engine, *paths: Path) -> Summary:
    """Ingest without a terminal."""
    return ingest(engine, expand([str(p) for p in paths]), Limits(), lambda _: None, lambda _: None)
