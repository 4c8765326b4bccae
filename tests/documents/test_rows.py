import json
from datetime import datetime
from pathlib import Path

import pytest

from app.documents import Limits
from app.records import Document, Published, Rejected
from tests.documents.helpers import TEXT, page, read_bytes, read_one, refused


def lines(*rows: object) -> bytes:
    return b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)


def test_a_line_of_jsonl_is_a_document_with_its_metadata(tmp_path: Path) -> None:
    row = {
        "id": "a1",
        "text": TEXT,
        "title": "Bridge",
        "publisher": "The Courier",
        "url": "https://courier.example/1",
        "authors": ["Jane Roe"],
        "date": "2025-03-15T14:30:00Z",
        "language": "en",
    }
    assert read_one(tmp_path, "a.jsonl", lines(row)) == Document(
        name="a1",
        text=TEXT,
        media="jsonl",
        title="Bridge",
        outlet="The Courier",
        url="https://courier.example/1",
        authors=("Jane Roe",),
        published=Published(datetime(2025, 3, 15, 14, 30), "time", "record"),
        language="en",
    )


def test_a_row_without_an_id_goes_by_file_and_line(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.jsonl", lines({"text": TEXT}, b"\n", {"text": TEXT, "id": 7}))
    assert [one.name for one in found] == ["a.jsonl#1", "7"]


def test_a_row_with_html_is_read_as_a_page(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.jsonl", lines({"id": "h", "html": page()}))
    assert document.text.startswith("Bridge to close for a year\nThe mayor")
    assert document.outlet == "The Courier"


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b'{"id": "x", "text": "cut off\n', "not JSON"),
        (b"[1, 2]\n", "not an object"),
        (b'{"id": "x"}\n', "no text"),
        (b'{"text": "' + b"\xff\xfe" + b'"}\n', "can't be read"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}\n", "not JSON"),
    ],
)
def test_a_broken_line_is_named_and_all_others_are_read(tmp_path: Path, broken: bytes, why: str) -> None:
    data = lines({"id": "1", "text": TEXT}, broken, {"id": "3", "text": TEXT})
    first, second, third = read_bytes(tmp_path, "a.jsonl", data)
    assert (first.name, third.name) == ("1", "3")
    assert isinstance(second, Rejected)
    assert second.name == "a.jsonl#2"
    assert second.reason.startswith("Line 2 of a.jsonl")
    assert why in second.reason


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    data = lines({"text": "x" * 200_000}, {"id": "2", "text": TEXT})
    long, good = read_bytes(tmp_path, "a.jsonl", data, Limits(max_record_bytes=10_000))
    assert isinstance(long, Rejected)
    assert "10,000 bytes" in long.reason
    assert isinstance(good, Document)


@pytest.mark.parametrize("unstorable", [b"\\ud800", b"\\u0000"])
def test_what_no_database_stores_becomes_a_replacement_character_without_moving_offsets(
    tmp_path: Path, unstorable: bytes
) -> None:
    document = read_one(tmp_path, "a.jsonl", b'{"text": "' + TEXT[:60].encode() + unstorable + b' and more"}')
    assert document.text == TEXT[:60] + "\ufffd and more"


def test_a_pretty_printed_json_file_is_refused_as_a_whole(tmp_path: Path) -> None:
    assert "one JSON value" in refused(tmp_path, "a.json", b'[\n  {"text": "x"}\n]').reason


def test_jsonl_is_known_by_its_content_where_the_name_says_nothing(tmp_path: Path) -> None:
    assert read_one(tmp_path, "dump", lines({"text": TEXT})).media == "jsonl"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_of_csv_is_a_document_with_its_metadata(tmp_path: Path, delimiter: str) -> None:
    quoted = '"' + TEXT.replace('"', '""') + '"'
    rows = [["ID", "Text", "Source", "Published"], ["a1", quoted, "The Courier", "15 March 2025"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    document = read_one(tmp_path, "a.csv", data)
    assert (document.name, document.text, document.outlet) == ("a1", TEXT, "The Courier")
    assert document.published == Published(datetime(2025, 3, 15), "day", "record")


def test_a_spreadsheet_saved_in_utf16_is_read(tmp_path: Path) -> None:
    data = f'id\ttext\na1\t"{TEXT}"\n'.encode("utf-16")
    assert read_one(tmp_path, "a.tsv", data).text == TEXT


@pytest.mark.parametrize("broken", ['2,"never closed', "2,too,many,fields", "2"])
def test_a_broken_row_is_named_and_all_others_are_read(tmp_path: Path, broken: str) -> None:
    body = TEXT.replace("\n", " ")
    data = f'id,text\n1,"{body}"\n{broken}\n3,"{body}"\n4,"{body}"\n'.encode()
    found = read_bytes(tmp_path, "a.csv", data)
    assert [one.name for one in found] == ["1", "a.csv#3", "3", "4"]
    assert [type(one) for one in found] == [Document, Rejected, Document, Document]
    assert "Line 3 of a.csv" in getattr(found[1], "reason", "")


def test_a_long_text_in_csv_is_read_up_to_the_limit_of_a_record(tmp_path: Path) -> None:
    text = TEXT * 1000
    assert read_one(tmp_path, "a.csv", f'id,text\n1,"{text}"\n'.encode()).text == text


def test_a_csv_without_a_text_field_is_refused(tmp_path: Path) -> None:
    assert "names no field text" in refused(tmp_path, "a.csv", b"id,headline\n1,x\n").reason
