"""Whatever bytes come: documents whose text can be stored and segmented, or refusals with a reason and a hint."""

from itertools import pairwise

from app.documents import Limits, segment
from app.documents.inputs import Input
from app.documents.reading import _documents, _inflated
from app.documents.stream import Source, Stream
from app.documents.unparsed import Uncut, Unparsed, judged
from app.errors import InputError
from app.records import Document, Rejected
from tests.fuzz.made import text_of
from tests.hostile.archives import record, response

HINTS = ("", "html", "jsonl", "csv", "feed", "warc", "text")
LIMITS = Limits(200_000, 100_000)
EXAMPLES = (
    b"\x00---\ntitle: x\ndate: 2031-03-14\n---\nThe crews met on Friday.\n",
    b"\x01<html><body><article><p>The crews of the ferries met on Friday morning at the quay.</p></article></body></html>",
    b'\x02{"text": "The crews met", "date": "2031-03-14"}\n{"html": "<p>x"}\n',
    b'\x03text,title\n"The crews, met",T\n',
    b"\x04<rss version='2.0'><channel><title>C</title><item><title>T</title><description>x</description></item></channel></rss>",
    b"\x05" + record(response(b"<html><body><p>The crews met</p></body></html>")),
    b"\x0e\x80\xa0The crews met\x90",
)


def check(data: bytes) -> None:
    """Read the rest of `data` as the media that its first byte suggests; from 7 on made of pieces first."""
    kind, body = (data[0], data[1:]) if data else (0, b"")
    body = text_of(body).encode() if kind % 14 > 6 else body
    for found in _read(body, HINTS[kind % 7]):
        if isinstance(found, Rejected):
            assert found.reason.strip()
            assert found.hint.strip()
        else:
            _check_document(found)


def _read(body: bytes, hint: str) -> list[Document | Rejected]:
    given = Input("fuzzed")
    source = _inflated(Source(given.name, Stream([body]), hint), LIMITS)
    try:
        found = (
            part for one in _documents(source, LIMITS) for part in (one.parts() if isinstance(one, Uncut) else [one])
        )
        return [_finished(one) for one in found]
    except InputError as error:
        return [Rejected(given.name, "failed", error.message, error.hint)]


def _finished(found: Document | Unparsed | Rejected) -> Document | Rejected:
    if isinstance(found, Unparsed):
        return found.parsed()
    return judged(found) if isinstance(found, Document) else found


def _check_document(document: Document) -> None:
    document.text.encode()  # can be stored
    assert 0 <= document.body_start <= len(document.text)
    assert document.published is None or document.published.at.tzinfo is None
    spans = [paragraph.span for paragraph in segment(document).paragraphs]
    assert all(document.body_start <= span.start < span.end <= len(document.text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = "".join(document.text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(document.text[document.body_start :].split()), "nothing lost"
