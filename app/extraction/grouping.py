"""Which passages belong to one attribution, and whether marks hold all of what it reports."""

import re
from collections.abc import Iterator, Sequence

from app.extraction.proposal import Proposal
from app.extraction.sentences import ends
from app.extraction.ties import joined, ties
from app.extraction.words import CUES, has_cue, words
from app.inference import Tags
from app.records import Kind, Passage

_GAP = 40  # words between the parts of one attribution
_MARKS = "\"'“”‘’«»‹› "
_ENDS_SENTENCE = re.compile(r"[.!?…—–-][\"'”’»›]*$")
_LABEL = re.compile(r"[A-Z][A-Z .’'-]+:")


def group(text: str, proposals: Sequence[Proposal], tags: Tags) -> tuple[Passage, ...]:
    """Passages with their kind and the number of their attribution, counted from 0 in order of the text.

    An attribution is mixed where marks hold some of it, and words beside them the rest.
    """
    held = list(ties(text, proposals, tags))
    parts = joined(len(proposals), held)
    quoted = [number for number, proposal in enumerate(proposals) if proposal.marked]
    paraphrased = {part for part, proposal in zip(parts, proposals, strict=True) if not proposal.marked}
    kinds: list[Kind] = ["mixed" if parts[number] in paraphrased else "direct" for number in quoted]
    turns = _turns(text, [proposals[number] for number in quoted], kinds)
    numbers = joined(len(proposals), [*held, *((quoted[a], quoted[a + 1]) for a in turns)])
    mixed = {numbers[number] for number, kind in zip(quoted, kinds, strict=True) if kind == "mixed"}
    return tuple(map(_passage, proposals, numbers, [number in mixed for number in numbers]))


def _passage(proposal: Proposal, attribution: int, mixed: bool) -> Passage:
    kind: Kind = "indirect" if not proposal.marked else "mixed" if mixed else "direct"
    heading = proposal.paragraph.heading and proposal.turn is None
    return Passage(proposal.span, proposal.outer, kind, attribution, heading, proposal.fault, proposal.label)


def _turns(text: str, proposals: Sequence[Proposal], kinds: Sequence[Kind]) -> Iterator[int]:
    """The quoted passages that the next one goes on: “A,” he said. “B.”"""
    cued = False  # a verb of saying before the first passage of this attribution, in its sentence
    for number, proposal in enumerate(proposals):
        if number and _belongs(text, proposals[number - 1], proposal, cued, kinds[number]):
            yield number - 1
        else:
            cued = has_cue(_lead(text, proposal, proposals[number - 1] if number else None))


def _lead(text: str, proposal: Proposal, previous: Proposal | None = None) -> str:
    """The words of the passage's sentence that stand before it, as far as the passage before."""
    start = proposal.paragraph.span.start
    if previous and previous.paragraph is proposal.paragraph:
        start = previous.outer.end
    start = max(start, proposal.outer.start - 400)
    lead = text[start : proposal.outer.start].rstrip()
    return lead[max(ends(lead), default=0) :]


def _belongs(text: str, first: Proposal, second: Proposal, cued: bool, kind: Kind) -> bool:
    if first.turn is not None or second.turn is not None:
        return first.turn == second.turn
    gap = text[first.outer.end : second.outer.start]
    if first.paragraph is not second.paragraph:
        return first.goes_on and gap.isspace() and not _LABEL.match(text, second.span.start)
    if len(gap) > 400 or len(words(gap)) > _GAP:
        return False
    if _is_interruption(text, first, gap):
        return not _has_own_cue(text, second) and (kind == "direct" or _within_sentence(gap))
    if not _within_sentence(gap) or _ends_sentence(text, first, gap):
        return not words(gap)
    return sum(word in CUES for word in words(gap)) + cued < 2


def _within_sentence(gap: str) -> bool:
    return next(ends(gap), None) is None


def _is_interruption(text: str, first: Proposal, gap: str) -> bool:
    """Whether the gap is the `he said` within one turn: “A,” he said. “B.”"""
    cues = sum(word in CUES for word in words(gap))
    if not cues or not (_is_cut_off(text, first) or gap[:1] == ","):
        return False
    if not _within_sentence(gap.strip().rstrip(".,:;—–-")):
        return False
    return gap.rstrip()[-1:] == "." or (cues == 1 and (gap.rstrip()[-1:] in ",;:—–" or words(gap)[-1:] == ["and"]))


def _is_cut_off(text: str, proposal: Proposal) -> bool:
    """Whether the passage ends on a stop inside its marks, as before `he said`."""
    return text[proposal.span.start : proposal.span.end].rstrip(_MARKS)[-1:] in (*",.?!…—–-",)


def _has_own_cue(text: str, proposal: Proposal) -> bool:
    """Whether the passage ends on a comma that leads to a `she said` of its own."""
    if not text[proposal.span.start : proposal.span.end].rstrip(_MARKS).endswith(","):
        return False
    return any(word in CUES for word in words(_rest(text, proposal))[:6])


def _rest(text: str, proposal: Proposal) -> str:
    """What follows the passage in its sentence."""
    after = text[proposal.outer.end : min(proposal.paragraph.span.end, proposal.outer.end + 200)]
    return after[: next(ends(after), None)]


def _ends_sentence(text: str, proposal: Proposal, gap: str) -> bool:
    """Whether the sentence ends with the passage, its full stop inside the marks."""
    ended = _ENDS_SENTENCE.search(text[proposal.span.start : proposal.span.end]) is not None
    return ended and not gap.lstrip()[:1].islower() and not gap.lstrip().startswith((",", ";"))
