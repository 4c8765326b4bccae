"""What keeping commands tell on the terminal."""

import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any

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


def as_text(found: Verified) -> Iterator[str]:
    """The findings in a line each, what is not listed of them, what was left out and why, and how much that is."""
    yield from map(_line, found.findings)
    yield from _unlisted(found)
    for why, names in _left_out(found).items():
        yield f"Left out: {', '.join(names)}. {why}"
    yield f"{found.checks:,} checks, {found.total:,} findings"


def as_json(found: Verified) -> Iterator[str]:
    """The findings as a JSON line each, and one for each reason why checks were left out."""
    values = [*map(_values, found.findings)]
    values += [{"left_out": names, "reason": why} for why, names in _left_out(found).items()]
    return (json.dumps(one, ensure_ascii=False, default=str) for one in values)


def _line(finding: Finding) -> str:
    one = finding.difference
    tail = "" if finding.derivable else "; can't be derived"
    return (
        f"{finding.check}: {one.table} {one.id}, {one.what} is {_short(one.stored)}, "
        f"should be {_short(one.expected)}{tail}"
    )


def _values(finding: Finding) -> dict[str, Any]:
    one = finding.difference
    return {
        "check": finding.check,
        "table": one.table,
        "id": one.id,
        "what": one.what,
        "stored": one.stored,
        "expected": one.expected,
        "derivable": finding.derivable,
    }


def _left_out(found: Verified) -> dict[str, list[str]]:
    """Names of the checks that were left out, by the reason."""
    names: dict[str, list[str]] = {}
    for name, why in found.left_out.items():
        names.setdefault(why, []).append(name)
    return names


def _unlisted(found: Verified) -> list[str]:
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
