"""How the server does under load: wrk asks it, and in the same run Datasette over the same SQLite file."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from app.errors import UsageError
from app.evaluation.load_articles import write_articles
from app.evaluation.server import RUN, free_port, megabytes, running, sample_quotes, sample_speakers, wait

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


@dataclass(frozen=True, slots=True)
class Sample:
    """Internal ids and addresses of quotes, and both ids of speakers."""

    keys: Sequence[int]
    pages: Sequence[str]
    speakers: Sequence[tuple[int, str]]


def bench_load(database: str, load: Load, ingesting: bool, datasette: str | None) -> Figures:
    """Requests per second, milliseconds, errors and memory of the pages of quotes: of ids that nobody asked for yet,
    then of ids asked for again and again; and of lists, of the quotes of one speaker. Then, where `database` is a file
    and not an address, Datasette's row pages of the same ids, and its table pages of the same speakers.

    Raises UsageError where wrk is missing or a server does not answer.
    """
    if shutil.which("wrk") is None:
        raise UsageError("wrk is not installed.", "Debian has it: apt install wrk.")
    quotes = sample_quotes(database, _KEPT + 1_000 * load.seconds)  # those kept first, then enough for the time
    sample = Sample(*quotes, sample_speakers(database))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        figures: Figures = {"processors": os.cpu_count(), "workers": load.workers, "connections": load.connections}
        if ingesting:
            stack.enter_context(_ingest(database, folder))
        figures |= _ours(database, sample, load, folder)
        if datasette and "://" not in database:
            figures |= _theirs(datasette, Path(database), sample, load, folder)
            for ours, theirs in _COMPARED:
                ratio = figures[ours]["per_second"] / figures[theirs]["per_second"]
                figures[f"{ours}_to_{theirs}"] = round(ratio, 1)
        figures["ingesting"] = ingesting
    return figures


def find_datasette(given: Path | None) -> str | None:
    """The program at a path, else the installed one."""
    return str(given) if given else shutil.which("datasette")


def _ours(database: str, sample: Sample, load: Load, folder: Path) -> Figures:
    port = free_port()
    command = [*RUN, "serve", "--port", str(port), "--workers", str(load.workers), "--database", database]
    started = monotonic()
    with running(command, folder / "server.log", VARIORUM_LOG_LEVEL="warning") as server:
        wait(f"http://127.0.0.1:{port}{sample.pages[0]}", server)
        start = monotonic() - started
        idle = megabytes(server.pid)
        kept = sample.pages[:_KEPT]
        lists = _wrk(port, [f"/quotes?speaker={public_id}" for _, public_id in sample.speakers], load, folder)
        never = _wrk(port, sample.pages[_KEPT:], load, folder)
        _wrk(port, kept, load, folder)  # every worker makes them once
        warm = megabytes(server.pid)
        again = _wrk(port, kept, load, folder)
        return {
            "seconds_to_first_answer": round(start, 2),
            "never_asked": never,
            "asked_before": again,
            "list": lists,
            "megabytes": {"idle": idle, "before": warm, "after": megabytes(server.pid)},
        }


def _theirs(program: str, file: Path, sample: Sample, load: Load, folder: Path) -> Figures:
    port = free_port()
    pages = [f"/{file.stem}/quotes/{key}" for key in sample.keys[:_KEPT]]
    tables = [f"/{file.stem}/quotes?speaker_id={key}" for key, _ in sample.speakers]
    with running([program, "serve", str(file), "--port", str(port)], folder / "datasette.log") as server:
        wait(f"http://127.0.0.1:{port}{pages[0]}", server)
        _wrk(port, pages, Load(max(load.seconds // 4, 1), load.connections, load.workers), folder)
        return {"datasette_row": _wrk(port, pages, load, folder), "datasette_table": _wrk(port, tables, load, folder)}


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
def _ingest(database: str, folder: Path) -> Iterator[None]:
    """Invented articles taken into the same database meanwhile."""
    articles = folder / "articles.jsonl"
    write_articles(articles, _ARTICLES)
    with running([*RUN, "ingest", str(articles), "--database", database], folder / "ingest.log"):
        sleep(_WAITING)
        yield
