"""Measuring ingest on a few invented articles."""

from app.evaluation.ingest_speed import bench_ingest


def test_invented_articles_are_taken_in_and_each_stage_is_timed() -> None:
    figures = bench_ingest(None, 3, 1, 1)
    assert figures["documents"] == 3
    assert figures["quotes"] >= 3
    assert all(figures[f"milliseconds_{stage}"] > 0 for stage in ("read", "extract", "store", "cluster"))
    assert figures["ingest_to_extraction_time"] > 0
