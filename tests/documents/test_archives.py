import gzip
from datetime import datetime
from pathlib import Path

import pytest

from app.documents import Limits
from app.records import Document, Published, Rejected
from tests.documents.helpers import ARTICLE, page, read_bytes, refused
from tests.hostile import archives


def record(
    body: bytes, kind: str = "response", content: str = "text/html", status: str = "200 OK", extra: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{extra}\r\n".encode() + body
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://courier.example/bridge\r\n"
        "WARC-Date: 2025-03-16T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return header.encode() + http + b"\r\n\r\n"


PAGES = [record(page(f"Bridge {number}").encode()) for number in range(4)]


def packed(records: list[bytes], name: str) -> bytes:
    return b"".join(map(gzip.compress, records)) if name.endswith(".gz") else b"".join(records)


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
def test_each_page_of_an_archive_is_a_document(tmp_path: Path, name: str) -> None:
    found = read_bytes(tmp_path, name, packed(PAGES, name))
    assert [one.name for one in found] == [f"{name}#{number}" for number in range(1, 5)]
    first = found[0]
    assert isinstance(first, Document)
    assert first.text.split("\n") == ["Bridge 0", *ARTICLE]
    assert (first.media, first.outlet, first.url) == ("warc", "The Courier", "https://courier.example/bridge")
    assert first.published == Published(datetime(2025, 3, 16), "day", "crawl")


def test_what_is_no_successful_page_is_passed_over(tmp_path: Path) -> None:
    records = [
        record(b"", kind="request"),
        record(b"\x89PNG", content="image/png"),
        record(b"gone", status="404 Not Found"),
        PAGES[0],
    ]
    (found,) = read_bytes(tmp_path, "a.warc", b"".join(records))
    assert isinstance(found, Document)


def test_a_page_without_an_article_stops_nothing(tmp_path: Path) -> None:
    empty, good = read_bytes(tmp_path, "a.warc", record(b"<html><body></body></html>") + PAGES[0])
    assert isinstance(empty, Rejected)
    assert empty.name == "a.warc#1"
    assert isinstance(good, Document)


def test_a_compressed_page_is_decompressed_and_a_damaged_one_stops_nothing(tmp_path: Path) -> None:
    encoding = "Content-Encoding: gzip\r\n"
    good = record(gzip.compress(page().encode()), extra=encoding)
    bad = record(b"this is not gzip", extra=encoding)
    first, second, third = read_bytes(tmp_path, "a.warc", good + bad + PAGES[0])
    assert isinstance(first, Document)
    assert isinstance(second, Rejected)
    assert "decompressed" in second.reason
    assert isinstance(third, Document)


def test_a_record_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    big = record(b"<html>" + b"x" * 50_000)
    first, second = read_bytes(tmp_path, "a.warc", big + PAGES[0], Limits(max_record_bytes=20_000))
    assert isinstance(first, Rejected)
    assert "20,000 bytes" in first.reason
    assert isinstance(second, Document)


@pytest.mark.parametrize("cut", [5, 300, 1100, 1700])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_truncated_archive_is_read_up_to_the_break_and_says_where_it_is(tmp_path: Path, name: str, cut: int) -> None:
    data = packed(PAGES, name)
    cut = cut if name == "a.warc" else cut // 4
    *documents, last = read_bytes(tmp_path, name, data[:-cut])
    assert len(documents) >= 2
    assert all(isinstance(document, Document) for document in documents)
    assert isinstance(last, Rejected)
    assert last.name == name
    assert f"byte {len(data) - cut:,}" in last.reason


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_record_cut_after_a_blank_line_is_not_lost_in_silence(tmp_path: Path, name: str) -> None:
    blank = record(page().replace("</article>", "\r\n\r\n</article>").encode())
    cut = blank[: blank.index(b"\r\n\r\n</article>") + 4]
    first, last = read_bytes(tmp_path, name, packed([PAGES[0], cut], name))
    assert isinstance(first, Document)
    assert isinstance(last, Rejected)
    assert "breaks off at byte" in last.reason
    assert "within its record 2" in last.reason


@pytest.mark.parametrize("length", [10_000, 10**9, 10**12])
def test_a_length_that_takes_all_that_follows_is_told(tmp_path: Path, length: int) -> None:
    lying = archives.record(archives.response(page().encode()), length)
    first, last = read_bytes(tmp_path, "a.warc", PAGES[0] + lying + PAGES[1] + PAGES[2])
    assert isinstance(first, Document)
    assert isinstance(last, Rejected)
    assert "within its record 2" in last.reason


def test_damage_between_records_is_said_with_its_place(tmp_path: Path) -> None:
    first, last = read_bytes(tmp_path, "a.warc", PAGES[0] + b"garbage\r\n" * 5 + PAGES[1])
    assert isinstance(first, Document)
    assert isinstance(last, Rejected)
    assert "damaged before byte" in last.reason


def test_an_archive_without_responses_is_refused(tmp_path: Path) -> None:
    assert "no responses" in refused(tmp_path, "a.warc", record(b"", kind="request")).reason


@pytest.mark.parametrize("date", [b"0001-01-01T00:00:00+09:00", b"9999-12-31T23:00:00-09:00", b"9999-12-31T12:00:00Z"])
def test_a_date_of_the_crawl_that_no_clock_has_is_left_out(tmp_path: Path, date: bytes) -> None:
    (found,) = read_bytes(tmp_path, "a.warc", archives.record(archives.response(page().encode()), date=date))
    assert isinstance(found, Document)
    assert found.published is None
