"""What two documents have in common, and what each says differently: row by row, for a page with two columns."""

from collections.abc import Sequence
from itertools import chain

from app.records import Beside
from app.store.read_views import Document, Quotation
from app.web.addresses import quote_address
from app.web.compare_contexts import Abreast, Group, Said
from app.web.differences import differences
from app.web.tools import Collate

_MOST = 400  # quotes of a document

Sentences = dict[str, tuple[Said, str]]  # by quote: the words here, and the address of the quote


def of_quotations(
    one: tuple[Document, Sequence[Quotation]], other: tuple[Document, Sequence[Quotation]], collate: Collate
) -> tuple[tuple[Group, ...], bool]:
    """The quotes that both carry in the order of the first, then those that only one does; whether some are left
    out."""
    ours, theirs = _sentences(*one), _sentences(*other)
    both = tuple(_row(ours[quote][0], theirs[quote][0], collate, ours[quote][1]) for quote in ours if quote in theirs)
    left = tuple(Abreast(said, None, address=at) for quote, (said, at) in ours.items() if quote not in theirs)
    right = tuple(Abreast(None, said, address=at) for quote, (said, at) in theirs.items() if quote not in ours)
    headed = (("Quoted in both", both), ("Only in the first", left), ("Only in the second", right))
    groups = tuple(Group(heading, rows[:_MOST]) for heading, rows in headed if rows)
    return groups, max(len(both), len(left), len(right)) > _MOST


def of_text(found: Beside, collate: Collate) -> tuple[Group, ...]:
    """All sentences in order, those that correspond side by side."""
    rows = tuple(
        _row(Said(ours), Said(theirs), collate)
        if ours is not None and theirs is not None
        else Abreast(None if ours is None else Said(ours), None if theirs is None else Said(theirs))
        for ours, theirs in found.pairs
    )
    return (Group("Sentence by sentence", rows),) if rows else ()


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
