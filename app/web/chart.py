"""Bars over time, for a template to draw: where each stands and how high it is, in units of the drawing."""

from calendar import month_name
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

WIDTH, HEIGHT = 600, 100
_MOST_DAYS = 45  # over which bars stand for days
_MOST_MONTHS = 60
_GAP = 0.2  # of the room that a bar has
_WIDEST = 24

Unit = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year: how it is called, its count, and its rectangle."""

    period: str
    machine: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in order of time; periods without any have none."""

    unit: Unit
    most: int
    bars: tuple[Bar, ...]


_PLACES: dict[Unit, Callable[[date], int]] = {
    "day": date.toordinal,
    "month": lambda day: day.year * 12 + day.month - 1,
    "year": lambda day: day.year,
}
_NAMES: dict[Unit, Callable[[int], tuple[str, str]]] = {
    "day": lambda at: _day(date.fromordinal(at)),
    "month": lambda at: (f"{month_name[at % 12 + 1]} {at // 12}", f"{at // 12:04}-{at % 12 + 1:02}"),
    "year": lambda at: (str(at), f"{at:04}"),
}


def chart(days: Sequence[tuple[date, int]]) -> Chart | None:
    """Bars of these counts by day, gathered into months or years where they span long; None without any."""
    if not days:
        return None
    unit = _unit(days[0][0], days[-1][0])
    counts: Counter[int] = Counter()
    for day, count in days:
        counts[_PLACES[unit](day)] += count
    first, most = min(counts), max(counts.values())
    room = WIDTH / (max(counts) - first + 1)
    bars = (_bar(unit, at, count, count / most, (at - first) * room, room) for at, count in sorted(counts.items()))
    return Chart(unit, most, tuple(bars))


def _unit(first: date, last: date) -> Unit:
    if (last - first).days < _MOST_DAYS:
        return "day"
    return "month" if _PLACES["month"](last) - _PLACES["month"](first) < _MOST_MONTHS else "year"


def _bar(unit: Unit, at: int, count: int, share: float, x: float, room: float) -> Bar:
    period, machine = _NAMES[unit](at)
    height = HEIGHT * share
    x, y, width = round(x, 2), round(HEIGHT - height, 2), round(min(room * (1 - _GAP), _WIDEST), 2)
    return Bar(period, machine, count, x, y, width, round(height, 2))


def _day(day: date) -> tuple[str, str]:
    return f"{day.day} {month_name[day.month]} {day.year}", day.isoformat()
