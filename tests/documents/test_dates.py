from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.dates import published, published_from_name
from app.records import Published


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2025", datetime(2025, 1, 1), "year"),
        ("2025-03", datetime(2025, 3, 1), "month"),
        ("March 2025", datetime(2025, 3, 1), "month"),
        ("2025-03-15", datetime(2025, 3, 15), "day"),
        ("2025/3/15", datetime(2025, 3, 15), "day"),
        ("20250315", datetime(2025, 3, 15), "day"),
        ("15 March 2025", datetime(2025, 3, 15), "day"),
        ("15th of March, 2025", datetime(2025, 3, 15), "day"),
        ("Saturday, March 15, 2025", datetime(2025, 3, 15), "day"),
        ("Sept. 4, 2025", datetime(2025, 9, 4), "day"),
        ("15/03/2025", datetime(2025, 3, 15), "day"),
        ("3/15/2025", datetime(2025, 3, 15), "day"),
        ("2025-03-15T14:30:00Z", datetime(2025, 3, 15, 14, 30), "time"),
        ("2025-03-15 14:30", datetime(2025, 3, 15, 14, 30), "time"),
        ("2025-03-15T00:30:00.123+01:00", datetime(2025, 3, 14, 23, 30), "time"),
        ("2025-03-15T14:30:00-0500", datetime(2025, 3, 15, 19, 30), "time"),
        ("20250315143000", datetime(2025, 3, 15, 14, 30), "time"),
        ("Sat, 15 Mar 2025 14:30:00 GMT", datetime(2025, 3, 15, 14, 30), "time"),
        ("Sat, 15 Mar 2025 14:30:00 EST", datetime(2025, 3, 15, 19, 30), "time"),
        ("March 15, 2025 at 2:30 p.m. ET", datetime(2025, 3, 15, 19, 30), "time"),
        ("15 March 2025, 12:05 AM", datetime(2025, 3, 15, 0, 5), "time"),
    ],
)
def test_a_date_is_read_with_the_precision_it_has(written: str, at: datetime, precision: str) -> None:
    found = published(written, "record")
    assert found is not None
    assert (found.at, found.precision, found.found_in) == (at, precision, "record")


def test_a_date_that_reads_two_ways_keeps_its_year_only() -> None:
    assert published("03/04/2025", "record") == Published(datetime(2025, 1, 1), "year", "record")


@pytest.mark.parametrize(
    "written",
    ["", None, "soon", "2025-13-01", "31 February 2025", "15 March", "2025-03-15T99:99", "12", "0000", "15 ſep 2024"],
)
def test_what_is_no_date_gives_none(written: object) -> None:
    assert published(written, "record") is None


@pytest.mark.parametrize("written", ["9999-12-31", "December 9999", "9999", "2999-12-31T23:59:59Z", "31/12/9999"])
def test_a_day_that_stands_for_no_date_is_none(written: str) -> None:
    assert published(written, "record") is None


@given(st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2199, 12, 31)))
def test_any_iso_time_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert published(at.isoformat(), "feed") == Published(at, "time", "feed")


@given(st.text(alphabet="0123456789-/:.,TZ+ amprJuneMach", max_size=60))
def test_no_text_raises(written: str) -> None:
    published(written, "record")


@pytest.mark.parametrize("name", ["2025-03-15.txt", "news/2025-03-15-bridge.txt", "bridge_2025_03_15.txt"])
def test_a_file_name_can_hold_a_day(name: str) -> None:
    assert published_from_name(name) == Published(datetime(2025, 3, 15), "day", "file name")


@pytest.mark.parametrize("name", ["12025-03-15.txt", "2025-03-155.txt", "2025-99-15.txt", "bridge.txt"])
def test_other_digits_in_a_file_name_are_no_day(name: str) -> None:
    assert published_from_name(name) is None
