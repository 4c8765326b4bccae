"""A document's text in paragraphs and runs, so that a template can mark quotations, cues and sources."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from app.frozen import record
from app.store.read_views import Quotation, QuoteRef


@record
class Piece:
    """Characters that share all their marks; `quote` is the quote that the sentence belongs to."""

    text: str
    quote: QuoteRef | None
    cue: bool
    source: bool


@record
class Run:
    """Pieces inside the same quotation, or in none; `first` is where a link to the quotation arrives.

    `reported`: it stands in no marks.
    """

    quotation: str | None
    reported: bool
    first: bool
    pieces: tuple[Piece, ...]


@record
class Paragraph:
    """One line of text, from `start` in the document, and the quotations that begin in it."""

    start: int
    runs: tuple[Run, ...]
    begins: tuple[Quotation, ...]

    @property
    def text(self) -> str:
        """The characters, all of them."""
        return "".join(piece.text for run in self.runs for piece in run.pieces)


def paragraphs(body: str, offset: int, quotations: Sequence[Quotation]) -> Iterator[Paragraph]:
    """The paragraphs of `body`, which begins at character `offset` of the document; blank lines left out."""
    lines = list(_lines(body, offset))
    touching = _by_line([start for start, _ in lines], [start + len(text) for start, text in lines], quotations)
    seen: set[str] = set()
    for number, (start, text) in enumerate(lines):
        here = touching.get(number, [])
        runs = tuple(_runs(start, text, here, seen))
        begins = tuple(q for q in here if start <= q.outer_start < start + len(text))
        yield Paragraph(start, runs, begins)


def _lines(body: str, offset: int) -> Iterator[tuple[int, str]]:
    at = offset
    for line in body.splitlines(keepends=True):
        text = line.rstrip()
        if text.strip():
            yield at, text
        at += len(line)


def _by_line(starts: Sequence[int], ends: Sequence[int], quotations: Sequence[Quotation]) -> dict[int, list[Quotation]]:
    """Quotations by the number of each line that they, their source or their cue touch."""
    found: dict[int, list[Quotation]] = {}
    for quotation in quotations:
        spans = [(quotation.outer_start, quotation.outer_end), quotation.source, quotation.cue]
        for number in sorted({n for span in spans if span for n in _touched(starts, ends, span)}):
            found.setdefault(number, []).append(quotation)
    return found


def _touched(starts: Sequence[int], ends: Sequence[int], span: tuple[int, int]) -> Iterator[int]:
    number = max(bisect_right(starts, span[0]) - 1, 0)
    while number < len(starts) and starts[number] < span[1]:
        if ends[number] > span[0]:
            yield number
        number += 1


def _runs(start: int, text: str, quotations: Sequence[Quotation], seen: set[str]) -> Iterator[Run]:
    pieces = _pieces(start, text, quotations)
    for inside, group in groupby(pieces, key=lambda found: found[0]):
        first = inside is not None and inside.id not in seen
        if inside:
            seen.add(inside.id)
        reported = inside is not None and inside.kind == "indirect"
        yield Run(inside and inside.id, reported, first, tuple(piece for _, piece in group))


def _pieces(start: int, text: str, quotations: Sequence[Quotation]) -> Iterator[tuple[Quotation | None, Piece]]:
    end = start + len(text)
    cuts = {start, end} | {edge for q in quotations for edge in _edges(q) if start < edge < end}
    for low, high in pairwise(sorted(cuts)):
        inside = _innermost(quotations, low)
        piece = Piece(
            text=text[low - start : high - start],
            quote=_quote_at(inside, low) if inside else None,
            cue=any(_covers(q.cue, low) for q in quotations),
            source=any(_covers(q.source, low) for q in quotations),
        )
        yield inside, piece


def _edges(quotation: Quotation) -> Iterator[int]:
    yield from (quotation.outer_start, quotation.outer_end, *(quotation.source or ()), *(quotation.cue or ()))
    for part in quotation.quotes:
        yield from (part.start, part.end)


def _innermost(quotations: Sequence[Quotation], at: int) -> Quotation | None:
    covering = [q for q in quotations if q.outer_start <= at < q.outer_end]
    return min(covering, key=lambda q: q.outer_end - q.outer_start, default=None)


def _quote_at(quotation: Quotation, at: int) -> QuoteRef | None:
    return next((part for part in quotation.quotes if part.start <= at < part.end), None)


def _covers(span: tuple[int, int] | None, at: int) -> bool:
    return span is not None and span[0] <= at < span[1]
