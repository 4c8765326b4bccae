"""What keeping commands tell on the terminal."""

import json
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from app.keeping.findings import Finding, Verified

_LONGEST = 120  # characters of a value


class Following:
    """A bar for each thing that is gone through: a context manager, called with what has come how far."""

    def __init__(self, console: Console) -> None:
        self._tasks: dict[str, TaskID] = {}
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> "Following":
        self._bar.start()
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """So much of so much is done."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)


def as_text(finding: Finding) -> str:
    """A finding in one line."""
    one = finding.difference
    tail = "" if finding.derivable else "; can't be derived"
    return (
        f"{finding.check}: {one.table} {one.id}, {one.what} is {_short(one.stored)}, "
        f"should be {_short(one.expected)}{tail}"
    )


def as_json(finding: Finding) -> str:
    """A finding as one JSON line."""
    one = finding.difference
    values = {
        "check": finding.check,
        "table": one.table,
        "id": one.id,
        "what": one.what,
        "stored": one.stored,
        "expected": one.expected,
        "derivable": finding.derivable,
    }
    return json.dumps(values, ensure_ascii=False, default=str)


def summary(found: Verified) -> str:
    """How many checks ran and what they found."""
    return f"{found.checks:,} checks, {found.total:,} findings"


def waiting(found: Verified) -> str:
    """That totals were left out, where they were."""
    if not found.waiting:
        return ""
    return (
        f"Waiting for clustering: {found.waiting:,}. Until then, counts of speakers, outlets and the corpus are left "
        "out; ingest the same inputs again, or run variorum recluster."
    )


def unlisted(found: Verified) -> list[str]:
    """For each check with more findings than are listed, how many more."""
    listed: dict[str, int] = {}
    for finding in found.findings:
        listed[finding.check] = listed.get(finding.check, 0) + 1
    return [
        f"{check}: {count - listed.get(check, 0):,} more"
        for check, count in found.counts.items()
        if count > listed.get(check, 0)
    ]


def _short(value: object) -> str:
    said = "nothing" if value is None else str(value)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
