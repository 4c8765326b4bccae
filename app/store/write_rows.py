"""Rows to a file, a pipe or a reader of the site: JSON lines, CSV or Parquet, a batch in memory at a time."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Literal

from app.errors import UsageError, VariorumError

Row = dict[str, Any]
Columns = Mapping[str, Literal["text", "texts", "whole", "share", "yes"]]  # what each column holds
FORMATS = ("jsonl", "csv", "parquet")
_BATCH = 5_000  # rows a Parquet row group
_CHUNK = 500  # rows a piece of text
_FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")  # what makes a spreadsheet compute a cell


@contextmanager
def opened_output(path: Path | None, standard: BinaryIO) -> Iterator[BinaryIO]:
    """Where rows go: the file at `path`, which has its name only once it is whole, or `standard` where that is None.

    Raises VariorumError where it can't be written.
    """
    try:
        if path is None:
            yield standard
            standard.flush()
        elif path.exists() and not path.is_file():  # a pipe or device stays what it is
            with path.open("wb") as out:
                yield out
        else:
            yield from _whole(path.resolve())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise VariorumError(
            f"{path or 'Standard output'} can't be written: {error.strerror}.",
            "Choose another place, or free some space.",
        ) from error


def _whole(path: Path) -> Iterator[BinaryIO]:
    made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with made.open("wb") as out:
            yield out
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def write_rows(rows: Iterable[Row], form: str, out: BinaryIO, columns: Columns) -> None:
    """Write `rows` of these `columns` to `out`. Raises UsageError for other forms."""
    for chunk in stream_rows(rows, form, columns):
        out.write(chunk)


def stream_rows(rows: Iterable[Row], form: str, columns: Columns) -> Iterator[bytes]:
    """The file in pieces; no cell of a CSV begins a formula.

    `columns` give an empty CSV its head, and Parquet its types. Raises UsageError.
    """
    writers: dict[str, Callable[[Iterable[Row], Columns], Iterator[bytes]]] = {
        "jsonl": _jsonl,
        "csv": _csv,
        "parquet": _parquet,
    }
    if form not in writers:
        raise UsageError(f"There is no format {form!r}.", f"Choose one of {', '.join(FORMATS)}.")
    return writers[form](rows, columns)


def _without_formulas(row: Row) -> Row:
    """The row with an apostrophe before texts that a spreadsheet would compute."""
    return {name: _harmless(value) for name, value in row.items()}


def _harmless(value: Any) -> Any:
    if isinstance(value, list):
        return [_harmless(piece) for piece in value]
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _jsonl(rows: Iterable[Row], _columns: Columns) -> Iterator[bytes]:
    for batch in _batches(rows, _CHUNK):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in batch)
        yield text.encode("utf-8", "surrogatepass")


def _csv(rows: Iterable[Row], columns: Columns) -> Iterator[bytes]:
    written = False  # the head goes with the first rows: where they can't be read, nothing has been sent yet
    for batch in _batches(map(_without_formulas, rows), _CHUNK):
        lines = [[" | ".join(v) if isinstance(v, list) else v for v in row.values()] for row in batch]
        yield _csv_lines(lines if written else [columns, *lines])
        written = True
    if not written:
        yield _csv_lines([columns])


def _csv_lines(lines: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def _parquet(rows: Iterable[Row], columns: Columns) -> Iterator[bytes]:
    from app.store.parquet import stream_parquet  # takes longer to load than a page to make

    return stream_parquet(_batches(rows, _BATCH), columns)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch
