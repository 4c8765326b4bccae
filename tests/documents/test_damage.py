"""What real folders hold besides articles: each is refused with a reason, and nothing raises or blocks."""

import csv
import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import Input, Limits, expand, read
from app.documents.stream import CHUNK, Stream, inflate
from app.errors import InputError
from app.records import Document, Rejected
from tests.documents.helpers import ARTICLE, TEXT, page, read_bytes, read_one, refused

LINE = b'{"text": "' + TEXT.replace("\n", " ").encode() + b'"}\n'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04" + bytes(50), "a ZIP archive"),
        (b"text with a NUL\0 in it", "NUL bytes"),
        (bytes(range(1, 9)) * 100, "control characters"),
    ],
)
def test_binary_is_refused_by_its_kind_whatever_its_name(tmp_path: Path, data: bytes, kind: str) -> None:
    for name in ("a.txt", "a.html", "a.jsonl", "a"):
        rejected = refused(tmp_path, name, data)
        assert "looks like binary" in rejected.reason
        assert kind in rejected.reason


def test_200_megabytes_of_text_are_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"A line of text that goes on. " * 5000)
        file.truncate(200_000_000)
    taken = []
    monkeypatch.setattr(Stream, "whole", lambda *_: taken.append(1))
    (given_file,) = expand([str(path)])
    (found,) = read(given_file, Limits())
    assert isinstance(found, Rejected)
    assert "20,000,000 bytes" in found.reason
    assert not taken


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt.gz", TEXT.encode()), ("a.html.gz", page().encode()), ("a.jsonl.gz", LINE), ("b.gz", LINE)],
)
def test_gzip_is_taken_off(tmp_path: Path, name: str, data: bytes) -> None:
    assert read_one(tmp_path, name, gzip.compress(data)).text


def test_gzip_of_several_members_is_one_file(tmp_path: Path) -> None:
    data = gzip.compress(LINE) + gzip.compress(LINE) + bytes(512)
    assert len(read_bytes(tmp_path, "a.jsonl.gz", data)) == 2


def test_a_truncated_gzip_text_is_refused_with_the_place(tmp_path: Path) -> None:
    data = gzip.compress(TEXT.encode())[:-20]
    assert f"byte {len(data):,}" in refused(tmp_path, "a.txt.gz", data).reason


def test_the_lines_before_the_end_of_a_truncated_gzip_are_read(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%s number %d %d"}\n' % (ARTICLE[0].encode(), n, n**9) for n in range(3000))
    *documents, last = read_bytes(tmp_path, "a.jsonl.gz", gzip.compress(lines)[:-2000])
    assert len(documents) > 1000
    assert all(isinstance(document, Document) for document in documents)
    assert isinstance(last, Rejected)
    assert last.name == "a.jsonl.gz"
    assert "break off" in last.reason


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(TEXT.encode()))
    data[10:40] = b"\xff" * 30
    assert "damaged" in refused(tmp_path, "a.txt.gz", bytes(data)).reason


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz"])
def test_a_decompression_bomb_is_stopped_at_the_limit(tmp_path: Path, name: str) -> None:
    limits = Limits(max_document_bytes=1_000_000, max_record_bytes=100_000)
    bomb = gzip.compress(b"text," + b"a" * 30_000_000)
    rejected = read_bytes(tmp_path, name, bomb, limits)[-1]
    assert isinstance(rejected, Rejected)
    assert "limit" in rejected.reason or "200 times" in rejected.reason


def test_a_bomb_is_never_inflated_further_than_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    pieces: list[int] = []
    with pytest.raises(InputError, match="200 times"):
        pieces.extend(map(len, inflate([bomb], 1_000_000)))
    assert sum(pieces) <= 200 * len(bomb)
    assert max(pieces) <= CHUNK


def test_gzip_inside_gzip_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(gzip.compress(TEXT.encode()))
    assert "gzip data inside gzip" in refused(tmp_path, "a.txt.gz.gz", data).reason


@pytest.mark.parametrize("data", [TEXT.encode(), page().encode(), LINE, gzip.compress(LINE)])
def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (found,) = read(Input("-"), Limits())
    assert isinstance(found, Document)
    assert "bridge" in found.text


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(
        [b"", b"<html>", b"<rss><channel><item>", b"WARC/1.0\r\n", b"{", b"text,id\n", b"\x1f\x8b\x08", b"---\n"]
    ),
    middle=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
    name=st.sampled_from(["a", "a.txt", "a.html", "a.jsonl", "a.csv", "a.xml", "a.warc", "a.gz"]),
)
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, start: bytes, middle: bytes, name: str) -> None:
    for found in read_bytes(tmp_path_factory.getbasetemp(), name, start + middle):
        assert isinstance(found, Document | Rejected)


