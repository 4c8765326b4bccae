"""The `variorum` command as a person at a terminal meets it: what it prints, what it exits with."""

import csv
import io
import json
import socket
import time
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from rich.console import Console

from app.pipes import Answer, Task, work
from app.records import Document
from app.reporting import print_answers
from app.store.columns import COLUMNS
from app.store.migrate import migrate
from app.store.offered import AGGREGATES
from tests.command import variorum
from tests.databases import opened


@pytest.fixture
def filled(tmp_path: Path, reports: Path) -> str:
    database = str(tmp_path / "filled.db")
    assert variorum("ingest", str(reports), "--database", database).code == 0
    return database


def test_ingest_prints_a_table_of_what_it_did(tmp_path: Path, reports: Path) -> None:
    done = variorum("ingest", str(reports), "--database", str(tmp_path / "new.db"))
    assert done.code == 0
    counts = dict(line.replace("│", " ").split() for line in done.out.splitlines() if "│" in line)
    assert counts["added"] == "3"
    assert counts["failed"] == "0"
    assert int(counts["quotations"]) >= 5
    assert int(counts["quotes"]) >= 1


def test_ingest_without_inputs_is_a_usage_error() -> None:
    assert variorum("ingest").code == 2


def test_ingest_reads_standard_input(tmp_path: Path) -> None:
    line = json.dumps({"id": "memo-7", "text": "“The pier is closed,” Ann Ashby told the crews on Friday."})
    database = str(tmp_path / "piped.db")
    assert variorum("ingest", "-", "--database", database, stdin=line).code == 0
    exported = variorum("export", "quotations", "--database", database).out
    assert [json.loads(row)["doc"] for row in exported.splitlines()] == ["memo-7"]


def test_extract_prints_a_json_line_a_passage_with_all_its_fields(tmp_path: Path) -> None:
    page = tmp_path / "pier.txt"
    page.write_text("“The pier is closed,” Ann Ashby told the crews on Friday.\n", "utf-8")
    (passage,) = [json.loads(line) for line in variorum("extract", str(page)).out.splitlines()]
    text = page.read_text("utf-8")
    assert passage["doc"] == "pier.txt"
    assert text[passage["start"] : passage["end"]] == passage["text"] == "The pier is closed,"
    assert text[passage["source_start"] : passage["source_end"]] == passage["speaker"] == "Ann Ashby"
    assert text[passage["cue_start"] : passage["cue_end"]] == "told"
    assert passage["kind"] == "direct"
    assert 0 < passage["confidence"] <= 1


def test_extract_takes_json_lines_whose_ids_name_the_documents() -> None:
    lines = "\n".join(
        json.dumps({"id": f"n{n}", "text": f"“Pier {n} is closed to all boats,” Ann Ashby said on Friday."})
        for n in range(3)
    )
    passages = [json.loads(line) for line in variorum("extract", "-", stdin=lines).out.splitlines()]
    assert [p["doc"] for p in passages] == ["n0", "n1", "n2"]


def test_extract_takes_short_texts_in_which_no_language_can_be_told() -> None:
    line = json.dumps({"id": "x", "text": "“Ja,” Ann Ashby said."})
    assert json.loads(variorum("extract", "-", stdin=line).out)["speaker"] == "Ann Ashby"


def stalling(task: Task) -> Answer:
    """Work, but not on boats; runs in a process of its own."""
    if isinstance(task, Document) and "Boat" in task.text:
        time.sleep(1000)
    return work(task)


def test_extract_names_what_takes_too_long_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pipes.work", stalling)
    texts = {"boat": "Boat after boat is wet.", "pier": "“The pier is closed,” Ann Ashby told the crews on Friday."}
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    done = variorum("extract", "-", stdin=lines, VARIORUM_DOCUMENT_SECONDS="20")
    assert (done.code, json.loads(done.out)["doc"]) == (1, "pier")
    assert done.err.startswith("boat: Its quotations could not be found. It took longer than 20 seconds.")


def test_extract_refuses_a_feed_that_its_parser_fails_at(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><item><title>&#55357;</title></item></channel></rss>", "utf-8")
    done = variorum("extract", str(feed))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("feed.xml: It could not be read. It met an error (UnicodeEncodeError")
    assert "Traceback" not in done.err


def test_cluster_gives_equal_wordings_one_quote() -> None:
    lines = "\n".join(
        json.dumps({"id": name, "text": text})
        for name, text in [("a", "The pier is closed."), ("b", "the pier is closed"), ("c", "Bring your own oars!")]
    )
    done = variorum("cluster", "-", stdin=lines)
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"id": "a", "quote": "a"},
        {"id": "b", "quote": "a"},
        {"id": "c", "quote": "c"},
    ]


