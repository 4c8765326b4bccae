"""The apparatus of one quote: its variants compared, who attributes it to whom, and every place it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.store.read_views import Occurrence, Speaker, Variant
from app.web.addresses import place_address, text_fragment
from app.web.contexts import Attribution, Place, Wording
from app.web.differences import Clues, Collate, compare
from app.web.sigla import Mark, Sigla


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What a quote page shows below its headline."""

    wordings: tuple[Wording, ...]
    attributions: tuple[Attribution, ...]
    places: tuple[Place, ...]
    legend: tuple[Mark, ...]


def build(
    base: str, variants: Sequence[Variant], occurrences: Sequence[Occurrence], collate: Collate, clues: Clues
) -> Apparatus:
    """Compare the variants with `base`, and gather the occurrences by variant and by speaker."""
    sigla = Sigla(occurrences)
    ranks = {variant.id: variant.rank for variant in variants}
    first = [o for o in occurrences if ranks.get(o.variant) == 0]
    wordings = (_wording(base, variant, occurrences, sigla, collate) for variant in variants)
    return Apparatus(
        wordings=tuple(_explained(base, wording, first, occurrences, clues) for wording in wordings),
        attributions=_attributions(occurrences, sigla),
        places=tuple(_place(o, sigla, ranks.get(o.variant, len(variants))) for o in occurrences),
        legend=tuple(replace(mark, copied=False) for mark in sigla.carriers(occurrences)),
    )


def _wording(base: str, variant: Variant, occurrences: Sequence[Occurrence], sigla: Sigla, collate: Collate) -> Wording:
    mine = [o for o in occurrences if o.variant == variant.id]
    compared = compare(base, variant, collate)
    copies = sum(o.document.copy_of is not None for o in mine)
    return replace(compared, carriers=sigla.carriers(mine), copy_count=copies)


def _explained(
    base: str, wording: Wording, first: Sequence[Occurrence], occurrences: Sequence[Occurrence], clues: Clues
) -> Wording:
    """The wording with the reasons why it stands with the likely original."""
    if wording.variant.likely_original:
        return wording
    mine = [o for o in occurrences if o.variant == wording.variant.id]
    return replace(wording, clues=clues(base, wording.variant.text, _speakers(first), _speakers(mine)))


def _speakers(occurrences: Sequence[Occurrence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o.speaker.name for o in occurrences if o.speaker))


def _attributions(occurrences: Sequence[Occurrence], sigla: Sigla) -> tuple[Attribution, ...]:
    """One entry a speaker, the one most often named first, unattributed occurrences last."""
    said: dict[Speaker | None, list[Occurrence]] = {}
    for occurrence in occurrences:
        said.setdefault(occurrence.speaker, []).append(occurrence)
    ranked = sorted(said.items(), key=lambda entry: (entry[0] is None, -len(entry[1])))
    return tuple(_attribution(speaker, mine, sigla) for speaker, mine in ranked)


def _attribution(speaker: Speaker | None, mine: Sequence[Occurrence], sigla: Sigla) -> Attribution:
    surest = max(mine, key=lambda o: o.confidence)
    return Attribution(
        speaker=speaker,
        quotation_count=len({o.quotation for o in mine}),
        carriers=sigla.carriers(mine),
        named_as=tuple(dict.fromkeys(" ".join(o.source.split()) for o in mine if o.source)),
        confidence=surest.confidence,
        reason=surest.reason,
    )


def _place(occurrence: Occurrence, sigla: Sigla, rank: int) -> Place:
    document = occurrence.document
    return Place(
        occurrence=occurrence,
        mark=replace(sigla.of(document), copied=document.copy_of is not None),
        rank=rank,
        address=place_address(document.id, occurrence.quotation),
        elsewhere=text_fragment(document.url, occurrence.text, occurrence.before),
    )
