"""Bad inputs and unusable databases: each with a clear error, and everything else ingested."""

import gzip
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.engine import connect
from app.store.migrate import migrate
from tests.command import Done, variorum

GOOD = "“The pier is closed to all boats,” Harbour Minister Ann Ashby told the crews on Friday morning.\n"


def empty(folder: Path) -> Path:
    return written(folder / "empty.txt", b"")


def binary(folder: Path) -> Path:
    return written(folder / "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


def huge(folder: Path) -> Path:
    path = folder / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    return path


def truncated_gzip(folder: Path) -> Path:
    return written(folder / "cut.txt.gz", gzip.compress(GOOD.encode() * 500)[:-20])


def truncated_warc(folder: Path) -> Path:
    page = b"<html><body><article>" + b"<p>The crews of the ferries met in the harbour.</p>" * 50 + b"</article>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour-post.example/x\r\n"
        b"WARC-Date: 2031-03-14T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + str(len(http)).encode() + b"\r\n\r\n"
    )
    return written(folder / "cut.warc.gz", gzip.compress(head + http + b"\r\n\r\n")[:-30])


def invalid_utf8(folder: Path) -> Path:
    return written(folder / "bytes.txt", b"\xff\xfe\xfa" + bytes(range(128, 256)) * 40 + b"\x00\x81")


def html_without_article(folder: Path) -> Path:
    return written(folder / "menu.html", b"<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>")


def broken_json_line(folder: Path) -> Path:
    return written(
        folder / "lines.jsonl", b'{"id": "ok", "text": "' + GOOD.strip().encode() + b'"}\n{"id": "no", "te\n'
    )


def missing(folder: Path) -> Path:
    return folder / "absent.txt"


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "make",
    [
        empty,
        binary,
        huge,
        truncated_gzip,
        truncated_warc,
        invalid_utf8,
        html_without_article,
        broken_json_line,
        missing,
    ],
    ids=lambda make: make.__name__,
)
def test_a_bad_input_is_named_with_its_reason_and_the_good_one_is_ingested(make, tmp_path: Path) -> None:
    bad, good = make(tmp_path), written(tmp_path / "good.txt", GOOD.encode())
    done = variorum("ingest", str(bad), str(good), "--database", str(tmp_path / "new.db"))
    assert done.code == 1
    assert "Traceback" not in done.err
    (complaint,) = [line for line in done.out.splitlines() if line.startswith("failed: ")]
    assert bad.name in complaint
    assert complaint.count(".") >= 2, "a reason and a hint, each a sentence"
    exported = variorum("export", "quotations", "--database", str(tmp_path / "new.db")).out
    assert '"doc": "good.txt"' in exported


def test_an_unreachable_address_is_named_with_its_reason(tmp_path: Path) -> None:
    done = variorum("ingest", "http://127.0.0.1:9/page", "--database", str(tmp_path / "new.db"))
    assert done.code == 1
    assert "failed: http://127.0.0.1:9/page" in done.out


def test_an_unreadable_folder_is_named_with_its_reason(tmp_path: Path) -> None:
    good = written(tmp_path / "good.txt", GOOD.encode())
    database = migrated(tmp_path / "new.db")
    closed = tmp_path / "closed"
    closed.mkdir()
    with opened_to_all(tmp_path):
        closed.chmod(0)
        done = variorum("ingest", str(closed), str(good), "--database", str(database), unprivileged=os.getuid() == 0)
    assert done.code == 1
    (complaint,) = [line for line in done.out.splitlines() if line.startswith("failed: ")]
    assert "closed" in complaint
    assert "ermission" in complaint or "may not be read" in complaint


def test_a_read_only_database_is_told_in_one_line(tmp_path: Path) -> None:
    database = migrated(tmp_path / "kept.db")
    good = written(tmp_path / "good.txt", GOOD.encode())
    address = f"sqlite:///file:{database}?mode=ro&uri=true"
    assert_one_line(variorum("ingest", str(good), "--database", address), "read-only", database)


def test_a_locked_database_is_told_in_one_line(tmp_path: Path) -> None:
    database = migrated(tmp_path / "busy.db")
    good = written(tmp_path / "good.txt", GOOD.encode())
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = variorum("ingest", str(good), "--database", str(database), VARIORUM_BUSY_SECONDS="0.2")
    holder.close()
    assert_one_line(done, "locked", database)


def test_a_database_of_a_newer_schema_is_told_in_one_line(tmp_path: Path) -> None:
    database = migrated(tmp_path / "newer.db")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (["status"], ["serve", "--port", "8123"], ["ingest", str(tmp_path)]):
        assert_one_line(variorum(*command, "--database", str(database)), "newer", database)


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    database = written(tmp_path / "notes.db", b"This is not a database at all, it is a note.\n" * 50)
    assert_one_line(variorum("status", "--database", str(database)), "not a database", database)


def migrated(path: Path) -> Path:
    engine = connect(str(path))
    migrate(engine)
    engine.dispose()
    return path


def assert_one_line(done: Done, reason: str, database: Path) -> None:
    assert done.code == 1
    (line,) = done.err.strip().splitlines()
    assert line.startswith("Error: ")
    assert reason in line
    assert database.name in line


@contextmanager
def opened_to_all(folder: Path) -> Iterator[None]:
    """Let everybody into `folder` and into the folders above it that pytest keeps for its user alone."""
    closed = (parent for parent in folder.parents if parent.stat().st_mode & 0o005 != 0o005)
    paths = [folder, *folder.iterdir(), *closed]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o777)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
