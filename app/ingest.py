"""The main job: each document through all stages and into the store, one transaction a document."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import attribution, clustering, documents, extraction
from app.ahead import Answer, Reading, Step, Task, refused, workers_for
from app.inference import Tagger, load_tagger
from app.records import Document, Layout, Outcome, Quotation, Rejected, Span, Versions
from app.store import ledger, runs
from app.store.counts import refresh_corpus_counts
from app.store.documents import LONGEST_TITLE, Analysed, Judges, add_document, is_stored, is_unstorable, see_again
from app.store.engine import database_errors, writing
from app.store.migrate import schema_version
from app.store.words import words_of
from app.workers import TaskLost, Workers

MOST_LISTED = 50  # refused inputs that are told in full at the end
JUDGES = Judges(attribution.keys, attribution.identify, documents.containment)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document or refused record."""

    name: str
    outcome: Outcome
    quotations: int = 0
    reason: str | None = None
    hint: str | None = None


@dataclass(slots=True)
class Summary:
    """What a run did: outcomes counted, and the first inputs that failed or were skipped."""

    outcomes: Counter[str] = field(default_factory=Counter)
    quotations: int = 0
    refused: list[Result] = field(default_factory=list)
    before: int = 0  # documents and refused records that an interrupted run had done already

    def add(self, result: Result) -> None:
        """Count one result."""
        self.outcomes[result.outcome] += 1
        self.quotations += result.quotations
        if result.reason is not None and len(self.refused) < MOST_LISTED:
            self.refused.append(result)


@cache
def tagger() -> Tagger:
    """The packaged tagger, loaded once."""
    return load_tagger()


def versions() -> Versions:
    """What produces results now: package, schema, models."""
    return Versions(
        version("variorum"),
        schema_version(),
        {"tagger": tagger().manifest.version, "variants": clustering.load_model().version},
    )


def now() -> datetime:
    """The time as the store keeps it: UTC, naive."""
    return datetime.now(UTC).replace(tzinfo=None)


def work(task: Task) -> Answer:
    """What a process is for: to take a feed apart, to parse a page, or to analyse a document."""
    if isinstance(task, Document):
        return analyse(task)
    return task.parsed() if isinstance(task, documents.Unparsed) else task.parts()


def analyse(document: Document) -> Analysed:
    """All that the stages find in one document; pure."""
    layout = documents.segment(document)
    quotations = quotations_of(document.text, layout)
    return Analysed(
        document,
        quotations,
        tuple(_parts(document.text, q) for q in quotations),
        contexts(layout, [quotation.outer for quotation in quotations]),
        documents.signature(document.text[document.body_start :]),
        tuple(sorted(words_of((document.title and document.title[:LONGEST_TITLE], document.text)))),
    )


def _parts(text: str, quotation: Quotation) -> tuple[Span, ...]:
    """What is clustered: the sentences of a quotation, nothing of what is reported without marks."""
    return clustering.parts(text, quotation.span) if quotation.quoted else ()


def quotations_of(text: str, layout: Layout) -> tuple[Quotation, ...]:
    """The attributed quotations of one text."""
    tags = tagger().tag(text, [paragraph.span for paragraph in layout.paragraphs])
    return attribution.attribute(text, layout, extraction.extract(text, layout, tags), tags)


