"""What was decided for one passage, with the sentence that says how."""

import math
from dataclasses import dataclass, replace

from app.attribution.scene import Answer
from app.records import Passage, Quotation, Span, Speaker

NOTHING = "No cue or name near it."
_LEAST = 0.2  # confidence below which nobody is named
_DOUBT = 0.5  # how far a finding that names somebody else weakens the one that wins
_PRIOR = 1.4  # log-odds that a source found at all is the right one
_MOST = 6.0  # log-odds that nothing is surer than


@dataclass(frozen=True, slots=True)
class Finding:
    """Source and cue as spans of the text, who it is, and how that was found.

    `sure` is how probable it is that the source is the right one, whoever that may be.
    """

    source: Span | None
    cue: Span | None
    answer: Answer
    sure: float
    reason: str
    linked: bool = False  # by the tagger, not by a rule

    @property
    def confidence(self) -> float:
        """How probable it is that the speaker is the right one."""
        return self.sure * self.answer.certainty

    @property
    def speaker(self) -> Speaker | None:
        """The speaker record, None where the finding abstains."""
        return self.answer.figure.speaker() if self.answer.figure else self.answer.speaker

    def passed_on(self, share: float, reason: str) -> "Finding":
        """The same speaker for another passage, less sure, by a rule of its own; nobody, for the same reason."""
        if self.speaker is None:
            return self
        return replace(self, sure=self.sure * share, reason=reason)


def nothing(reason: str = NOTHING) -> Finding:
    """A finding that abstains."""
    return Finding(None, None, Answer(), 0.0, reason)


def surer(held: Finding, other: Finding) -> Finding:
    """Which of two findings for one passage to believe, and how far.

    Where they name the same words their odds multiply, where they differ the winner is doubted.
    """
    if held.source is None or other.source is None:
        return other if held.source is None else held
    best, worse = (held, other) if held.sure >= other.sure else (other, held)
    if _meet(held.source, other.source):
        told = held if other.linked else other  # a rule knows which word of a phrase is the speaker
        both = _probability(_odds(held.sure) + _odds(other.sure) - _PRIOR)
        return replace(told, sure=max(both, best.sure))
    return replace(best, sure=best.sure * (1 - _DOUBT * worse.sure))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _odds(probability: float) -> float:
    """Log-odds, within bounds."""
    bounded = min(max(probability, _probability(-_MOST)), _probability(_MOST))
    return math.log(bounded / (1 - bounded))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def quotation(passage: Passage, finding: Finding) -> Quotation:
    """The record of a passage with its finding; the name of the speaker is settled only now."""
    p, f = passage, finding if finding.speaker is None or finding.confidence >= _LEAST else doubted(finding)
    sure = round(f.confidence, 3) if f.speaker else 0.0
    where = f.source, f.cue, f.speaker, sure, f.reason
    return Quotation(p.span, p.outer, p.kind, p.attribution, p.heading, p.fault, *where)


def doubted(finding: Finding) -> Finding:
    """A finding that abstains because the evidence was too little; the reason names who it might be."""
    assert finding.speaker is not None
    return nothing(f"Perhaps {finding.speaker.name}, but there is too little evidence ({finding.confidence:.0%}).")


def told(words: str, cue: str, answer: Answer) -> str:
    """“‘said’ next to ‘Ashby’, who is Ann Ashby above.”"""
    start = f"‘{cue}’ stands next to ‘{words}’" if cue else f"‘{words}’ is the subject of the sentence"
    if answer.figure and answer.figure.name not in words:
        return f"{start}, who is {answer.figure.name} in this document."
    return f"{start}."
