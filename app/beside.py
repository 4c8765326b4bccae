"""Two texts side by side, for the page that compares documents."""

from bisect import bisect_right
from collections.abc import Sequence

from app import clustering, documents
from app.records import Beside, Document, Span

_LONGEST = 60_000  # characters of a text
_MOST = 400  # sentences of a text


def beside(one: str, other: str, quoted: Sequence[tuple[int, int]] = ()) -> Beside:
    """The sentences of two texts, those that correspond together; only the beginning of very long texts is compared.

    `quoted` are the places, of characters in each, where both quote the same.
    """
    (ours, ours_cut), (theirs, theirs_cut) = _sentences(one), _sentences(other)
    shared = {(_at(ours, i), _at(theirs, j)) for i, j in quoted}
    known = [(i, j) for i, j in shared if i is not None and j is not None]
    left, right = [one[start:end] for start, end in ours], [other[start:end] for start, end in theirs]
    found = clustering.parallel(left, right, known)
    pairs = tuple((None if i is None else left[i], None if j is None else right[j]) for i, j in found.pairs)
    return Beside(pairs, _elsewhere(found), ours_cut or theirs_cut)


def _sentences(text: str) -> tuple[list[Span], bool]:
    layout = documents.segment(Document("", text[:_LONGEST], "text"))
    spans = [sentence for paragraph in layout.paragraphs for sentence in paragraph.sentences]
    return spans[:_MOST], len(text) > _LONGEST or len(spans) > _MOST


def _at(sentences: Sequence[Span], place: int) -> int | None:
    """The sentence in which a character stands."""
    number = bisect_right(sentences, place, key=lambda span: span.start) - 1
    return number if number >= 0 and place < sentences[number].end else None


def _elsewhere(found: clustering.Parallel) -> tuple[int | None, ...]:
    """For each pair with one side the number of the pair with what corresponds to it, where there is one."""
    ours = {i: number for number, (i, _) in enumerate(found.pairs)}
    theirs = {j: number for number, (_, j) in enumerate(found.pairs)}
    at: dict[tuple[int | None, int | None], int] = {}
    for i, j in found.crossing:
        at.setdefault((i, None), theirs[j])
        at.setdefault((None, j), ours[i])
    return tuple(at.get(pair) for pair in found.pairs)
