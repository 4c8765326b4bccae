"""What commands tell on the terminal: progress of an ingest, its summary, matches of a check, the status."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.check import Match
from app.documents import Input
from app.ingest import Result, Summary
from app.store.runs import LastRun

_LINE_EVERY = 5.0  # seconds between plain lines
_LISTED = 50  # refused inputs listed in full at the end


class Reporter:
    """Follows one ingest of `total` inputs; use it as a context manager."""

    def __init__(self, total: int, console: Console) -> None:
        self._console = console
        self._total = total
        self._inputs = self._documents = 0
        self._started = self._last_line = monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task: TaskID = self._bar.add_task("Ingesting", total=total, rate="")

    def __enter__(self) -> "Reporter":
        self._bar.start()
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._bar.stop()

    def result(self, result: Result) -> None:
        """One document stored or refused."""
        self._documents += 1
        self._bar.update(self._task, rate=self._rate())
        if not self._console.is_terminal and monotonic() - self._last_line > _LINE_EVERY:
            self._last_line = monotonic()
            self._console.print(f"{self._inputs} of {self._total} inputs, {self._documents} documents, {self._rate()}")

    def input_done(self, _input: Input) -> None:
        """One input read to its end."""
        self._inputs += 1
        self._bar.advance(self._task)

    def _rate(self) -> str:
        seconds = max(monotonic() - self._started, 0.001)
        return f"{self._documents / seconds:,.0f} documents/s"


def print_summary(console: Console, summary: Summary, quotes: int) -> None:
    """The table of what a run did, after a list of what it refused and why."""
    for refused in summary.refused[:_LISTED]:
        console.print(f"{refused.outcome}: {refused.name}: {refused.reason} {refused.hint}", markup=False)
    if len(summary.refused) > _LISTED:
        more = len(summary.refused) - _LISTED
        console.print(f"… and {more:,} more; `variorum status` counts them.", markup=False)
    table = Table("", "count", show_edge=False)
    table.columns[1].justify = "right"
    for outcome in ("added", "unchanged", "updated", "skipped", "failed"):
        table.add_row(outcome, f"{summary.outcomes[outcome]:,}")
    table.add_row("quotations", f"{summary.quotations:,}")
    table.add_row("quotes", f"{quotes:,}")
    console.print(table)


def print_matches(console: Console, matches: Sequence[Match]) -> None:
    """Known quotes near to what was asked, nearest first; says so where there are none."""
    if not matches:
        console.print("Not in this corpus. That says nothing about whether it was said.")
    for match in matches:
        console.print(f"{match.likeness:.0%}  “{match.wording}”", markup=False, highlight=False)
        if match.wording != match.original:
            console.print(f"      likely original: “{match.original}”", markup=False, highlight=False)
        speaker = match.speaker or "unattributed"
        console.print(
            f"      {speaker} · {match.variants} variant{'' if match.variants == 1 else 's'} · /quotes/{match.quote}",
            markup=False,
            highlight=False,
        )


def print_status(console: Console, totals: Mapping[str, int], latest: Sequence[LastRun | None], schema: str) -> None:
    """Counts, the newest runs with their failures, versions."""
    table = Table("", "count", show_edge=False)
    table.columns[1].justify = "right"
    for name, count in totals.items():
        table.add_row(name, f"{count:,}")
    console.print(table)
    say = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    say(f"schema {schema}")
    if not any(latest):
        say("No run yet: `variorum ingest PATH` takes documents in.")
    for run in latest:
        if run is not None:
            say("\n".join(_run_lines(run)))


def _run_lines(run: LastRun) -> Iterator[str]:
    ended = f"finished {run.finished_at:%Y-%m-%d %H:%M:%S} UTC" if run.finished_at else "interrupted or still running"
    yield f"last {run.command}: started {run.started_at:%Y-%m-%d %H:%M:%S} UTC, {ended}"
    yield f"  by Variorum {run.versions['variorum']}, schema {run.versions['schema']}"
    for model, digest in run.versions["models"].items():
        yield f"  model {model} {digest}"
    for outcome, count in sorted(run.outcomes.items()):
        yield f"  {outcome}: {count:,}"
    for name, reason, hint in run.failures:
        yield f"  {name}: {reason} {hint}"
