"""Bars over time: one a day, a month or a year, in the place that the calendar gives them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.web.chart import HEIGHT, WIDTH, chart


def test_without_days_there_is_no_chart() -> None:
    assert chart([]) is None


def test_a_few_days_have_a_bar_each_with_room_for_those_between() -> None:
    drawn = chart([(date(2026, 3, 1), 2), (date(2026, 3, 4), 1)])
    assert drawn is not None
    assert drawn.unit == "day"
    assert [(bar.period, bar.count, bar.x, bar.height) for bar in drawn.bars] == [
        ("1 March 2026", 2, 0, HEIGHT),
        ("4 March 2026", 1, WIDTH * 3 / 4, HEIGHT / 2),
    ]


def test_a_longer_time_is_gathered_into_months_and_then_years() -> None:
    months = chart([(date(2025, 12, 31), 2), (date(2026, 3, 1), 1), (date(2026, 3, 9), 1)])
    assert months is not None
    assert [(bar.period, bar.machine, bar.count) for bar in months.bars] == [
        ("December 2025", "2025-12", 2),
        ("March 2026", "2026-03", 2),
    ]
    years = chart([(date(1990, 1, 1), 1), (date(2026, 3, 1), 1)])
    assert years is not None
    assert years.unit == "year"


@given(st.dictionaries(st.integers(0, 40_000), st.integers(1, 10_000), min_size=1))
def test_every_quote_is_counted_and_every_bar_stands_inside(counts: dict[int, int]) -> None:
    drawn = chart([(date(1900, 1, 1) + timedelta(day), counts[day]) for day in sorted(counts)])
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(counts.values())
    for bar in drawn.bars:
        assert bar.x >= 0
        assert bar.y >= 0
        assert bar.x + bar.width <= WIDTH + 0.01
        assert abs(bar.y + bar.height - HEIGHT) < 0.02
