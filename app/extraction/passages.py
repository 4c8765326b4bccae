"""The verb of this stage: paragraphs to passages."""

from collections.abc import Sequence

from app.extraction.bounds import bound
from app.extraction.grouping import group
from app.extraction.laid_out import laid_out
from app.extraction.marks import Mark, scan
from app.extraction.pairing import Enclosure, pair
from app.extraction.proposal import Proposal
from app.extraction.reported import reported
from app.extraction.speech import is_speech
from app.inference import Tags
from app.records import Layout, Paragraph, Passage


def extract(text: str, layout: Layout, tags: Tags) -> tuple[Passage, ...]:
    """The passages of a document in order, as spans of `text`: no overlaps, each in one paragraph.

    What the layout gives to a speaker comes first: turns of a transcript, block quotes, posts. Elsewhere marks propose
    and the evidence judges: spans between marks that are no speech (titles, nicknames, words as words) are left out.
    What the tagger holds for content beyond that is reported without marks. A damaged mark concerns its own paragraph
    only, except where a quotation goes on over several paragraphs.
    """
    said, others, taken = laid_out(text, layout, propose(text, layout), tags)
    quoted = [proposal for proposal in others if is_speech(text, proposal, tags)]
    beside = reported(text, layout, sorted([*(proposal.outer for proposal in quoted), *taken]), tags)
    return group(text, sorted([*said, *quoted, *beside], key=lambda proposal: proposal.span), tags)


def propose(text: str, layout: Layout) -> list[Proposal]:
    """Everything between marks, speech or not: what a judge of speech chooses from."""
    marks = [scan(text, paragraph.span) for paragraph in layout.paragraphs]
    found: list[Proposal] = []
    for paragraph, own, ahead in zip(layout.paragraphs, marks, [*marks[1:], []], strict=False):
        found += _of_paragraph(text, paragraph, own, ahead[:1])
    return found


def _of_paragraph(text: str, paragraph: Paragraph, own: Sequence[Mark], ahead: Sequence[Mark]) -> list[Proposal]:
    reopens = bool(ahead) and ahead[0].at_start and ahead[0].opening < 2
    enclosures = pair(text, *paragraph.span, own, reopens)
    bounded = (
        bound(text, enclosure, paragraph, _goes_on(text, enclosure, paragraph, ahead)) for enclosure in enclosures
    )
    return [proposal for proposal in bounded if proposal]


def _goes_on(text: str, enclosure: Enclosure, paragraph: Paragraph, ahead: Sequence[Mark]) -> bool:
    """Whether the quotation stays open because the next paragraph begins with the same kind of mark."""
    if enclosure.closing or not enclosure.opening or enclosure.limit != paragraph.span.end or not ahead:
        return False
    if text[enclosure.opening.end : enclosure.opening.end + 1].islower():
        return False
    return ahead[0].at_start and ahead[0].text[0] == enclosure.opening.text[0]
