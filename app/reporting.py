"""What commands tell on the terminal: progress of an ingest, its summary, answers of a check, the status."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.documents import Input
from app.ingest import Result, Summary
from app.records import Label
from app.store.read_check import Answer, KnownWording, Outcome
from app.store.runs import LastRun
from app.terminal import inert

_LINE_EVERY = 5.0  # seconds between plain lines
_OUTCOMES: Mapping[Outcome, str] = {
    "exact": "Exact: these words are here.",
    "shortened": "Shortened: these words are here, cut from longer ones.",
    "altered": "Altered: the words here differ.",
    "other speaker": "Said by somebody else, as the documents here have it.",
    "not here": "Not in this corpus: no quotation here has it. That says nothing about whether it was said.",
    "too short": "Too short or too common to answer.",
}
_STANDING = "In no quotation here, though these words stand in documents."


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
    for refused in summary.refused:
        line = inert(f"{refused.outcome}: {refused.name}: {refused.reason} {refused.hint}")
        console.print(line, markup=False)
    more = summary.outcomes["failed"] + summary.outcomes["skipped"] - len(summary.refused)
    if more:
        console.print(f"… and {more:,} more; `variorum status` counts them.", markup=False)
    table = Table("", "count", show_edge=False)
    table.columns[1].justify = "right"
    if summary.before:
        table.add_row("done before the interruption", f"{summary.before:,}")
    for outcome in ("added", "unchanged", "updated", "skipped", "failed"):
        table.add_row(outcome, f"{summary.outcomes[outcome]:,}")
    table.add_row("quotations", f"{summary.quotations:,}")
    table.add_row("quotes", f"{quotes:,}")
    console.print(table)


def print_answers(console: Console, answers: Sequence[Answer], left: int) -> None:
    """What the corpus says about each sentence that was asked about, and the quotes near to it."""
    say = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    for answer in answers:
        say("\n".join(map(inert, _answer_lines(answer))))
    if left:
        more, them = ("sentence was", "it") if left == 1 else ("sentences were", "them")
        say(f"{left:,} more {more} not looked up: ask for {them} apart.")


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield f"“{answer.asked}”"
    standing = answer.outcome == "not here" and answer.documents
    yield f"  {_STANDING if standing else _OUTCOMES[answer.outcome]} {answer.remark}".rstrip()
    for document in answer.documents:
        yield f"      stands in “{document.title}” · /documents/{document.id}"
    if answer.found:
        yield from _known_lines(answer.found)
        yield from (f"      {label.kind}: {_evidence(label)}" for label in answer.labels if label.evidence)
    for near in answer.near:
        yield f"  {near.likeness:.0%} near:"
        yield from _known_lines(near.wording)


def _known_lines(wording: KnownWording) -> Iterator[str]:
    yield f"      “{wording.text}”"
    if wording.rank:
        yield f"      likely original: “{wording.original}”"
    speaker = wording.speaker.name if wording.speaker else "unattributed"
    count = wording.variant_count
    yield f"      {speaker} · {count} variant{'' if count == 1 else 's'} · /quotes/{wording.quote}"


def _evidence(label: Label) -> str:
    return "; ".join(_contrast(base, other) for base, other in label.evidence)


def _contrast(base: str, other: str) -> str:
    if base and other:
        return f"“{other}” for “{base}”"
    return f"“{other}” added" if other else f"without “{base}”"


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
            say("\n".join(map(inert, _run_lines(run))))


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
