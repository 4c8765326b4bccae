"""Rows to a file or a pipe: JSON lines, CSV or Parquet, a batch in memory at a time."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import pyarrow
from pyarrow import parquet

from app.errors import UsageError

Row = dict[str, Any]
FORMATS = ("jsonl", "csv", "parquet")
_BATCH = 5_000  # rows a Parquet row group


def write_rows(rows: Iterable[Row], form: str, out: BinaryIO) -> int:
    """Write `rows`, all of the same keys, to `out`; returns how many. Raises UsageError for other forms."""
    writers: dict[str, Callable[[Iterable[Row], BinaryIO], int]] = {
        "jsonl": _write_jsonl,
        "csv": _write_csv,
        "parquet": _write_parquet,
    }
    if form not in writers:
        raise UsageError(f"There is no format {form!r}.", f"Choose one of {', '.join(FORMATS)}.")
    return writers[form](rows, out)


def _write_jsonl(rows: Iterable[Row], out: BinaryIO) -> int:
    count = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        count += 1
    return count


def _write_csv(rows: Iterable[Row], out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, "utf-8", errors="replace", newline="", write_through=True)
    count = 0
    writer = csv.writer(text)
    for row in rows:
        if not count:
            writer.writerow(row)
        writer.writerow([" | ".join(v) if isinstance(v, list) else v for v in row.values()])
        count += 1
    text.detach()
    return count


def _write_parquet(rows: Iterable[Row], out: BinaryIO) -> int:
    count = 0
    writer: parquet.ParquetWriter | None = None
    for batch in _batches(rows):
        schema = writer.schema if writer else _schema(batch)
        writer = writer or parquet.ParquetWriter(out, schema)
        writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
        count += len(batch)
    if writer:
        writer.close()
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _schema(batch: list[Row]) -> pyarrow.Schema:
    """Types of the first batch; a column that is empty there is text, as all nullable text columns are."""
    inferred = pyarrow.Table.from_pylist(batch).schema
    return pyarrow.schema(
        [pyarrow.field(f.name, pyarrow.string() if f.type == pyarrow.null() else f.type) for f in inferred]
    )
