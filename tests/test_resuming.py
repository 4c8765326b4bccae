"""A run over many processes, and one that was interrupted: nothing lost, nothing done twice."""

import json
import os
import re
import signal
from collections.abc import Callable, Sequence
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

import app.ahead
import app.ingest
from app.ahead import Answer, Task
from app.documents import Input, Limits, Parts, Uncut, Unparsed, expand
from app.ingest import Plan, Result, Summary, ingest
from app.records import Document
from app.store.engine import connect
from app.store.export import AGGREGATES, export_rows
from app.store.ledger_tables import ProgressRow
from app.store.migrate import migrate
from app.store.runs import last_run
from app.store.tables import RunInputRow, RunRow
from tests.conftest import REPORTS
from tests.hostile.archives import record, response

analyse, work = app.ingest.analyse, app.ingest.work


def poisoned(task: Task) -> Answer:
    """Analyse, but die or stall at what the text says; runs in a worker."""
    if isinstance(task, Document):
        _suffer(task.text)
    return work(task)


def poisoned_page(task: Task) -> Answer:
    """Parse, but die or stall at what the page says; runs in a worker."""
    if isinstance(task, Unparsed):
        _suffer(repr(task))
    return work(task)


def poisoned_feed(task: Task) -> Answer:
    """Take a feed apart, but die or stall at what it says; runs in a worker."""
    if isinstance(task, Uncut):
        _suffer(repr(task))
    return work(task)


def _suffer(words: str) -> None:
    if "POISON" in words:
        signal.raise_signal(signal.SIGSEGV)
    if "MAZE" in words:
        re.match(r"(a+)+$", "a" * 60 + "b")


def run(
    engine: Engine,
    *paths: Path,
    workers: int = 0,
    report: Callable[[Result], None] = lambda _: None,
    seconds: float = 60.0,
) -> Summary:
    given = [str(path) for path in paths]
    plan = Plan(workers, seconds, tuple(given))
    return ingest(engine, expand(given), Limits(), report, lambda _: None, plan)


