"""How fast documents are taken in, by stage, and beside finding their quotations alone, in the same run."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import sysconf
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import documents
from app.ahead import Answer, Reading, Task
from app.documents import Input, Limits, expand
from app.evaluation.invented_files import Media, write_articles
from app.ingest import JUDGES, Plan, analyse, ingest, now, work
from app.recluster import recluster
from app.records import Document
from app.store.documents import add_document
from app.store.engine import connect, writing
from app.store.migrate import migrate
from app.store.tables import QuoteRow
from app.workers import Workers

Figures = dict[str, float | int]


def bench_ingest(folder: Path | None, count: int, media: Media, workers: int, repetitions: int) -> Figures:
    """Take in the documents of `folder`, or else so many invented articles; in turn, read and find quotations alone.

    Articles per second are medians over the repetitions, with `workers` processes that are warm when the clock starts.
    """
    with TemporaryDirectory() as place:
        inputs = expand([str(folder or write_articles(Path(place) / "articles", count, media))])
        read_started = perf_counter()
        found = [one for given in inputs for one in documents.read(given, Limits()) if isinstance(one, Document)]
        read = perf_counter() - read_started
        alone, taken = [], []
        for number in range(repetitions):
            alone.append(_alone(inputs, workers))
            engine = _engine(Path(place) / f"{number}.db")
            taken.append(_ingest(engine, inputs, workers))
        started = perf_counter()
        recluster(engine)
        clustered = perf_counter() - started
        with Session(engine) as session:
            quotes = session.scalar(select(func.count(QuoteRow.id))) or 0
        engine.dispose()
        analysed, store = _stages(found, Path(place) / "stages.db")
    each = 1000 / max(len(found), 1)
    return {
        "documents": len(found),
        "characters_per_document": round(sum(len(one.text) for one in found) / max(len(found), 1)),
        "processes": workers,
        "extraction_documents_per_second": round(len(found) / median(one.seconds for one in alone), 1),
        "ingest_documents_per_second": round(len(found) / median(one.seconds for one in taken), 1),
        "ingest_to_extraction_time": round(median(b.seconds / a.seconds for a, b in zip(alone, taken, strict=True)), 2),
        "ingest_to_extraction_processor_time": round(
            median(b.together / a.together for a, b in zip(alone, taken, strict=True)), 2
        ),
        "milliseconds_of_processor_extraction": round(median(one.together for one in alone) * each, 2),
        "milliseconds_of_processor_ingest": round(median(one.together for one in taken) * each, 2),
        "milliseconds_of_processor_of_the_writer_extraction": round(median(one.own for one in alone) * each, 2),
        "milliseconds_of_processor_of_the_writer_ingest": round(median(one.own for one in taken) * each, 2),
        "milliseconds_read": round(read * each, 2),
        "milliseconds_extract": round(analysed * each, 2),
        "milliseconds_store": round(store * each, 2),
        "milliseconds_cluster": round(clustered * each, 2),
        "quotes": quotes,
        "peak_megabytes_of_the_writer": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
    }


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, of a processor in this process alone, and of one in this and those that it started."""

    seconds: float
    own: float
    together: float


@dataclass(frozen=True, slots=True)
class _Clock:
    """When something began."""

    started: float
    own: float
    together: float

    @classmethod
    def begin(cls) -> "_Clock":
        return cls(perf_counter(), process_time(), process_time() + _of_children())

    def took(self) -> Took:
        own, now = process_time(), perf_counter()
        return Took(now - self.started, own - self.own, own + _of_children() - self.together)


def _of_children() -> float:
    """Seconds of a processor that the processes took that this one started and that are there, as Linux tells it."""
    children = [pid for listed in Path("/proc/self/task").glob("*/children") for pid in listed.read_text().split()]
    fields = [Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split() for pid in children]
    return sum(int(user) + int(system) for user, system in (one[11:13] for one in fields)) / sysconf("SC_CLK_TCK")


def _alone(inputs: Sequence[Input], workers: int) -> Took:
    """Reading and finding quotations by the same processes, nothing stored."""
    with Workers(work, workers, 60) as pool:
        _warm(pool, workers)
        clock = _Clock.begin()
        for step in Reading(Limits(), pool, lambda _: False).ahead(inputs, {}, workers):
            if step.coming:
                step.coming.result()
        return clock.took()


def _ingest(engine: Engine, inputs: Sequence[Input], workers: int) -> Took:
    """A whole ingest, from when its processes are warm."""
    with Workers(work, workers, 60) as pool:
        _warm(pool, workers)
        clock = _Clock.begin()
        ingest(engine, inputs, Limits(), lambda _: None, lambda _: None, Plan(workers), pool=pool)
        return clock.took()


def _warm(pool: Workers[Task, Answer], workers: int) -> None:
    document = Document("warm", "“The pier is closed,” said Ann Ashby.\n" * 40, "text")
    for answer in [pool.submit(document) for _ in range(3 * workers)]:
        answer.result()


def _stages(found: Sequence[Document], database: Path) -> tuple[float, float]:
    """Seconds that finding quotations and storing take, one after the other in this process."""
    engine, extract, store = _engine(database), 0.0, 0.0
    analyse(found[0])
    for document in found:
        started = perf_counter()
        analysed = analyse(document)
        extracted = perf_counter()
        with writing(engine) as session:
            add_document(session, analysed, JUDGES, None, now())
        extract += extracted - started
        store += perf_counter() - extracted
    engine.dispose()
    return extract, store


def _engine(database: Path) -> Engine:
    engine = connect(str(database))
    migrate(engine)
    return engine
