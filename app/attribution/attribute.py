"""The verb of the stage: passages in, quotations with speakers out."""

from collections.abc import Sequence

from app.attribution.echoes import Echoes
from app.attribution.findings import Finding, nothing, quotation
from app.attribution.frames import enclosing
from app.attribution.reader import Reader
from app.inference import Tags
from app.records import Layout, Passage, Quotation

_SURE = 0.55  # below, a passage with the same wording elsewhere decides
_WITNESS = 0.7


def attribute(text: str, layout: Layout, passages: Sequence[Passage], tags: Tags) -> tuple[Quotation, ...]:
    """Name the speaker of each passage: one quotation per passage, in the same order.

    The tagger points at the source of each passage; rules over cue verbs, after the patterns of O'Keefe et al.,
    "A Sequence Labelling Approach to Quote Attribution" (EMNLP 2012), do the same; the surer one counts. Who the
    source is follows from coreference within the document. Passages without enough evidence keep no speaker and say
    why. Time is linear in the length of the text; nothing is raised.
    """
    findings = Reader(text, layout, passages, tags).findings()
    _share_groups(passages, findings)
    _share_wordings(text, passages, findings)
    _share_nested(passages, findings)
    return tuple(quotation(passage, findings.get(number) or nothing()) for number, passage in enumerate(passages))


def _share_groups(passages: Sequence[Passage], findings: dict[int, Finding]) -> None:
    """Passages of one attribution have one speaker: the surest finding speaks for those that found nobody."""
    best: dict[int, Finding] = {}
    for number, passage in enumerate(passages):
        finding = findings.get(number)
        held = best.get(passage.attribution)
        if finding and finding.speaker and (held is None or finding.confidence > held.confidence):
            best[passage.attribution] = finding
    for number, passage in enumerate(passages):
        own, shared = findings.get(number), best.get(passage.attribution)
        if shared and shared is not own and (own is None or own.confidence < _SURE):
            findings[number] = shared.passed_on(0.95, "Belongs to the same attribution as the quotation beside it.")


def _share_wordings(text: str, passages: Sequence[Passage], findings: dict[int, Finding]) -> None:
    """A headline's quotation, or one with no cue, goes to whoever says the same words elsewhere in the text."""
    sure = {n for n, finding in findings.items() if finding.speaker and finding.confidence >= _WITNESS}
    echoes = Echoes([(n, text[passages[n].span.start : passages[n].span.end]) for n in sorted(sure)])
    for number, passage in enumerate(passages):
        own = findings.get(number)
        if own and own.confidence >= _SURE:
            continue
        like = echoes.like(number, text[passage.span.start : passage.span.end])
        if like is not None:
            findings[number] = findings[like].passed_on(0.85, "The same words are quoted elsewhere in this document.")


def _share_nested(passages: Sequence[Passage], findings: dict[int, Finding]) -> None:
    for inner, outer in enclosing(passages).items():
        if outer in findings and inner not in findings:
            findings[inner] = findings[outer].passed_on(0.7, "Stands inside another quotation of this speaker.")