def test_cluster_names_the_line_that_it_cannot_read() -> None:
    done = variorum("cluster", "-", stdin='{"id": "a", "text": "x"}\n{"id": "b"}\n')
    assert done.code == 1
    assert "line 2" in done.err


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b", "text": "one two", "speaker": ["Ann"]}', "its 'speaker' is no text"),
        ('{"id": "b", "text": "one two", "doc": ["x"], "start": 1}', "its 'doc' is no text"),
        ('{"id": "b", "text": "one two", "doc": "x", "start": "1", "end": 2}', "its 'start' is no offset"),
        ('{"id": "b", "text": "one two", "doc": "x", "start": 1, "end": 1%s}' % ("0" * 400), "its 'end' is no offset"),
        ('{"id": "\\ud800", "text": "one two"}', "surrogates not allowed"),
        ('{"id": null, "text": "one two"}', "it has no 'id'"),
        ('{"id": "b"}', "it has no 'text'"),
        ('["b", "one two"]', "it is no object"),
        ("[" * 100_000, "it is nested too deeply"),
        ("one two", "Expecting value"),
    ],
)
def test_cluster_says_what_is_wrong_with_a_line_and_goes_on(line: str, reason: str) -> None:
    good = '{"id": "%s", "text": "The pier is closed.", "doc": "%s", "start": 0}\n'
    done = variorum("cluster", "-", stdin=f"{good % ('a', 1)}{line}\n{good % ('c', 2)}")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert done.err.startswith("-, line 2 is not a unit: ")
    assert reason in done.err
    assert [json.loads(line)["quote"] for line in done.out.splitlines()] == ["a", "a"]


def test_cluster_of_bad_lines_alone_gives_nothing() -> None:
    assert variorum("cluster", "-", stdin="{}\n").out == ""


def test_all_formats_export_the_same_rows(filled: str, tmp_path: Path) -> None:
    quotation = json.loads(variorum("export", "quotations", "--database", filled).out.splitlines()[0])["id"]
    variorum("decide", "speaker", quotation, "Bo Tarn", "--database", filled)
    table = tmp_path / "rows.parquet"
    for aggregate in AGGREGATES:
        rows = [json.loads(line) for line in variorum("export", aggregate, "--database", filled).out.splitlines()]
        comma = variorum("export", aggregate, "--format", "csv", "--database", filled).out
        variorum("export", aggregate, "--format", "parquet", "--output", str(table), "--database", filled)
        assert rows
        assert parquet.read_table(table).to_pylist() == rows
        assert [row["id"] for row in csv.DictReader(io.StringIO(comma))] == [row["id"] for row in rows]


@pytest.fixture
def empty(tmp_path: Path) -> str:
    address = str(tmp_path / "empty.db")
    with opened(address) as engine:
        migrate(engine)
    return address


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_an_export_without_rows_has_its_columns_still(empty: str, tmp_path: Path, aggregate: str) -> None:
    head = variorum("export", aggregate, "--format", "csv", "--database", empty).out
    table = tmp_path / "rows.parquet"
    done = variorum("export", aggregate, "--format", "parquet", "--output", str(table), "--database", empty)
    assert (done.code, done.err) == (0, "")
    assert parquet.read_schema(table).names == list(COLUMNS[aggregate]) == head.strip().split(",")
    assert parquet.read_table(table).to_pylist() == []


@pytest.mark.parametrize("place", ["no-folder/quotes.csv", "."])
def test_an_export_that_cannot_be_written_says_so(filled: str, tmp_path: Path, place: str) -> None:
    done = variorum("export", "quotes", "--output", str(tmp_path / place), "--database", filled)
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert f"{tmp_path / place} can't be written: " in done.err


def test_an_export_that_fails_leaves_the_file_that_was_there(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "quotes.csv"
    file.write_text("kept", "utf-8")
    done = variorum("export", "quotes", "--format", "csvv", "--output", str(file), "--database", filled)
    assert (done.code, file.read_text("utf-8")) == (2, "kept")
    assert variorum("export", "quotes", "--output", str(file), "--database", filled).code == 0
    assert file.read_text("utf-8").startswith("{")
    assert sorted(path.name for path in tmp_path.glob("*quotes.csv*")) == ["quotes.csv"]


def test_export_of_something_else_is_a_usage_error(filled: str) -> None:
    done = variorum("export", "sonnets", "--database", filled)
    assert done.code == 2
    assert "quotations" in done.err


def test_check_shows_the_quote_with_its_speaker(filled: str) -> None:
    done = variorum("check", "good vibes coming out of the ferry talks", "--database", filled)
    assert "Shortened" in done.out
    assert "“We are getting some pretty good vibes coming out of the ferry talks,”" in done.out
    assert "without “We are getting some pretty”" in done.out
    assert "Ann Ashby" in done.out


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (1, "1 more sentence was not looked up: ask for it apart.\n"),
        (1_200, "1,200 more sentences were not looked up: ask for them apart.\n"),
    ],
)
def test_check_says_how_many_sentences_it_left_out(left: int, told: str) -> None:
    print_answers(Console(file=(out := io.StringIO())), [], left)
    assert out.getvalue() == told


def test_check_never_calls_unknown_words_false(filled: str) -> None:
    done = variorum("check", "zebras prefer jazz on rainy Tuesdays", "--database", filled)
    assert "Not in this corpus" in done.out
    assert "false" not in done.out.lower()


def test_status_counts_and_names_failures_with_their_reasons(tmp_path: Path, reports: Path) -> None:
    database = str(tmp_path / "new.db")
    variorum("ingest", str(reports), str(tmp_path / "absent.txt"), "--database", database)
    done = variorum("status", "--database", database)
    assert "documents" in done.out
    assert "absent.txt" in done.out
    assert "schema" in done.out


def test_serve_says_when_its_port_is_taken(filled: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = variorum("serve", "--port", str(port), "--database", filled)
    assert done.code == 2
    assert str(port) in done.err
    assert "--port" in done.err


def test_recluster_says_how_many_quotes_and_variants_there_are(filled: str) -> None:
    assert "quotes in" in variorum("recluster", "--database", filled).out
