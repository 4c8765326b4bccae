"""The main job: each document through all stages and into the store, one transaction a document."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import attribution, clustering, documents, extraction
from app.inference import Tagger, load_tagger
from app.records import Document, Layout, Outcome, Quotation, Rejected, Span, Versions
from app.store import runs
from app.store.counts import refresh_corpus_counts
from app.store.documents import Analysed, Judges, Stored, add_document, see_again
from app.store.engine import writing
from app.store.migrate import schema_version

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
    """What a run did: outcomes counted, and every input that failed or was skipped."""

    outcomes: Counter[str] = field(default_factory=Counter)
    quotations: int = 0
    refused: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Count one result."""
        self.outcomes[result.outcome] += 1
        self.quotations += result.quotations
        if result.reason is not None:
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


def analyse(document: Document) -> Analysed:
    """All that the stages find in one document; pure."""
    layout = documents.segment(document)
    quotations = quotations_of(document.text, layout)
    return Analysed(
        document,
        quotations,
        tuple(_parts(document.text, q) for q in quotations),
        _contexts(layout, quotations),
        documents.signature(document.text[document.body_start :]),
    )


def _parts(text: str, quotation: Quotation) -> tuple[Span, ...]:
    """What is clustered: the sentences of a quotation, nothing of what is reported without marks."""
    return clustering.parts(text, quotation.span) if quotation.quoted else ()


def quotations_of(text: str, layout: Layout) -> tuple[Quotation, ...]:
    """The attributed quotations of one text."""
    tags = tagger().tag(text, [paragraph.span for paragraph in layout.paragraphs])
    return attribution.attribute(text, layout, extraction.extract(text, layout, tags), tags)


def _contexts(layout: Layout, quotations: tuple[Quotation, ...]) -> tuple[Span, ...]:
    """For each quotation, from the start of the sentence it begins in to the end of the one it ends in."""
    sentences = [sentence for paragraph in layout.paragraphs for sentence in paragraph.sentences]
    starts = [sentence.start for sentence in sentences]
    contexts = []
    for quotation in quotations:
        start, end = quotation.outer
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        contexts.append(Span(min(start, sentences[max(first, 0)].start), max(end, sentences[last].end)))
    return tuple(contexts)


def ingest(
    engine: Engine,
    inputs: Iterable[documents.Input],
    limits: documents.Limits,
    report: Callable[[Result], None],
    input_done: Callable[[documents.Input], None],
) -> Summary:
    """Read `inputs` and store what they hold; `report` hears of each result, `input_done` of each input.

    Bad inputs are recorded in the ledger and stop nothing. Raises DatabaseError.
    """
    summary = Summary()
    with writing(engine) as session:
        run_id = runs.start_run(session, "ingest", versions(), now())
    for one in inputs:
        for found in documents.read(one, limits):
            result = _refuse(engine, run_id, found) if isinstance(found, Rejected) else _store(engine, run_id, found)
            summary.add(result)
            report(result)
        input_done(one)
    with writing(engine) as session:
        runs.finish_run(session, run_id, now())
        refresh_corpus_counts(session)
    return summary


def _refuse(engine: Engine, run_id: int, found: Rejected) -> Result:
    with writing(engine) as session:
        runs.record_input(session, run_id, found.name, found.outcome, found.reason, found.hint)
    return Result(found.name, found.outcome, reason=found.reason, hint=found.hint)


def _store(engine: Engine, run_id: int, document: Document) -> Result:
    with writing(engine) as session:
        stored = see_again(session, document)
        if stored is not None:
            _record(session, run_id, document, stored)
            return Result(document.name, stored.outcome)
    analysed = analyse(document)  # outside of any transaction: it may take long
    with writing(engine) as session:
        stored = add_document(session, analysed, JUDGES, run_id, now())
        _record(session, run_id, document, stored)
    return Result(document.name, stored.outcome, sum(q.quoted for q in analysed.quotations))


def _record(session: Session, run_id: int, document: Document, stored: Stored) -> None:
    runs.record_input(session, run_id, document.name, stored.outcome, document_id=stored.document_id)
