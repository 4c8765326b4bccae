"""How long the corpus-wide job takes from nothing, stories and profiles with it, and in how much memory."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from app.evaluation.invented import invented_units
from app.evaluation.invented_corpus import InventedCorpus, reports
from app.recluster import recluster
from app.store.engine import connect, writing
from app.store.migrate import migrate

Figures = dict[str, float | int]


def bench_recluster(count: int, folder: Path | None = None) -> Figures:
    """Cluster an invented corpus of so many quotations as `variorum recluster` does, in a process of its own.

    The corpus lies in `folder` (else in a temporary one) meanwhile.
    """
    with TemporaryDirectory(dir=folder) as place:
        database = str(Path(place) / "recluster.db")
        engine = connect(database)
        migrate(engine)
        with writing(engine) as session:
            InventedCorpus(session).write(reports(invented_units(count)))
        engine.dispose()
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # so that writing doesn't count in its memory
            return {"quotations": count, **pool.submit(timed_recluster, database).result()}


def timed_recluster(database: str) -> Figures:
    """Cluster what is in a database (address or path); the memory is the peak of this process."""
    engine = connect(database)
    started, busy = perf_counter(), process_time()
    made = recluster(engine)
    seconds, worked = perf_counter() - started, process_time() - busy
    engine.dispose()
    return {
        "quotes": made.quotes,
        "variants": made.variants,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(worked, 1),  # what counts where the machine is busy with other things
        "peak_megabytes": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
    }
