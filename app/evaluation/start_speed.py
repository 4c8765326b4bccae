"""How long the server takes from the command to its first page, what it works for that, and what it weighs then."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import monotonic, sleep
from typing import Any

from app.evaluation.server import RUN, free_port, megabytes, processor_seconds, running, sample_quotes, wait

_SETTLING = 3.0  # seconds until a server is idle
_LOADED = {"server": "import app.main", "command": "import app.cli"}

Figures = dict[str, Any]


def bench_start(database: str, workers: int, repetitions: int) -> Figures:
    """Medians of: seconds and processor seconds of `variorum serve` until a page of a quote was read, megabytes
    once it is idle, and processor seconds of loading the server's and the command's modules.

    The page is another one each time. Raises UsageError where there is no quote or no server answers.
    """
    _, pages = sample_quotes(database, repetitions)
    starts = [_start(database, pages[at % len(pages)], workers) for at in range(repetitions)]
    return {
        "processors": os.cpu_count(),
        "workers": workers,
        "repetitions": repetitions,
        **{name: round(median(start[name] for start in starts), 2) for name in starts[0]},
        "help": round(median(_work([*RUN, "--help"]) for _ in range(repetitions)), 2),
        "loading": {
            name: round(median(_work([sys.executable, "-c", code]) for _ in range(repetitions)), 2)
            for name, code in _LOADED.items()
        },
    }


def _start(database: str, page: str, workers: int) -> dict[str, float]:
    port = free_port()
    command = [*RUN, "serve", "--port", str(port), "--workers", str(workers), "--database", database]
    with tempfile.TemporaryDirectory() as folder:
        started = monotonic()
        with running(command, Path(folder) / "server.log", VARIORUM_LOG_LEVEL="warning") as server:
            wait(f"http://127.0.0.1:{port}{page}", server)
            seconds, work = monotonic() - started, processor_seconds(server.pid)
            sleep(_SETTLING)
            return {
                "seconds_to_first_answer": seconds,
                "processor_seconds_to_first_answer": work,
                "processor_seconds_when_idle": processor_seconds(server.pid),
                "idle_megabytes": megabytes(server.pid),
            }


def _work(command: Sequence[str]) -> float:
    """Processor seconds of a command."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