def test_a_charset_that_is_no_charset_of_texts_is_passed_over(tmp_path: Path) -> None:
    for charset in ("rot13", "zlib", "idna", "undefined", "unicode_escape", "utf-16\x00"):
        data = f'<html><head><meta charset="{charset}"></head><body><p>{TEXT * 3}“It is”</p>'.encode("cp1252")
        assert read_bytes(tmp_path, "a.html", data), charset


def test_a_tag_of_thousands_of_attributes_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    for form in ("a{}=x ", "a{} ", 'a{}="<" ', "/a{}=1"):
        tag = "<p " + "".join(form.format(number) for number in range(30_000)) + ">"
        assert "thousands of attributes" in refused(tmp_path, "a.html", f"<html><body>{tag}{TEXT}".encode()).reason
    state = " ".join(f"&quot;word{number}&quot;" for number in range(9000))
    assert isinstance(
        read_bytes(tmp_path, "b.html", page().replace("<body>", f"<body data-state='{state}'>").encode())[0], Document
    )


def test_an_input_of_nothing_but_failures_is_given_up(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.csv", b"text,title\n" + b'"",""\n' * 5000)
    assert len(found) == 1001
    assert "first 1,000 records" in found[-1].reason
    good = read_bytes(tmp_path, "b.jsonl", LINE + b"x\n" * 5000)
    assert len(good) == 5001


def test_pages_without_an_article_are_no_reason_to_give_up(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.jsonl", b'{"html": "<nav>%s</nav>"}\n' % (b"Home " * 50) * 1100 + LINE)
    assert isinstance(found[-1], Document)
    assert len(found) == 1101
    assert len(read_bytes(tmp_path, "b.jsonl", b'{"html": "<p>Home</p>"}\n' * 1100)) == 1001


@pytest.mark.parametrize(
    ("name", "field", "where"),
    [
        ("a.jsonl", "text", "rows.published"),
        ("a.csv", "text", "rows.published"),
        ("a.jsonl", "html", "webpage.refuse_crowded"),
    ],
)
def test_an_error_that_nobody_foresaw_costs_its_record_alone(
    name: str, field: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"app.documents.{where}", failing)
    good = {"text": TEXT, "html": page()}[field]
    rows = [{"id": "1", field: good}, {"id": "2", field: "<p>BROKEN</p>", "date": "BROKEN"}, {"id": "3", field: good}]
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", field, "date"])
    writer.writeheader()
    writer.writerows(rows)
    data = table.getvalue() if name == "a.csv" else "".join(f"{json.dumps(row)}\n" for row in rows)
    first, second, third = read_bytes(tmp_path, name, data.encode())
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert isinstance(second, Rejected)
    assert "KeyError: 'what nobody foresaw'" in second.reason
    assert "report" in second.hint


def test_an_error_that_nobody_foresaw_costs_its_input_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.documents.plain.published_from_name", failing)
    rejected = refused(tmp_path, "BROKEN.txt", TEXT.encode())
    assert (rejected.name, rejected.outcome) == ("BROKEN.txt", "failed")
    assert "KeyError: 'what nobody foresaw'" in rejected.reason
    assert "report" in rejected.hint


def failing(given: object, *_: object) -> None:
    if "BROKEN" in str(given):
        raise KeyError("what nobody foresaw")


LONG = "Words and more words.\n" * 4000 + TEXT
FEED = (
    "<rss version='2.0'><channel><title>The Cou&#0;rier</title>"
    f"<item><title>Bri&#0;dge</title><description>{TEXT}&#0; and more</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"---\ntitle: A b\0ridge\nauthors: [Jane\0 Roe]\n---\n{LONG}\0 and more".encode("utf-16")),
        ("a.txt", f"{LONG}\0 and more".encode()),
        ("a.html", page().replace("<nav>", f"<!--{'x' * 70_000}--><nav>").replace("bridge", "bri\0dge").encode()),
        ("a.html", page("A&#0;bridge").replace("bridge", "bri&#0;dge").encode()),
        ("a.xml", FEED.encode()),
    ],
)
def test_no_document_holds_a_nul_and_nothing_is_lost_for_one(name: str, data: bytes, tmp_path: Path) -> None:
    document = read_one(tmp_path, name, data)
    assert "\\x00" not in repr(document)
    assert ARTICLE[-1] in document.text


def test_a_nul_in_a_text_becomes_a_replacement_character_and_no_offset_moves(tmp_path: Path) -> None:
    text = f"{LONG}It was cl\0sed."
    for encoding in ("utf-8", "utf-16"):
        document = read_one(tmp_path, "a.txt", text.encode(encoding))
        assert document.text.removeprefix("\ufeff") == text.replace("\0", "\ufffd")
