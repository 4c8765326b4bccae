"""Commands without a database: lines in, lines out."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO, cast

from app import documents
from app.errors import InputError
from app.records import Document, Quotation, Rejected, Unit
from app.terminal import inert
from app.workers import TaskLost, Workers

Row = dict[str, Any]
Task = Document | documents.Unparsed | documents.Uncut
Answer = Document | Rejected | documents.Parts | list[Row]

_FURTHEST = 2**31  # offset in a text


def extract(file: str, limits: documents.Limits, seconds: float, out: TextIO, complaints: TextIO) -> bool:
    """Write each passage of each document in `file` (- is standard input) as a JSON line.

    A process of its own parses and searches each document, and has `seconds` for it. Refused documents are named on
    `complaints`; returns whether there were none.
    """
    complete = True
    with Workers(work, 1, seconds) as pool:
        for found in _found(file, limits, pool):
            if isinstance(found, Rejected):
                complete = False
                print(inert(f"{found.name}: {found.reason} {found.hint}"), file=complaints)
            else:
                _write(found, out)
    return complete


def _found(file: str, limits: documents.Limits, pool: Workers[Task, Answer]) -> Iterator[list[Row] | Rejected]:
    def cut(uncut: documents.Uncut) -> documents.Parts:
        parts = _asked(pool, uncut)
        return (parts,) if isinstance(parts, Rejected) else cast(documents.Parts, parts)

    for one in documents.expand([file]):
        for found in documents.read_unparsed(one, limits, cut):
            answer = found if isinstance(found, Rejected) else _asked(pool, found)
            yield cast(list[Row] | Rejected, _asked(pool, answer) if isinstance(answer, Document) else answer)


def _asked(pool: Workers[Task, Answer], task: Task) -> Answer:
    try:
        return pool.ask(task)
    except TaskLost as lost:
        from app.ahead import refused  # loads the store

        return refused(lost)


def work(task: Task) -> Answer:
    """What the process is for: to take a feed apart, to parse a page, or to find the passages of a document."""
    if isinstance(task, Document):
        from app.ingest import quotations_of  # loads all stages and the store, which this command itself does without

        return [_passage(task, quotation) for quotation in quotations_of(task.text, documents.segment(task))]
    return task.parsed() if isinstance(task, documents.Unparsed) else task.parts()


def _write(rows: Iterable[Row], out: TextIO) -> None:
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _passage(document: Document, quotation: Quotation) -> Row:
    source, cue = quotation.source or (None, None), quotation.cue or (None, None)
    return {
        "doc": document.name,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "text": document.text[quotation.span.start : quotation.span.end],
        "kind": quotation.kind,
        "attribution": quotation.attribution,
        "source_start": source[0],
        "source_end": source[1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "speaker": quotation.speaker and quotation.speaker.name,
        "confidence": round(quotation.confidence, 4),
        "reason": quotation.reason,
        "fault": quotation.fault,
    }


def cluster(file: str, out: TextIO, complaints: TextIO) -> bool:
    """Cluster JSONL lines {"id","text"} (- is standard input) and write {"id","quote"} in the same order.

    A quote is named by the id of its first unit. Lines that are no units are named on `complaints`; returns whether
    there were none. Raises InputError for a file that can't be read.
    """
    from app import clustering

    units: list[Unit] = []
    complete = True
    for found in _units(file):
        if isinstance(found, InputError):
            complete = False
            print(inert(str(found)), file=complaints)
        else:
            units.append(found)
    names: dict[int, str] = {}
    labelled = zip(units, clustering.cluster(units), strict=True)
    _write(({"id": unit.id, "quote": names.setdefault(label, unit.id)} for unit, label in labelled), out)
    return complete


def _units(file: str) -> Iterator[Unit | InputError]:
    try:
        with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _unit(file, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read: {error}.", "Give a UTF-8 file of JSON lines.") from error


def _unit(file: str, number: int, line: str) -> Unit | InputError:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError("it is no object")
        document, speaker, start, end = (
            _text(row, "doc"),
            _text(row, "speaker"),
            _place(row, "start"),
            _place(row, "end"),
        )
        return Unit(_needed(row, "id"), _needed(row, "text"), document, speaker, start, end)
    except RecursionError:
        reason = "it is nested too deeply"
    except (ValueError, TypeError) as error:
        reason = str(error)
    return InputError(f"{file}, line {number} is not a unit: {reason}.", 'Each line is an object with "id" and "text".')


def _needed(row: Row, name: str) -> str:
    text = _text(row, name)
    if text is None:
        raise ValueError(f"it has no {name!r}")
    return text


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str | int | float):
        raise TypeError(f"its {name!r} is no text")
    str(value).encode()  # a lone surrogate could not be written
    return str(value)


def _place(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is not None and (type(value) is not int or not 0 <= value < _FURTHEST):
        raise TypeError(f"its {name!r} is no offset")
    return value
