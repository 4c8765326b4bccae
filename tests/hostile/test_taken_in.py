"""Five hundred hostile documents: each ingested or refused with a reason, none stops the others."""

import os
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from app.documents import Limits, read
from app.documents.inputs import Input
from app.records import Rejected
from tests.command import variorum
from tests.fuzz.limits import at_most
from tests.hostile.collection import Hostile
from tests.hostile.conftest import TakenIn

SECONDS = 10.0  # of processor time


def test_the_collection_is_the_same_every_time(hostile: list[Hostile]) -> None:
    from tests.hostile.collection import collection

    assert collection() == hostile
    assert min(Counter(one.family for one in hostile).values()) > 10


def test_each_is_read_or_refused_with_a_reason_in_bounded_time(hostile: list[Hostile], folder: Path) -> None:
    for one in hostile:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + one.name.encode("utf-8", "surrogateescape")))
        with at_most(SECONDS):
            found = list(read(Input(one.name, path, size=len(one.data)), Limits()))
        assert all(refused.reason and refused.hint for refused in found if isinstance(refused, Rejected)), one.name
        assert len(found) < 6000, one.name


def test_all_of_them_in_one_run_stop_nothing(hostile: list[Hostile], taken_in: TakenIn) -> None:
    assert taken_in.done.code == 1, taken_in.done.err[-2000:]
    assert "Traceback" not in taken_in.done.err + taken_in.done.out
    with sqlite3.connect(taken_in.database) as connection:
        told = connection.execute("SELECT name, outcome, reason, hint FROM run_inputs").fetchall()
        finished = connection.execute("SELECT finished_at FROM runs WHERE command = 'ingest'").fetchone()
    assert finished[0] is not None
    assert all(reason and hint for _, outcome, reason, hint in told if outcome in ("failed", "skipped"))
    assert Counter(outcome for _, outcome, _, _ in told)["added"] > 500
    assert len(told) >= len(hostile) - 5  # empty tables and files of blank lines hold nothing to tell of


def test_a_database_of_all_of_them_verifies(taken_in: TakenIn) -> None:
    done = variorum("verify", "--database", str(taken_in.database))
    assert (done.code, done.out.splitlines()[-1].endswith("checks, 0 findings")) == (0, True), done.out


def test_no_name_or_title_reaches_the_terminal_as_a_command(taken_in: TakenIn) -> None:
    said = taken_in.done.out + taken_in.done.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    lines = said.splitlines()
    assert not any(line.startswith("-failed: everything") for line in lines)


def test_every_quotation_is_the_slice_of_its_text(taken_in: TakenIn) -> None:
    with sqlite3.connect(taken_in.database) as connection:
        rows = connection.execute(
            "SELECT d.text, q.start, q.end FROM quotations q JOIN documents d ON d.id = q.document_id"
        ).fetchall()
    assert len(rows) > 1000
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for text, start, end in rows)
    assert any("\u202e" in text for text, _, _ in rows), "what was published stays as it is"


@pytest.mark.parametrize("aggregate", ["quotations", "quotes", "variants", "documents", "speakers"])
def test_no_cell_of_an_exported_table_begins_a_formula(aggregate: str, taken_in: TakenIn) -> None:
    import csv
    import io

    done = variorum("export", aggregate, "--format", "csv", "--database", str(taken_in.database))
    csv.field_size_limit(10**8)
    cells = [cell for row in csv.reader(io.StringIO(done.out)) for cell in row]
    assert done.code == 0
    assert len(cells) > 100
    began = [cell[:40] for cell in cells if re.match(r"[=+@\t\r＝＋－＠]|-(?!\d+(\.\d+)?$)", cell)]
    assert not began
