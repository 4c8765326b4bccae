import codecs
from datetime import datetime
from pathlib import Path

import pytest

from app.documents import Limits
from app.records import Published
from tests.documents.helpers import TEXT, read_one, refused

FRONT = """---
title: "Bridge to close: a year without"
outlet: The Courier
url: https://courier.example/bridge
authors:
  - Jane Roe
  - Ali Noor
date: 15 March 2025
language: en
section: local
---
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_text_is_all_of_the_file_with_its_own_line_endings(tmp_path: Path, ending: str) -> None:
    raw = TEXT.replace("\n", ending).encode()
    assert read_one(tmp_path, "a.txt", raw).text == raw.decode("utf-8")


def test_a_utf8_byte_order_mark_stays_in_the_text_and_out_of_the_body(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", codecs.BOM_UTF8 + TEXT.encode())
    assert document.text == "\ufeff" + TEXT
    assert document.text[document.body_start :] == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "mac_roman"])
def test_other_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    assert read_one(tmp_path, "a.txt", TEXT.encode(encoding)).text == TEXT


def test_utf16_without_a_native_byte_order_is_read_by_its_mark(tmp_path: Path) -> None:
    raw = codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")
    assert read_one(tmp_path, "a.txt", raw).text == TEXT


def test_utf8_with_a_damaged_byte_is_refused_with_its_offset(tmp_path: Path) -> None:
    raw = TEXT.encode() * 3
    damaged = raw[:40] + b"\xff" + raw[41:]
    rejected = refused(tmp_path, "a.txt", damaged)
    assert "offset 40" in rejected.reason
    assert rejected.outcome == "failed"


def test_front_matter_sets_the_metadata_and_stays_in_the_text(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", (FRONT + TEXT).encode())
    assert document.text == FRONT + TEXT
    assert document.text[document.body_start :] == TEXT
    assert document.title == "Bridge to close: a year without"
    assert document.outlet == "The Courier"
    assert document.url == "https://courier.example/bridge"
    assert document.authors == ("Jane Roe", "Ali Noor")
    assert document.published == Published(datetime(2025, 3, 15), "day", "front matter")


@pytest.mark.parametrize("line", ["author: Jane Roe", "authors: [Jane Roe]", "author: 'Jane Roe'"])
def test_front_matter_names_one_author_in_several_ways(tmp_path: Path, line: str) -> None:
    document = read_one(tmp_path, "a.md", f"---\r\n{line}\r\n---\r\n{TEXT}".encode())
    assert document.authors == ("Jane Roe",)
    assert document.text[document.body_start :] == TEXT


@pytest.mark.parametrize("start", ["---\nThe mayor spoke.\n---\n", "---\ntitle: never closed\n\n", "----\n"])
def test_a_rule_at_the_beginning_is_not_front_matter(tmp_path: Path, start: str) -> None:
    document = read_one(tmp_path, "a.md", (start + TEXT).encode())
    assert document.body_start == 0
    assert document.outlet is None


def test_a_first_line_like_a_heading_is_the_title(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", f"Bridge ‘will close’: mayor\n\n{TEXT}".encode())
    assert document.title == "Bridge ‘will close’: mayor"


def test_a_first_line_that_is_a_sentence_is_no_title(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt", TEXT.encode()).title is None


def test_a_day_in_the_file_name_counts_where_nothing_better_is_known(tmp_path: Path) -> None:
    document = read_one(tmp_path, "2025-03-15-bridge.txt", TEXT.encode())
    assert document.published == Published(datetime(2025, 3, 15), "day", "file name")
    better = read_one(tmp_path, "2024-01-01-bridge.txt", (FRONT + TEXT).encode())
    assert better.published == Published(datetime(2025, 3, 15), "day", "front matter")


@pytest.mark.parametrize("raw", [b"", b"  \n\n\t", codecs.BOM_UTF8, b"---\ntitle: x\n---\n\n"])
def test_a_file_without_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    assert refused(tmp_path, "a.txt", raw).outcome == "failed"


def test_a_text_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    rejected = refused(tmp_path, "a.txt", b"word " * 1000, Limits(max_document_bytes=4000))
    assert "4,000 bytes" in rejected.reason
    assert "VARIORUM_MAX_DOCUMENT_BYTES" in rejected.hint
