"""The alignment table of a quote: its wordings under each other, and how many agree at each word."""

from collections.abc import Sequence

from app.records import Column
from app.web.contexts import Wording
from app.web.filters import noun, plural
from app.web.tools import Tools
from app.web.witness_views import Bar, Cell, WitnessRow, WitnessTable

_BAR = 10  # units of the picture
_HEIGHT = 40
_NAMED = 30  # characters of the word that is named


def witness_table(wordings: Sequence[Wording], tools: Tools) -> WitnessTable:
    """All wordings word by word, in their order on the page, the base first."""
    columns = tools.witnesses(tuple(wording.variant.text for wording in wordings))
    shown, said = tools.gathered(columns), [column for column in columns if column.cells[0]]
    return WitnessTable(
        rows=tuple(_row(wording, n, shown) for n, wording in enumerate(wordings)),
        agreeing=tuple(column.readings.count(0) for column in shown),
        bars=tuple(_bar(column, n) for n, column in enumerate(said)),
        width=_BAR * max(len(said), 1),
        height=_HEIGHT,
        description=_description(said, len(wordings)),
    )


def _row(wording: Wording, place: int, columns: Sequence[Column]) -> WitnessRow:
    variant = wording.variant
    return WitnessRow(
        variant=variant.id,
        number=variant.rank + 1,
        carriers=wording.carriers,
        cells=tuple(Cell(c.cells[place].strip(), c.readings[place] == 0, not any(c.readings)) for c in columns),
    )


def _bar(column: Column, place: int) -> Bar:
    count = column.readings.count(0)
    height = round(_HEIGHT * count / len(column.readings), 1)
    return Bar(place * _BAR, round(_HEIGHT - height, 1), _BAR - 2, height, count == len(column.readings))


def _description(said: Sequence[Column], wordings: int) -> str:
    """How far the wordings agree, over the words of the base."""
    agreed = sum(not any(column.readings) for column in said)
    count = f"{agreed or 'none'} {noun(agreed, 'is', 'are')}"
    start = f"Of the {plural(len(said), 'word')} of the base, {count} in all {wordings} wordings."
    least = min(said, key=lambda column: column.readings.count(0), default=None)
    if least is None or not any(least.readings):
        return start
    word = least.cells[0].strip(" ,.;:!?…—–“”‘’\"'\n")[:_NAMED]
    return f"{start} The fewest have “{word}”: {least.readings.count(0)}."
