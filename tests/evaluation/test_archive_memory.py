"""Measuring memory over a small invented archive."""

from app.evaluation.archive_memory import bench_archive


def test_memory_is_told_at_each_tenth_of_an_archive() -> None:
    figures = bench_archive(2, 100, 1, None)
    assert figures["megabytes_of_the_archive"] == 2
    assert figures["documents"] == figures["pages"]
    tenths = figures["megabytes_of_memory_at_each_tenth"]
    assert isinstance(tenths, list)
    assert len(tenths) == 10
    assert 0 < max(tenths) <= figures["peak_megabytes_of_memory"]
