"""What verifying finds, and what a check is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Difference(NamedTuple):
    """A value that is not what it should be: `what` is a column, or says what is counted."""

    table: str
    id: str  # of the row: its public id where it has one
    what: str
    stored: object
    expected: object
    row: int = 0  # id of the row to mend, where there is one


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference with the check that found it, and whether `repair` can derive the value again."""

    check: str
    derivable: bool
    difference: Difference


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to verify. `mend` names what derives it again; None: nothing can.

    `run` takes a session, or with `walk` a batch of that walk.
    """

    name: str
    run: Callable[[Any], Iterable[Difference]]
    mend: str | None = None
    walk: str | None = None


@dataclass(slots=True)
class Verified:
    """What came of verifying: how many checks ran, how much each found, and the first findings of each."""

    checks: int = 0
    counts: dict[str, int] = field(default_factory=dict)  # by check
    findings: list[Finding] = field(default_factory=list)
    waiting: int = 0  # sentences or documents that are not clustered yet
    left_out: dict[str, str] = field(default_factory=dict)  # why, by the check that did not run

    @property
    def total(self) -> int:
        """All findings, those not kept too."""
        return sum(self.counts.values())


def differences(table: str, name: str, stored: Any, expected: dict[str, Any], row: int = 0) -> Iterator[Difference]:
    """Those columns of a stored row that differ from what is expected."""
    for column, value in expected.items():
        found = getattr(stored, column)
        if found != value:
            yield Difference(table, name, column, found, value, row)


def missing_and_extra(
    table: str, what: str, stored: dict[Any, Any], expected: dict[Any, Any], rows: dict[Any, int] | None = None
) -> Iterator[Difference]:
    """Differences of two maps from keys to values; None stands for what is not there."""
    for key in sorted({*stored, *expected}, key=str):
        have, want = stored.get(key), expected.get(key)
        if have != want:
            name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield Difference(table, name, what, have, want, (rows or {}).get(key, 0))
