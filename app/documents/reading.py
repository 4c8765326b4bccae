"""One input through its reader: whatever is wrong with it becomes a Rejected with reason and hint."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from app.documents.inputs import Input, Limits
from app.documents.plain import read_text
from app.documents.rows import read_csv, read_jsonl
from app.documents.sniff import hint_of_name, media
from app.documents.stream import Source, Stream, file_chunks, inflated
from app.documents.unparsed import Parts, Uncut, Unparsed, judged, refused
from app.errors import InputError, VariorumError
from app.records import Document, Rejected

_MOST_FAILED = 1000  # records at the start of an input, none of which is a document
_SHORT = 200  # characters of a page that is parsed at once: it harms no parser, and that it is empty is soon known

_Found = Document | Unparsed | Rejected
_Reader = Callable[[Source, Limits], Iterator[_Found | Uncut]]


def read(given: Input, limits: Limits) -> Iterator[Document | Rejected]:
    """Every document of one input, in order, and a Rejected for the input or each record that gives none.

    Bad input raises nothing. Files are read as streams; no more than one document or record is held.
    """
    for one in read_unparsed(given, limits, Uncut.parts):
        yield one.parsed() if isinstance(one, Unparsed) else one


def read_unparsed(
    given: Input, limits: Limits, cut: Callable[[Uncut], Parts]
) -> Iterator[Document | Unparsed | Rejected]:
    """The same, one for one, but what is a page and not very short is yet to be parsed; `cut` takes feeds apart."""
    try:
        with _opened(given, limits) as source:
            found = _cut(_documents(source, limits), cut)
            yield from _while_hopeful(map(_finished, found))
    except OSError as error:
        yield _unreadable(given, error)
    except Exception as error:
        if isinstance(error, VariorumError) and not isinstance(error, InputError):
            raise  # not about the input
        yield refused(given.name, error)


def _cut(found: Iterator[_Found | Uncut], cut: Callable[[Uncut], Parts]) -> Iterator[_Found]:
    for one in found:
        if isinstance(one, Uncut):
            yield from cut(one)
        else:
            yield one


def _finished(found: _Found) -> _Found:
    if isinstance(found, Unparsed) and found.size <= _SHORT:
        return found.parsed()
    return judged(found) if isinstance(found, Document) else found


def _while_hopeful(found: Iterator[_Found]) -> Iterator[_Found]:
    """All that is found; raises InputError where a thousand records give no document, for each is put on record.

    A page that is yet to be parsed is no reason to give up: crawls begin with any number without an article.
    """
    failed: int | None = 0
    for one in found:
        refused = isinstance(one, Rejected) and one.outcome == "failed"
        failed = failed + 1 if failed is not None and refused else None
        if failed is not None and failed > _MOST_FAILED:
            raise InputError(
                f"Its first {_MOST_FAILED:,} records hold no document; reading stopped there.",
                "Check that it is of the format that its name says.",
            )
        yield one


def _documents(source: Source, limits: Limits) -> Iterator[_Found | Uncut]:
    head = source.stream.head()
    if not head:
        source.stream.whole(0)  # raises the fault that came before the first byte, if one did
        raise InputError("It is empty.", "Check that the file was written completely.")
    yield from _reader(media(head, source.hint))(source, limits)


def _reader(kind: str) -> _Reader:
    """The reader of one media. Those that load large libraries do so when first needed."""
    if kind == "html":
        from app.documents.webpage import read_html

        return read_html
    if kind == "feed":
        from app.documents.feed import read_feed

        return read_feed
    if kind == "warc":
        from app.documents.warc import read_warc

        return read_warc
    return {"jsonl": read_jsonl, "csv": read_csv}.get(kind, read_text)


def _opened(given: Input, limits: Limits) -> AbstractContextManager[Source]:
    if given.url is not None:
        return _opened_address(given.name, given.url, limits)
    if given.path is not None:
        return _opened_file(given, given.path, limits)
    return _opened_stdin(limits)


@contextmanager
def _opened_address(name: str, url: str, limits: Limits) -> Iterator[Source]:
    from app.documents.fetch import fetched

    with fetched(name, url, limits) as source:
        yield _inflated(source, limits)


@contextmanager
def _opened_file(given: Input, path: Path, limits: Limits) -> Iterator[Source]:
    if os.path.isdir(path):
        raise _folder_fault(path)
    with path.open("rb") as file:
        chunks = Stream(file_chunks(file))
        yield _inflated(Source(given.name, chunks, hint_of_name(path.name), size=given.size), limits)


@contextmanager
def _opened_stdin(limits: Limits) -> Iterator[Source]:
    yield _inflated(Source("-", Stream(file_chunks(sys.stdin.buffer))), limits)


def _inflated(source: Source, limits: Limits) -> Source:
    """The source with gzip taken off; its size is then unknown."""
    stream = inflated(source.stream, limits.max_document_bytes)
    if stream is source.stream:
        return source
    return Source(source.name, stream, source.hint, source.url, source.charset)


def _folder_fault(folder: Path) -> InputError:
    """Why a folder came as an input of its own; raises OSError where it can't be listed."""
    if os.listdir(folder):
        return InputError("The folder holds no files but hidden ones.", "Give the files themselves by name.")
    return InputError("The folder is empty.", "Give a folder with documents.")


def _unreadable(given: Input, error: OSError) -> Rejected:
    if isinstance(error, FileNotFoundError):
        reason, hint = "There is no such file.", "Check the spelling, and the folder that you are in."
    elif isinstance(error, PermissionError):
        reason, hint = "Permission to read it is denied.", "Change its permissions, or run as its owner."
    else:
        reason = f"It can't be read: {error.strerror or error}."
        hint = "Check the file and the disk or share that it is on."
    return Rejected(given.name, "failed", reason, hint)
