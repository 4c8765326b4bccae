"""How the server does under load, beside Datasette over the same SQLite file: wrk asks both in one run."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import func, select

from app.errors import UsageError
from app.evaluation.load_articles import write_articles
from app.store.engine import connect
from app.store.migrate import migrate
from app.store.tables import QuoteRow, SpeakerRow
from app.web.addresses import quote_address

_RUN = (sys.executable, "-c", "from app.cli import main; main()")
_PATIENCE = 120  # seconds until a server must answer
_ARTICLES = 20_000  # more than are taken in meanwhile
_WAITING = 5.0  # seconds in which an ingest begins to write
_KEPT = 500  # quotes that are asked for again and again
_COMPARED = (("asked_before", "datasette_row"), ("never_asked", "datasette_row"), ("list", "datasette_table"))
_SCRIPT = """
local paths = {%s}
local at, threads = 0, 0
setup = function(thread) thread:set("offset", threads * math.floor(#paths / 2)); threads = threads + 1 end
request = function()
  at = at + 1
  return wrk.format("GET", paths[(at + offset) %% #paths + 1], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\\n{"requests": %%d, "microseconds": %%d, "p50": %%d, "p99": %%d, ' ..
    '"failed": %%d, "timeouts": %%d, "status": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write, errors.timeout, errors.status))
end
"""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of a server: for how long, over how many connections, of how many workers."""

    seconds: int = 60
    connections: int = 64
    workers: int = 2


def bench_load(database: Path, load: Load, ingesting: bool, datasette: str | None) -> Figures:
    """Requests per second, milliseconds, errors and memory of the pages of quotes: of ids that nobody asked for yet,
    then of ids asked for again and again; and of lists, of the quotes of one speaker. Then Datasette's row pages of the
    same ids, and its table pages of the same speakers. `database` is written to.

    Raises UsageError where wrk is missing or a server does not answer.
    """
    if shutil.which("wrk") is None:
        raise UsageError("wrk is not installed.", "Debian has it: apt install wrk.")
    sample = _sample(database, load)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        figures: Figures = {"processors": os.cpu_count(), "workers": load.workers, "connections": load.connections}
        if ingesting:
            stack.enter_context(_ingest(database, folder))
        figures |= _ours(database, sample, load, folder)
        if datasette:
            figures |= _theirs(datasette, database, sample, load, folder)
            for ours, theirs in _COMPARED:
                ratio = figures[ours]["per_second"] / figures[theirs]["per_second"]
                figures[f"{ours}_to_{theirs}"] = round(ratio, 1)
        figures["ingesting"] = ingesting
    return figures


def find_datasette(given: Path | None) -> str | None:
    """The program at a path, else the installed one."""
    return str(given) if given else shutil.which("datasette")


def _ours(database: Path, sample: "Sample", load: Load, folder: Path) -> Figures:
    port = _free_port()
    command = [*_RUN, "serve", "--port", str(port), "--workers", str(load.workers), "--database", str(database)]
    started = monotonic()
    with _running(command, folder / "server.log", VARIORUM_LOG_LEVEL="warning") as server:
        _wait(f"http://127.0.0.1:{port}{sample.pages[0]}", server)
        start = monotonic() - started
        idle = _megabytes(server.pid)
        kept = sample.pages[:_KEPT]
        lists = _wrk(port, [f"/quotes?speaker={public_id}" for _, public_id in sample.speakers], load, folder)
        never = _wrk(port, sample.pages[_KEPT:], load, folder)
        _wrk(port, kept, load, folder)  # every worker makes them once
        warm = _megabytes(server.pid)
        again = _wrk(port, kept, load, folder)
        return {
            "seconds_to_first_answer": round(start, 2),
            "never_asked": never,
            "asked_before": again,
            "list": lists,
            "megabytes": {"idle": idle, "before": warm, "after": _megabytes(server.pid)},
        }


def _theirs(program: str, database: Path, sample: "Sample", load: Load, folder: Path) -> Figures:
    port = _free_port()
    pages = [f"/{database.stem}/quotes/{key}" for key in sample.keys[:_KEPT]]
    tables = [f"/{database.stem}/quotes?speaker_id={key}" for key, _ in sample.speakers]
    with _running([program, "serve", str(database), "--port", str(port)], folder / "datasette.log") as server:
        _wait(f"http://127.0.0.1:{port}{pages[0]}", server)
        _wrk(port, pages, Load(max(load.seconds // 4, 1), load.connections, load.workers), folder)
        return {"datasette_row": _wrk(port, pages, load, folder), "datasette_table": _wrk(port, tables, load, folder)}


@dataclass(frozen=True, slots=True)
class Sample:
    """Quotes at random places (internal ids, and addresses): those kept first, then enough for the time. And speakers,
    each with both ids."""

    keys: Sequence[int]
    pages: Sequence[str]
    speakers: Sequence[tuple[int, str]]


def _sample(database: Path, load: Load) -> Sample:
    engine = connect(str(database))
    migrate(engine)
    with engine.connect() as connection:
        last = connection.scalar(select(func.max(QuoteRow.id))) or 0
        most = min(last, _KEPT + 1_000 * load.seconds)
        picked = sorted(Random(1).sample(range(1, last + 1), most))
        rows: list[Any] = []
        for at in range(0, most, 500):
            query = select(QuoteRow.id, QuoteRow.public_id, QuoteRow.text).where(QuoteRow.id.in_(picked[at : at + 500]))
            rows += connection.execute(query).all()
        speakers = [(key, name) for key, name in connection.execute(select(SpeakerRow.id, SpeakerRow.public_id))]
    engine.dispose()
    Random(2).shuffle(rows)
    Random(3).shuffle(speakers)
    if not rows:
        raise UsageError(f"{database} holds no quotes.", "`variorum bench pages --database FILE` fills one.")
    return Sample([row.id for row in rows], [quote_address(row.public_id, row.text) for row in rows], speakers)


def _wrk(port: int, pages: Sequence[str], load: Load, folder: Path) -> Figures:
    script = folder / "pages.lua"
    script.write_text(_SCRIPT % ", ".join(json.dumps(page) for page in pages), "utf-8")
    command = ["wrk", "-t2", f"-c{load.connections}", f"-d{load.seconds}s", "--latency", "--timeout", "10s"]
    command += ["-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    return {
        "per_second": round(found["requests"] / found["microseconds"] * 1e6, 1),
        "median": round(found["p50"] / 1000, 1),
        "p99": round(found["p99"] / 1000, 1),
        "requests": found["requests"],
        "errors": found["failed"] + found["status"],
        "timeouts": found["timeouts"],  # of ten seconds
    }


@contextmanager
def _ingest(database: Path, folder: Path) -> Iterator[None]:
    """Invented articles taken into the same file meanwhile."""
    articles = folder / "articles.jsonl"
    write_articles(articles, _ARTICLES)
    with _running([*_RUN, "ingest", str(articles), "--database", str(database)], folder / "ingest.log"):
        sleep(_WAITING)
        yield


@contextmanager
def _running(command: Sequence[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment})
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    ends = monotonic() + _PATIENCE
    while monotonic() < ends and server.poll() is None:
        try:
            with urlopen(address, timeout=10):
                return
        except (URLError, OSError):
            sleep(0.05)
    raise UsageError(f"Nothing answers at {address}.", "Start the server by itself to see why.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _megabytes(process: int) -> float:
    """Memory of a process and all below it that no other process has (Linux; 0 elsewhere)."""
    return round(sum(map(_private_kibibytes, _family(process))) / 1024, 1)


def _family(process: int) -> Iterator[int]:
    yield process
    listed = Path(f"/proc/{process}/task/{process}/children")
    for child in listed.read_text().split() if listed.exists() else ():
        yield from _family(int(child))


def _private_kibibytes(process: int) -> int:
    path = Path(f"/proc/{process}/smaps_rollup")
    lines = path.read_text().splitlines() if path.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
