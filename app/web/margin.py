"""Notes in the margin of a document: who speaks, and what stands elsewhere."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import groupby

from app.records import Label, LabelKind
from app.store.read_views import Quotation, QuoteRef
from app.web.addresses import quote_address
from app.web.contexts import Note, NoteItem
from app.web.filters import evidence, plural, shorten
from app.web.marking import Paragraph

_WORDS_LENGTH = 34
_ONLY_HERE = "only here"
_SPEAKER: LabelKind = "other speaker"
_NOT_OF_WORDS: Set[LabelKind] = {_SPEAKER, "machine-translated or spun"}  # told apart, and beside the document
_PIECES = 2  # of what a change rests on
_REPORTED = "reported in other words"


def notes(paragraph: Paragraph, body: str, offset: int) -> tuple[Note, ...]:
    """One note for each run of quotations of the same speaker that begin in a paragraph of `body`.

    `body` begins at character `offset` of the document.
    """
    grouped = groupby(paragraph.begins, key=lambda quotation: quotation.speaker)
    return tuple(_note(list(quotations), body, offset) for _, quotations in grouped)


def _note(quotations: list[Quotation], body: str, offset: int) -> Note:
    surest = max(quotations, key=lambda quotation: quotation.confidence)
    items = [item for quotation in quotations for item in _items(quotation, body, offset)]
    if len(items) == 1 and items[0].address is None:
        items = [replace(items[0], shown=False)]  # the text beside the note has them
    return Note(surest.speaker, surest.reason, surest.confidence, tuple(items))


def _items(quotation: Quotation, body: str, offset: int) -> tuple[NoteItem, ...]:
    """What is to be said of a quotation: of each of its sentences that stands elsewhere too, else of the whole."""
    distinct = {ref.quote: ref for ref in reversed(quotation.quotes)}
    telling = tuple(
        NoteItem(
            quotation=quotation.id,
            words=shorten(body[ref.start - offset : ref.end - offset], _WORDS_LENGTH),
            address=quote_address(ref.quote, ref.text),
            remark=_remark(ref),
        )
        for ref in sorted(distinct.values(), key=lambda ref: ref.start)
        if quotation.kind != "indirect" and _remark(ref) != _ONLY_HERE
    )
    words = shorten(body[quotation.start - offset : quotation.end - offset], _WORDS_LENGTH)
    return telling or (NoteItem(quotation.id, words, None, _untold(quotation)),)


def _untold(quotation: Quotation) -> str:
    if quotation.kind == "indirect":
        return _REPORTED
    return _ONLY_HERE if quotation.quotes else "not compared yet"


def _remark(ref: QuoteRef) -> str:
    """What stands elsewhere, whether this is the likely original, and whether documents disagree on the speaker."""
    remarks = [_elsewhere(ref)]
    if ref.variant_rank:
        remarks.append(_differs(ref))
    if ref.speaker_count > 1:
        named = next((label for label in ref.labels if label.kind == _SPEAKER), None)
        remarks.append(_told(named, evidence(named)) if named else "another speaker too")
    return "; ".join(remarks)


def _differs(ref: QuoteRef) -> str:
    """What differs here: the gravest change that is one of words, and these."""
    for label in ref.labels:
        words = evidence(label)
        if words and label.kind not in _NOT_OF_WORDS:
            return _told(label, words)
    return "differs here"


def _told(label: Label, words: Sequence[str]) -> str:
    return f"{label.kind} here: {'; '.join(words[:_PIECES])}{' …' if len(words) > _PIECES else ''}"


def _elsewhere(ref: QuoteRef) -> str:
    if ref.variant_count > 1:
        return f"{plural(ref.variant_count - 1, 'variant')} elsewhere"
    if ref.quotation_count > 1:
        return f"same words in {plural(ref.quotation_count - 1, 'other place')}"
    return _ONLY_HERE
