"""A stretch of text that may be reported speech, before it becomes a passage."""

from dataclasses import dataclass

from app.records import Paragraph, Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span between marks, or, where `marked` is false, one that is reported without them.

    `goes_on`: the next paragraph opens the same quotation again. `turn` numbers what the layout gives to one speaker,
    whom the words of `label` name.
    """

    span: Span
    outer: Span
    paragraph: Paragraph
    fault: str | None = None
    goes_on: bool = False
    marked: bool = True
    label: Span | None = None
    turn: int | None = None
