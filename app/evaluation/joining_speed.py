"""How long one new article takes to join a corpus that is clustered already, and in how much memory."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.documents import Limits, expand
from app.evaluation.invented import invented_units
from app.evaluation.invented_corpus import InventedCorpus, Report, divided, reports
from app.ingest import ingest
from app.recluster import cluster_new, recluster
from app.records import Unit
from app.store.engine import connect, writing
from app.store.migrate import migrate
from app.store.tables import PartRow, QuoteRow

Figures = dict[str, float | int]

_PER_REPORT = 6  # quotations
_ENGLISH = (  # invented words alone are taken for some other language, and not read
    "Nothing more was known of the matter on that day. The people of the town went home when it began to rain, and "
    "those who stayed had little to say about what they had heard. The meeting is to go on in the morning."
)


def bench_joining(count: int, articles: int, folder: Path | None = None) -> Figures:
    """Join `articles` new reports to an invented corpus of so many quotations, one after the other.

    The corpus lies in `folder` (else in a temporary one), its utterances stand for what clustering would find. Seconds
    are medians in a warm process; the memory is the peak of that process.
    """
    with TemporaryDirectory(dir=folder) as place:
        database = str(Path(place) / "joining.db")
        held, built = _build(database, count, articles + 1)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # so that building doesn't count in its memory
            joined = pool.submit(_join, database, place, held).result()
    return {**built, **joined}


def _build(database: str, count: int, articles: int) -> tuple[list[Report], Figures]:
    engine = connect(database)
    migrate(engine)
    held: list[Report] = []
    apart = count // (_PER_REPORT * articles)
    started = perf_counter()
    with writing(engine) as session:
        corpus = InventedCorpus(session)
        corpus.write(divided(reports(invented_units(count + _PER_REPORT * articles)), held, articles, apart))
    written = perf_counter()
    numbers: dict[str, int] = {}

    def known(units: Sequence[Unit]) -> list[int]:
        return [numbers.setdefault(corpus.utterances[unit.id], len(numbers)) for unit in units]

    made = recluster(engine, known)
    clustered = perf_counter()
    with Session(engine) as session:
        quotations = session.scalar(select(func.count(PartRow.id))) or 0
    engine.dispose()
    return held, {
        "quotations": quotations,
        "quotes": made.quotes,
        "write_seconds": round(written - started, 1),
        "store_quotes_seconds": round(clustered - written, 1),
        "build_peak_megabytes": _peak(),
    }


def _join(database: str, folder: str, held: Sequence[Report]) -> Figures:
    engine = connect(database)
    read, joined, worked = [], [], []
    with Session(engine) as session:
        before = session.scalar(select(func.max(QuoteRow.id))) or 0
    for report in held:
        path = Path(folder) / f"new {report.number}.txt"
        path.write_text(_file(report), "utf-8")
        started = perf_counter()
        ingest(engine, expand([str(path)]), Limits(), report=lambda _: None, input_done=lambda _: None)
        ingested, busy = perf_counter(), process_time()
        cluster_new(engine)
        read.append(ingested - started)
        joined.append(perf_counter() - ingested)
        worked.append(process_time() - busy)
    with Session(engine) as session:
        waiting = session.scalar(select(func.count(PartRow.id)).where(PartRow.variant_id.is_(None))) or 0
        touched = session.scalar(select(func.count(QuoteRow.id)).where(QuoteRow.id > before)) or 0
    engine.dispose()
    return {
        "articles": len(held) - 1,
        "quotes_rewritten": touched,
        "left_waiting": waiting,
        "ingest_seconds": round(median(read[1:]), 3),  # the first only warms the process
        "join_seconds": round(median(joined[1:]), 3),
        "join_cpu_seconds": round(median(worked[1:]), 3),  # what counts where the machine is busy with other things
        "slowest_join_cpu_seconds": round(max(worked[1:]), 3),
        "slowest_join_seconds": round(max(joined[1:]), 3),
        "peak_megabytes": _peak(),
    }


def _file(report: Report) -> str:
    head = f"title: {report.title}\noutlet: {report.outlet}\ndate: {report.published:%Y-%m-%d}"
    return f"---\n{head}\n---\n" + "\n\n".join([*report.paragraphs[1:], _ENGLISH]) + "\n"


def _peak() -> int:
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024
