"""What stands between two marks, before anyone has judged whether it is speech."""

from dataclasses import dataclass

from app.records import Paragraph, Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span between marks. `goes_on`: the next paragraph opens the same quotation again."""

    span: Span
    outer: Span
    paragraph: Paragraph
    fault: str | None = None
    goes_on: bool = False
