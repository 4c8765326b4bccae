"""Everything that the layout of a document gives to a speaker, before marks and tagger are asked."""

from collections.abc import Sequence

from app.extraction.blocks import blocks
from app.extraction.posts import posts
from app.extraction.proposal import Proposal
from app.extraction.transcripts import transcript
from app.extraction.turns import Turn, page
from app.inference import Tags
from app.records import Layout, Span


def laid_out(
    text: str, layout: Layout, proposals: Sequence[Proposal], tags: Tags
) -> tuple[list[Proposal], list[Proposal], list[Span]]:
    """What the layout says is speech, which of the proposals are left to be judged, and the spans that are used up.

    A paragraph is used once, by transcripts first, then block quotes, then posts and signatures.
    """
    read = page(text, layout.paragraphs, proposals)
    turns: list[Turn] = []
    taken: set[Span] = set()
    for found in (transcript(read), blocks(read, tags)):
        fresh = [turn for turn in found if taken.isdisjoint(turn.taken)]
        taken |= {span for turn in fresh for span in turn.taken}
        turns += fresh
    used = {number for number, paragraph in enumerate(layout.paragraphs) if paragraph.span in taken}
    signed = posts(read, used)
    taken |= {span for turn in signed for span in turn.taken}
    said = [part for number, turn in enumerate([*turns, *signed]) for part in turn.proposals(number)]
    return said, [proposal for proposal in proposals if proposal.paragraph.span not in taken], sorted(taken)
