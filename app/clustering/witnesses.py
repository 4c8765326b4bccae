"""All wordings of a quote under each other, word by word, as collation tools set out witnesses."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.clustering.alignment import align
from app.clustering.collation import word_key, words
from app.records import Column

Cells = list[str]  # of one place, a cell for each wording so far


def witnesses(texts: Sequence[str]) -> tuple[Column, ...]:
    """The columns of an alignment of `texts`; the cells of one wording, put together, are exactly that wording.

    Progressive alignment onto the first: each further wording is aligned with what stands there so far, and words
    that correspond to nothing share a column with those they stand for, or get one of their own.
    """
    columns: list[Cells] = [[word] for word in words(texts[0])] if texts else []
    for count, text in enumerate(texts[1:], 1):
        columns = _joined(columns, words(text), count)
    return tuple(Column(tuple(cells), _readings(cells)) for cells in columns)


def gathered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Neighbouring columns as one where the same wordings agree in both, so that a table shows what differs."""
    return tuple(_merged(list(run)) for _, run in groupby(columns, key=lambda column: column.readings))


def _merged(run: Sequence[Column]) -> Column:
    return Column(tuple("".join(cells) for cells in zip(*(c.cells for c in run), strict=True)), run[0].readings)


def _joined(columns: Sequence[Cells], tokens: Sequence[str], count: int) -> list[Cells]:
    """The columns with one more wording; `count` wordings stand there already."""
    keys = [word_key(token) for token in tokens]
    known = set(keys)
    pairs = align([_representative(cells, known) for cells in columns], keys)
    joined: list[Cells] = []
    i = j = 0
    for column, token in [*pairs, (len(columns), len(tokens))]:
        joined += _between(columns[i:column], tokens[j:token], count)
        if column < len(columns):
            joined.append([*columns[column], tokens[token]])
        i, j = column + 1, token + 1
    return joined


def _between(columns: Sequence[Cells], tokens: Sequence[str], count: int) -> Iterator[Cells]:
    """Places and words that correspond to nothing: they stand for each other as far as both reach."""
    for place in range(max(len(columns), len(tokens))):
        cells = columns[place] if place < len(columns) else [""] * count
        yield [*cells, tokens[place] if place < len(tokens) else ""]


def _representative(cells: Cells, known: set[str]) -> str:
    """The word by which a column is compared: one that the further wording has too, else the first."""
    keys = [word_key(cell) for cell in dict.fromkeys(cells) if cell]
    return next((key for key in keys if key in known), keys[0])


def _readings(cells: Cells) -> tuple[int, ...]:
    numbers: dict[str, int] = {}
    return tuple(numbers.setdefault(word_key(cell), len(numbers)) for cell in cells)