def contents(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with Session(engine) as session:
        found = {aggregate: list(export_rows(session, aggregate)) for aggregate in AGGREGATES}
        found["ledger"] = [
            (row.name, row.outcome, row.reason, row.document_id)
            for row in session.scalars(select(RunInputRow).order_by(RunInputRow.id))
        ]
        return found


def aggregates(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    return {name: rows for name, rows in contents(engine).items() if name in AGGREGATES}


def other(tmp_path: Path, name: str) -> Engine:
    engine = connect(str(tmp_path / f"{name}.db"))
    migrate(engine)
    return engine


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Reports, some of them in one file, one twice, one refused, one that never ends."""
    folder = tmp_path / "many"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    lines = [
        f'{{"id": "{n}", "text": "“Boat {n} is wet through and through,” said Boatman Carl Dunmore on the quay."}}'
        for n in range(12)
    ]
    (folder / "4-boats.jsonl").write_text("\n".join([*lines, "{broken", lines[3], lines[11]]) + "\n", "utf-8")
    (folder / "5-again.txt").write_text(REPORTS["1-harbour.txt"], "utf-8")
    (folder / "6-empty.txt").write_bytes(b"")
    return folder


def test_results_are_the_same_whatever_the_number_of_processes(tmp_path: Path, many: Path, engine: Engine) -> None:
    alone: list[Result] = []
    run(engine, many, report=alone.append)
    for workers in (1, 2):
        together: list[Result] = []
        several = other(tmp_path, f"with-{workers}")
        run(several, many, workers=workers, report=together.append)
        assert together == alone
        assert contents(several) == contents(engine)


@pytest.mark.parametrize("poison", ["POISON", "MAZE"])
def test_a_document_that_ends_or_stalls_its_process_fails_alone(
    poison: str, tmp_path: Path, many: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, many)
    (many / "2-bad.txt").write_text(f"Nobody should read this {poison} on the quay of Port Venn.\n", "utf-8")
    (many / "2-bad-too.txt").write_text(f"Nobody should read this {poison} on the quay of Port Venn.\n", "utf-8")
    monkeypatch.setattr(app.ingest, "work", poisoned)
    several = other(tmp_path, "poisoned")
    summary = run(several, many, workers=2, seconds=3.0)
    failed = {result.name: result for result in summary.refused if "bad" in result.name}
    assert {result.outcome for result in failed.values()} == {"failed"}
    said = "ended (SIGSEGV)" if poison == "POISON" else "longer than 3 seconds"
    assert all(said in (result.reason or "") and result.hint for result in failed.values())
    assert len(failed) == 2
    assert aggregates(several) == aggregates(engine)


def page(number: int) -> str:
    """An article that says its number, with a menu before it."""
    boat = f"<p>“The cabin of boat {number} is wet through and through,” said Boatman Carl Dunmore on the quay.</p>"
    crews = "<p>The crews of the island ferries met the harbour ministry on Friday morning, as they do each month.</p>"
    return f"<!doctype html><html lang='en'><body><nav>Home</nav><article>{boat}{crews}</article></body></html>"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages as files, in an archive, as rows and in a feed; some twice, one without an article."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(4):
        (folder / f"1-page-{number}.html").write_text(page(number), "utf-8")
    (folder / "2-again.html").write_text(page(3), "utf-8")
    (folder / "3-menu.html").write_text("<!doctype html><html><body><nav>Home</nav></body></html>", "utf-8")
    records = [record(response(page(n).encode()), target=b"https://boats.example/%d" % n) for n in (4, 0, 4, 5, 6)]
    (folder / "4-archive.warc").write_bytes(b"".join(records) + record(response(b"<p>No")))
    rows = [{"id": f"row-{n}", "html": page(n), "outlet": "Gannet Ledger"} for n in (7, 8, 7, 1)]
    (folder / "5-rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    entries = "".join(
        f"<item><title>Boat {n}</title><description>{escape(page(n))}</description></item>" for n in (9, 9)
    )
    (folder / "6-feed.xml").write_text(f"<rss version='2.0'><channel>{entries}</channel></rss>", "utf-8")
    return folder


def test_pages_are_parsed_by_the_processes_with_the_same_results(tmp_path: Path, pages: Path, engine: Engine) -> None:
    alone: list[Result] = []
    summary = run(engine, pages, report=alone.append)
    assert summary.outcomes == {"added": 10, "unchanged": 6, "failed": 2}
    assert summary.quotations == 10
    several, together = other(tmp_path, "several"), list[Result]()
    run(several, pages, workers=2, report=together.append)
    assert together == alone
    assert contents(several) == contents(engine)


@pytest.mark.once
@pytest.mark.parametrize("poison", ["POISON", "MAZE"])
def test_a_page_that_ends_or_stalls_the_parser_fails_alone(
    poison: str, tmp_path: Path, pages: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, pages)
    bad = page(99).replace("wet", poison)
    names = {"4-bad.warc#1"}
    (pages / "4-bad.warc").write_bytes(record(response(bad.encode())))
    if poison == "POISON":
        names |= {"1-page-2-bad.html", "5-bad.jsonl#1"}
        (pages / "1-page-2-bad.html").write_text(bad, "utf-8")
        (pages / "5-bad.jsonl").write_text(json.dumps({"id": "bad", "html": bad}) + "\n", "utf-8")
    monkeypatch.setattr(app.ingest, "work", poisoned_page)
    several = other(tmp_path, "poisoned")
    summary = run(several, pages, workers=2, seconds=60.0 if poison == "POISON" else 20.0)
    failed = {result.name: result for result in summary.refused if "bad" in result.name}
    said = "ended (SIGSEGV)" if poison == "POISON" else "longer than 20 seconds"
    assert failed.keys() == names
    assert all(said in (result.reason or "") and result.hint for result in failed.values())
    assert all((result.reason or "").startswith("It could not be read.") for result in failed.values())
    assert aggregates(several) == aggregates(engine)


@pytest.mark.once
@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize("poison", ["POISON", "MAZE"])
def test_a_feed_that_ends_or_stalls_the_parser_fails_alone(
    poison: str, workers: int, tmp_path: Path, pages: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, pages)
    feed = (pages / "6-feed.xml").read_text("utf-8")
    (pages / "5-bad.xml").write_text(feed.replace("Boat", poison), "utf-8")
    monkeypatch.setattr(app.ingest, "work", poisoned_feed)
    several = other(tmp_path, "poisoned")
    summary = run(several, pages, workers=workers, seconds=60.0 if poison == "POISON" else 20.0)
    (failed,) = (result for result in summary.refused if "bad" in result.name)
    said = "ended (SIGSEGV)" if poison == "POISON" else "longer than 20 seconds"
    assert (failed.name, failed.outcome) == ("5-bad.xml", "failed")
    assert (failed.reason or "").startswith("It could not be read.")
    assert said in (failed.reason or "")
    assert failed.hint
    assert aggregates(several) == aggregates(engine)


def test_a_page_whose_text_is_stored_is_parsed_and_not_analysed_again(
    pages: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, pages)
    analysed: list[str] = []
    monkeypatch.setattr(app.ingest, "analyse", lambda document: analysed.append(document.name) or analyse(document))
    assert run(engine, pages).outcomes == {"unchanged": 16, "failed": 2}
    assert analysed == []


def test_pages_that_were_done_before_an_interruption_are_not_parsed_again(
    tmp_path: Path, pages: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, pages)
    interrupted, numbers = other(tmp_path, "interrupted"), count(1)

    def stopping(_: Result) -> None:
        if next(numbers) == 9:  # in the archive
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted, pages, workers=2, report=stopping)
    parsed: list[str] = []
    parse = Unparsed.parsed
    monkeypatch.setattr(Unparsed, "parsed", lambda page: parsed.append(page.name) or parse(page))
    assert run(interrupted, pages).before == 9
    assert "4-archive.warc#3" not in parsed
    assert "4-archive.warc#4" in parsed
    assert contents(interrupted) == contents(engine)


def run_until(engine: Engine, given: Path, number: int) -> None:
    """Take documents in, and be interrupted when so many are stored."""
    numbers = count(1)

    def stopping(_: Result) -> None:
        if next(numbers) == number:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(engine, given, report=stopping)


@pytest.mark.parametrize("stop", [1, 9, 18])
def test_the_same_command_goes_on_where_it_was_interrupted(
    stop: int, tmp_path: Path, many: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(engine, many)
    interrupted = other(tmp_path, "interrupted")
    run_until(interrupted, many, stop)
    analysed: list[str] = []
    monkeypatch.setattr(app.ingest, "analyse", lambda document: analysed.append(document.name) or analyse(document))
    rest = run(interrupted, many)
    assert rest.before == stop
    assert rest.outcomes.total() == whole.outcomes.total() - stop
    assert len(analysed) == sum(rest.outcomes[outcome] for outcome in ("added", "updated"))
    assert contents(interrupted) == contents(engine)
    with Session(interrupted) as session:
        assert session.scalar(select(func.count(RunRow.id))) == 1
        assert session.scalar(select(func.count(ProgressRow.id))) == 0
        finished = last_run(session, "ingest")
        assert finished is not None
        assert finished.finished_at


@pytest.mark.parametrize("done", [1, 3])
def test_an_input_that_ends_sooner_than_before_is_told_and_tried_again(
    done: int, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = "".join(f"<item><description>{escape(page(n))}</description></item>" for n in range(5))
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel>{entries}</channel></rss>", "utf-8")
    run_until(engine, feed, done)
    with monkeypatch.context() as patch:
        patch.setattr(app.ingest, "work", unable_to_cut)
        lost = run(engine, feed)
    assert (lost.before, lost.outcomes) == (done, {"failed": 1})
    assert "met an error" in (lost.refused[0].reason or "")
    assert run(engine, feed).outcomes == {"unchanged": done, "added": 5 - done}


def unable_to_cut(task: Task) -> Answer:
    """Work, but not on feeds."""
    if isinstance(task, Uncut):
        raise MemoryError
    return work(task)


def test_an_input_that_changed_since_the_interruption_is_read_again(many: Path, engine: Engine) -> None:
    def stopping(result: Result) -> None:
        if result.name == "3-ledger.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(engine, many, report=stopping)
    report = many / "1-harbour.txt"
    report.write_text(report.read_text("utf-8").replace("pretty good", "very good"), "utf-8")
    summary = run(engine, many)
    assert summary.before == 2
    assert summary.outcomes["updated"] == 1


def test_another_command_does_not_go_on_with_an_interrupted_run(many: Path, engine: Engine) -> None:
    def stopping(_: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(engine, many, report=stopping)
    assert run(engine, many / "1-harbour.txt").before == 0
    assert run(engine, many).before == 1


def test_what_comes_after_the_documents_belongs_to_the_run(many: Path, engine: Engine) -> None:
    plan = Plan(given=(str(many),))

    def failing(_: Engine) -> None:
        raise KeyboardInterrupt

    inputs = expand([str(many)])
    with pytest.raises(KeyboardInterrupt):
        ingest(engine, inputs, Limits(), lambda _: None, lambda _: None, plan, failing)
    again = ingest(engine, inputs, Limits(), lambda _: None, lambda _: None, plan)
    assert again.outcomes.total() == 0
    assert again.before == 20


def test_few_documents_are_ahead_of_the_store_however_many_there_are(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "long.jsonl"
    text = "“The cabins of boat %d are wet through and through,” Boatman Carl Dunmore said on the quay."
    archive.write_text("".join(f'{{"id": "{n}", "text": "{text % n}"}}\n' for n in range(60)), "utf-8")
    monkeypatch.setattr(app.ahead, "MOST_DOCUMENTS", 4)
    ahead = watched(monkeypatch)
    stored = count()
    run(engine, archive, workers=2, report=lambda _: ahead.append(-next(stored)))
    assert max_ahead(ahead) <= 4 * 2 + 2


def test_no_more_characters_are_ahead_of_the_store_than_memory_may_hold(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "long.jsonl"
    archive.write_text("".join(f'{{"id": "{n}", "text": "Boat {n} is wet. {"x " * 500}"}}\n' for n in range(30)))
    monkeypatch.setattr(app.ahead, "MOST_CHARACTERS", 3000)
    ahead = watched(monkeypatch)
    stored = count()
    run(engine, archive, workers=2, report=lambda _: ahead.append(-next(stored)))
    assert max_ahead(ahead) <= 3 + 2


def test_the_bytes_of_pages_and_the_text_that_comes_of_them_count(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        hidden = f"<script>{'x' * 1000}</script>"
        (tmp_path / f"{number:02}.html").write_text(page(number).replace("<body>", f"<body>{hidden}"), "utf-8")
    monkeypatch.setattr(app.ahead, "MOST_CHARACTERS", 4000)
    ahead = watched(monkeypatch)
    stored = count()
    run(engine, tmp_path, workers=2, report=lambda _: ahead.append(-next(stored)))
    assert max_ahead(ahead) <= 3 + 2


def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by a 1 for each document read."""
    events: list[int] = []
    read = app.ahead.documents.read_unparsed

    def reading(given: Input, limits: Limits, cut: Callable[[Uncut], Parts]) -> Any:
        for found in read(given, limits, cut):
            events.append(1)
            yield found

    monkeypatch.setattr(app.ahead.documents, "read_unparsed", reading)
    return events


def max_ahead(events: Sequence[int]) -> int:
    """The most that were read and not stored, of events 1 (read) and 0 or less (stored)."""
    held = most = 0
    for event in events:
        held += 1 if event == 1 else -1
        most = max(most, held)
    return most


def test_workers_are_started_only_where_they_are_worth_it(many: Path) -> None:
    assert app.ahead.workers_for(expand([str(many)])) == 0
    assert app.ahead.workers_for([Input("a", Path("a"), size=300_000)]) == len(os.sched_getaffinity(0))
    assert app.ahead.workers_for([Input("-")]) >= 1
