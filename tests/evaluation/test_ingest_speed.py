"""Measuring ingest on a few invented articles."""

from pathlib import Path
from typing import get_args

import pytest

from app.documents import Limits, expand, read
from app.evaluation.ingest_speed import bench_ingest
from app.evaluation.invented_files import Media, write_archive, write_articles
from app.records import Document


@pytest.mark.parametrize("media", get_args(Media))
def test_invented_articles_are_taken_in_and_each_stage_is_timed(media: Media) -> None:
    figures = bench_ingest(None, 3, media, 1, 1)
    assert figures["documents"] == 3
    assert figures["quotes"] >= 3
    assert all(figures[f"milliseconds_{stage}"] > 0 for stage in ("read", "extract", "store", "cluster"))
    assert figures["ingest_to_extraction_time"] > 0


def test_a_page_gives_the_article_that_the_text_file_has_and_nothing_around_it(tmp_path: Path) -> None:
    texts = {
        media: [one.text[one.body_start :] for one in _documents(write_articles(tmp_path / media, 3, media))]
        for media in get_args(Media)
    }
    assert texts["html"] == texts["warc"]
    assert [page.partition("\n")[2] for page in texts["html"]] == [
        text.strip().replace("\n\n", "\n") for text in texts["text"]
    ]


def test_an_archive_is_as_large_as_asked_for(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "pages.warc.gz", 1, 400_000)
    assert archive.pages == len(_documents(tmp_path / "pages.warc.gz"))
    assert 400_000 <= archive.size < 600_000


def _documents(place: Path) -> list[Document]:
    found = [one for given in expand([str(place)]) for one in read(given, Limits())]
    assert all(isinstance(one, Document) for one in found)
    return [one for one in found if isinstance(one, Document)]
