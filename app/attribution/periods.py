"""When a speaker is named: half-years, as keys under which speakers are kept."""

from collections.abc import Collection
from datetime import datetime

_UNDATED = "?"


def period(published: datetime | None) -> str:
    """The half-year of a document, as a number; a mark where its date is not known."""
    return str(published.year * 2 + (published.month > 6)) if published else _UNDATED


def period_key(fullness: int, when: str) -> str:
    """The key of a speaker who is named so fully in this half-year."""
    return f"{fullness}:at {when}"


def near(own: Collection[str], other: Collection[str], fullness: int) -> bool:
    """Whether somebody named so fully at a time that is among `own` keys is named more fully about the same time.

    That is in the same half-year or one beside it; what has no date does not contradict.
    """
    mine, theirs = _times(own, range(fullness, fullness + 1)), _times(other, range(fullness + 1, 4))
    if not mine or not theirs or _UNDATED in mine | theirs:
        return True
    return any(abs(int(one) - int(two)) <= 1 for one in mine for two in theirs)


def _times(keys: Collection[str], levels: range) -> set[str]:
    marks = tuple(period_key(level, "") for level in levels)
    return {key.rpartition(" ")[2] for key in keys if key.startswith(marks)}
