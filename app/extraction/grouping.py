"""Which passages belong to one attribution, and whether marks hold all of what it reports."""

import re
from collections.abc import Sequence

from app.extraction.proposal import Proposal
from app.extraction.sentences import ends
from app.extraction.words import CUES, JOINING, has_cue, words
from app.records import Kind, Passage

_GAP = 40  # words between the parts of one attribution
_MARKS = "\"'“”‘’«»‹› "
_ENDS_SENTENCE = re.compile(r"[.!?…—–-][\"'”’»›]*$")
_LABEL = re.compile(r"[A-Z][A-Z .’'-]+:")


def group(text: str, proposals: Sequence[Proposal]) -> tuple[Passage, ...]:
    """Passages with their kind and the number of their attribution, counted from 0 in order."""
    kinds = [_kind(text, proposal) for proposal in proposals]
    attributions = _attributions(text, proposals, kinds)
    mixed = {attribution for attribution, kind in zip(attributions, kinds, strict=True) if kind == "mixed"}
    return tuple(
        Passage(
            proposal.span,
            proposal.outer,
            "mixed" if attribution in mixed else "direct",
            attribution,
            proposal.paragraph.heading,
            proposal.fault,
        )
        for proposal, attribution in zip(proposals, attributions, strict=True)
    )


def _attributions(text: str, proposals: Sequence[Proposal], kinds: Sequence[Kind]) -> list[int]:
    numbers: list[int] = []
    previous: Proposal | None = None
    cued = False  # a verb of saying before the first passage of this attribution, in its sentence
    for proposal, kind in zip(proposals, kinds, strict=True):
        joined = previous is not None and _belongs(text, previous, proposal, cued, kind)
        numbers.append(numbers[-1] + (not joined) if numbers else 0)
        if not joined:
            cued = has_cue(_lead(text, proposal, previous))
        previous = proposal
    return numbers


def _lead(text: str, proposal: Proposal, previous: Proposal | None = None) -> str:
    """The words of the passage's sentence that stand before it, as far as the passage before."""
    start = proposal.paragraph.span.start
    if previous and previous.paragraph is proposal.paragraph:
        start = previous.outer.end
    start = max(start, proposal.outer.start - 400)
    lead = text[start : proposal.outer.start].rstrip()
    return lead[max(ends(lead), default=0) :]


def _belongs(text: str, first: Proposal, second: Proposal, cued: bool, kind: Kind) -> bool:
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


def _kind(text: str, proposal: Proposal) -> Kind:
    """Direct where all that was said stands in the marks, mixed where words around them report some of it."""
    if proposal.goes_on or proposal.paragraph.span == proposal.outer:
        return "direct"
    return "direct" if _begins_clean(text, proposal) and _ends_clean(text, proposal) else "mixed"


def _begins_clean(text: str, proposal: Proposal) -> bool:
    lead = _lead(text, proposal)
    if not words(lead) or lead.rstrip().endswith((":", ",", "—")):
        return True
    between = words(lead)[::-1]
    at = next((place for place, word in enumerate(between) if word in CUES), None)
    return at is not None and JOINING.issuperset(between[:at])


def _ends_clean(text: str, proposal: Proposal) -> bool:
    rest = words(_rest(text, proposal))
    if not rest or _is_cut_off(text, proposal):
        return True
    after = text[proposal.outer.end : proposal.outer.end + 2].strip()
    return not after[:1].isalpha() or rest[0] in ("and", "but", "or")
