"""Speech that the layout of a document gives to somebody, between marks or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.extraction.proposal import Proposal
from app.records import Paragraph, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says, a part a paragraph. `label`: the words that name them.

    `taken`: what the layout uses up, labels and stage directions included; nothing else is looked for there.
    """

    label: Span | None
    parts: tuple[Proposal, ...]
    taken: tuple[Span, ...]

    def proposals(self, number: int) -> Iterator[Proposal]:
        """The parts, as parts of the turn of this number."""
        return (replace(part, label=self.label, turn=number, goes_on=False) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its paragraphs, and what stands between marks in each, by the start of the paragraph."""

    text: str
    paragraphs: Sequence[Paragraph]
    quoted: Mapping[int, Sequence[Proposal]]

    def marked(self, paragraph: Paragraph) -> Sequence[Proposal]:
        """What stands between marks in a paragraph."""
        return self.quoted.get(paragraph.span.start, ())

    def part(self, paragraph: Paragraph, span: Span) -> Proposal | None:
        """The proposal of words in a paragraph; where marks stand around all of them, these are left out.

        None where there is nothing to read.
        """
        text, (start, end) = self.text, span
        inside = text[start:end]
        start += len(inside) - len(inside.lstrip())
        end = max(start, end - (len(inside) - len(inside.rstrip())))
        if not any(map(str.isalnum, text[start:end])):
            return None
        for proposal in self.marked(paragraph):
            if proposal.outer == (start, end):
                return proposal
        return Proposal(Span(start, end), Span(start, end), paragraph)

    def outside(self, span: Span, paragraph: Paragraph) -> str:
        """The words of a span that stand between no marks."""
        pieces, at = [], span.start
        for proposal in self.marked(paragraph):
            pieces.append(self.text[at : max(at, min(proposal.outer.start, span.end))])
            at = max(at, proposal.outer.end)
        return " ".join([*pieces, self.text[at : span.end]])


def page(text: str, paragraphs: Sequence[Paragraph], proposals: Sequence[Proposal]) -> Page:
    """The page of a document, from everything between marks in it."""
    quoted: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        quoted.setdefault(proposal.paragraph.span.start, []).append(proposal)
    return Page(text, paragraphs, quoted)
