"""Parquet, piece by piece. Its library takes longer to load than a page to make, so only a file loads this."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow
from pyarrow import parquet

from app.store.write_rows import Columns, Row

_TYPES = {
    "text": pyarrow.string(),
    "texts": pyarrow.list_(pyarrow.string()),
    "whole": pyarrow.int64(),
    "share": pyarrow.float64(),
    "yes": pyarrow.bool_(),
}


def stream_parquet(batches: Iterable[list[Row]], columns: Columns) -> Iterator[bytes]:
    """The file in pieces, a row group a batch."""
    schema = pyarrow.schema({name: _TYPES[kind] for name, kind in columns.items()})
    sink = _Sink()
    writer = parquet.ParquetWriter(sink, schema)
    for batch in batches:
        writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
        yield sink.take()
    writer.close()
    yield sink.take()


class _Sink(io.RawIOBase):
    """A file to write to, emptied as it fills; it knows how far it has come."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        return len(data)

    def tell(self) -> int:
        return self._taken + len(self._kept)

    def take(self) -> bytes:
        """What has been written since the last time."""
        data, self._kept = bytes(self._kept), bytearray()
        self._taken += len(data)
        return data
