"""What two documents have in common, and what each says differently: row by row, for a page with two columns."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, product

from app.records import Beside
from app.store.read_views import Document, Quotation
from app.web.addresses import quote_address
from app.web.compare_contexts import Abreast, Group, Said
from app.web.differences import differences
from app.web.tools import Collate

_MOST = 400  # quotes of a document
_OFTEN = 8  # places of one quote in a document

Sentences = dict[str, tuple[Said, str]]  # by quote: the words here, and the address of the quote


Quoting = tuple[Document, Sequence[Quotation]]


def of_quotations(one: Quoting, other: Quoting, collate: Collate) -> tuple[tuple[Group, ...], bool]:
    """The quotes that both carry in the order of the first, then those that only one does; whether some are left
    out."""
    ours, theirs = _sentences(*one), _sentences(*other)
    both = tuple(_row(ours[quote][0], theirs[quote][0], collate, ours[quote][1]) for quote in ours if quote in theirs)
    left = tuple(Abreast(said, None, address=at) for quote, (said, at) in ours.items() if quote not in theirs)
    right = tuple(Abreast(None, said, address=at) for quote, (said, at) in theirs.items() if quote not in ours)
    headed = (("Quoted in both", both), ("Only in the first", left), ("Only in the second", right))
    groups = tuple(Group(heading, rows[:_MOST]) for heading, rows in headed if rows)
    return groups, max(len(both), len(left), len(right)) > _MOST


def quoted_in_both(one: Quoting, other: Quoting) -> tuple[tuple[int, int], ...]:
    """Where each of two documents has a sentence of the same quote: characters of their bodies."""
    ours, theirs = _places(*one), _places(*other)
    return tuple(pair for quote in ours.keys() & theirs.keys() for pair in product(ours[quote], theirs[quote]))


def _places(document: Document, quotations: Sequence[Quotation]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for ref in chain.from_iterable(quotation.quotes for quotation in quotations):
        if len(places[ref.quote]) < _OFTEN:
            places[ref.quote].append(ref.start - document.body_start)
    return places


def of_text(found: Beside, collate: Collate) -> tuple[Group, ...]:
    """All sentences in order, those that correspond side by side."""
    rows = tuple(
        _of_pair(*pair, None if elsewhere is None else elsewhere + 1, collate)
        for pair, elsewhere in zip(found.pairs, found.elsewhere, strict=True)
    )
    return (Group("Sentence by sentence", rows),) if rows else ()


def _of_pair(ours: str | None, theirs: str | None, elsewhere: int | None, collate: Collate) -> Abreast:
    if ours is not None and theirs is not None:
        return _row(Said(ours), Said(theirs), collate)
    left, right = (None if words is None else Said(words) for words in (ours, theirs))
    return Abreast(left, right, elsewhere=elsewhere)


def _row(left: Said, right: Said, collate: Collate, address: str | None = None) -> Abreast:
    changes, summary = differences(left.words, right.words, collate)
    spoken = left.speaker and right.speaker and left.speaker != right.speaker
    differs = bool(spoken) or any(change.kind != "same" for change in changes)
    if spoken:
        summary = f"Said by {left.speaker} there, by {right.speaker} here. {summary}"
    return Abreast(left, right, changes, differs, summary, address)


def _sentences(document: Document, quotations: Sequence[Quotation]) -> Sentences:
    """The first sentence of each quote; what stands in the text goes before what stands in headings."""
    found: Sentences = {}
    ordered = sorted(quotations, key=lambda quotation: (quotation.heading, quotation.start))
    for quotation, ref in chain.from_iterable(((q, ref) for ref in q.quotes) for q in ordered):
        words = document.body[ref.start - document.body_start : ref.end - document.body_start]
        who = quotation.speaker.name if quotation.speaker and quotation.speaker.kind != "unnamed" else None
        found.setdefault(ref.quote, (Said(words, who), quote_address(ref.quote, ref.text)))
    return found
