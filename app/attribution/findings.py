"""What was decided for one passage, with the sentence that says how."""

from dataclasses import dataclass, replace

from app.attribution.scene import Answer
from app.records import Passage, Quotation, Span, Speaker

NOTHING = "No cue or name near it."


@dataclass(frozen=True, slots=True)
class Finding:
    """Source and cue as spans of the text, who it is, and how that was found."""

    source: Span | None
    cue: Span | None
    answer: Answer
    confidence: float
    reason: str

    @property
    def speaker(self) -> Speaker | None:
        """The speaker record, None where the finding abstains."""
        return self.answer.figure.speaker() if self.answer.figure else self.answer.speaker

    def passed_on(self, share: float, reason: str) -> "Finding":
        """The same speaker for another passage, less sure, by a rule of its own; nobody, for the same reason."""
        if self.speaker is None:
            return self
        return replace(self, confidence=self.confidence * share, reason=reason)


def nothing(reason: str = NOTHING) -> Finding:
    """A finding that abstains."""
    return Finding(None, None, Answer(), 0.0, reason)


def quotation(passage: Passage, finding: Finding) -> Quotation:
    """The record of a passage with its finding; the name of the speaker is settled only now."""
    p, f = passage, finding
    sure = round(f.confidence, 3) if f.speaker else 0.0
    where = f.source, f.cue, f.speaker, sure, f.reason
    return Quotation(p.span, p.outer, p.kind, p.attribution, p.heading, p.fault, *where)


def told(words: str, cue: str, answer: Answer) -> str:
    """“‘said’ next to ‘Ashby’, who is Ann Ashby above.”"""
    start = f"‘{cue}’ next to ‘{words}’" if cue else f"‘{words}’ is the subject of the sentence"
    if answer.figure and answer.figure.name not in words:
        return f"{start}, who is {answer.figure.name} in this document."
    return f"{start}."
