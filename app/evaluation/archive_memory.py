"""How much memory an ingest takes while it streams an archive, from its first tenth to its last."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from app.documents import Limits, expand
from app.evaluation.invented_files import write_archive
from app.ingest import Plan, Result, ingest
from app.store.engine import connect
from app.store.migrate import migrate

Figures = dict[str, float | int | list[int]]

_TENTHS = 10


@dataclass(slots=True)
class _Watch:
    """Megabytes of memory of this process, each time that another tenth of the pages is stored."""

    pages: int
    stored: int = 0
    megabytes: list[int] = field(default_factory=list)

    def note(self, _: Result) -> None:
        self.stored += 1
        if self.stored * _TENTHS // self.pages > len(self.megabytes):
            self.megabytes.append(_megabytes("VmRSS"))


def bench_archive(megabytes: int, script: int, workers: int, folder: Path | None) -> Figures:
    """Take in an invented archive of so many megabytes before compression, by `workers` processes; quotes are not
    compared. Each page has so many kilobytes of `script`. Memory is that of the process that reads the archive and
    writes the database."""
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "pages.warc.gz"
        archive = write_archive(path, 1, megabytes * 1_000_000, script)
        engine = connect(str(Path(place) / "archive.db"))
        migrate(engine)
        watch, before, started = _Watch(archive.pages), _megabytes("VmHWM"), perf_counter()
        summary = ingest(engine, expand([str(path)]), Limits(), watch.note, lambda _: None, Plan(workers))
        seconds = perf_counter() - started
        engine.dispose()
        return {
            "megabytes_of_the_archive": archive.size // 1_000_000,
            "megabytes_compressed": path.stat().st_size // 1_000_000,
            "pages": archive.pages,
            "documents": summary.outcomes.total() - summary.outcomes["failed"],
            "processes": workers,
            "seconds": round(seconds),
            "megabytes_of_memory_before": before,
            "megabytes_of_memory_at_each_tenth": watch.megabytes,
            "peak_megabytes_of_memory": _megabytes("VmHWM"),
        }


def _megabytes(kind: str) -> int:
    """Of this process, as Linux tells it: VmRSS now, VmHWM at most so far."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{kind}:"))