def contexts(layout: Layout, outers: Sequence[Span]) -> tuple[Span, ...]:
    """For each quotation with its marks, from the start of the sentence it begins in to the end of that it ends in."""
    sentences = [sentence for paragraph in layout.paragraphs for sentence in paragraph.sentences]
    starts = [sentence.start for sentence in sentences]
    found = []
    for start, end in outers:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        found.append(Span(min(start, sentences[max(first, 0)].start), max(end, sentences[last].end)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is done: by how many processes (0: this one; None: as many as are worth it), with how many seconds for
    a document, and the arguments by which an interrupted run is known again (none: it never is)."""

    workers: int | None = 0
    seconds: float = 60.0
    given: tuple[str, ...] = ()


def ingest(
    engine: Engine,
    inputs: Sequence[documents.Input],
    limits: documents.Limits,
    report: Callable[[Result], None],
    input_done: Callable[[documents.Input], None],
    plan: Plan = Plan(),
    finish: Callable[[Engine], object] = lambda _: None,
    pool: Workers[Task, Answer] | None = None,
) -> Summary:
    """Read `inputs` and store what they hold; `report` hears of each result, `input_done` of each input.

    Bad inputs are recorded in the ledger and stop nothing. A run of the same arguments that was interrupted is gone on
    with. `finish` belongs to the run: before it is done, the run is not finished. A `pool` that is given
    works in place of one that ends with the run. Raises DatabaseError.
    """
    summary, current = Summary(), versions()
    with writing(engine) as session:
        interrupted = plan.given and ledger.interrupted_run(session, "ingest", plan.given, current)
        run_id = interrupted or ledger.begin_run(session, "ingest", plan.given, current, now())
        before = ledger.read_progress(session, run_id)
    workers = workers_for(inputs) if plan.workers is None else plan.workers
    if plan.workers is None and interrupted:
        workers = max(workers, 1)  # what interrupted it may be in a document, and would interrupt it again
    # A connection of its own: what is read and what is written would each empty the other's cache of pages.
    with engine.connect() as store, nullcontext(pool) if pool else Workers(work, workers, plan.seconds) as pool:
        reading = Reading(limits, pool, lambda sha256: _is_stored(store, sha256))
        for step in reading.ahead(inputs, before, workers):
            summary.before += step.before
            result = _take(engine, run_id, step, pool)
            if result is not None:
                summary.add(result)
                report(result)
            if step.last:
                input_done(step.given)
    finish(engine)
    with writing(engine) as session:
        ledger.end_run(session, run_id, now())
        refresh_corpus_counts(session, quotes_too=False)
    return summary


def _is_stored(connection: Connection, sha256: str) -> bool:
    with database_errors(connection.engine), connection.begin():
        return is_stored(connection, sha256)


def _take(engine: Engine, run_id: int, step: Step, pool: Workers[Task, Answer]) -> Result | None:
    """Put what was found on record, with what it holds, in one transaction; None where nothing was found."""
    if step.found is None:
        if step.progress:
            with writing(engine, "documents") as session:
                ledger.note_progress(session, run_id, step.place, step.progress)
        return None
    found = _found(step)  # outside of any transaction, as in `_put`: it may take long
    try:
        return _put(engine, run_id, step, found, pool)
    except DBAPIError as error:
        if not is_unstorable(error):
            raise
        return _put(engine, run_id, step, _unstorable(found, error), pool)


def _put(engine: Engine, run_id: int, step: Step, found: Answer, pool: Workers[Task, Answer]) -> Result:
    if isinstance(found, Document):
        with writing(engine, "documents") as session:
            stored = see_again(session, found)
            if stored is not None:
                return _record(session, run_id, step, Result(found.name, stored.outcome), stored.document_id)
        found = _waited(pool.submit(found))
    with writing(engine, "documents") as session:
        if isinstance(found, Rejected):
            result = Result(found.name, found.outcome, reason=found.reason, hint=found.hint)
            return _record(session, run_id, step, result)
        assert isinstance(found, Analysed)
        stored = add_document(session, found, JUDGES, run_id, now())
        new = 0 if stored.outcome == "unchanged" else sum(quotation.quoted for quotation in found.quotations)
        result = Result(found.document.name, stored.outcome, new)
        return _record(session, run_id, step, result, stored.document_id)


def _unstorable(found: Answer, error: DBAPIError) -> Rejected:
    document = found.document if isinstance(found, Analysed) else found
    assert isinstance(document, Document | Rejected)
    said = str(error.orig).partition("\n")[0]
    return Rejected(document.name, "failed", f"It could not be stored: {said}.", documents.PLEASE_REPORT)


def _found(step: Step) -> Answer:
    if step.coming:
        return _waited(step.coming)
    assert isinstance(step.found, Document | Rejected)  # a page is always being worked on
    return step.found


def _waited(coming: "Future[Answer]") -> Answer:
    try:
        return coming.result()
    except TaskLost as lost:
        return refused(lost)


def _record(session: Session, run_id: int, step: Step, result: Result, document_id: int | None = None) -> Result:
    runs.record_input(session, run_id, result.name, result.outcome, result.reason, result.hint, document_id)
    if step.progress:
        ledger.note_progress(session, run_id, step.place, step.progress)
    return result
