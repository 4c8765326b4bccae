"""The apparatus of one quote: its variants compared, who attributes it to whom, and every place it stands."""

from collections.abc import Sequence
from dataclasses import replace

from app.frozen import record
from app.store.read_views import Occurrence, Speaker, Variant
from app.web.addresses import place_address, text_fragment
from app.web.contexts import Attribution, Place, Wording
from app.web.lineage import lineage
from app.web.ranking import Scene, ranked
from app.web.sigla import Mark, Sigla
from app.web.timeline import timeline
from app.web.tools import Tools
from app.web.witness_views import Lineage, Timeline


@record
class Apparatus:
    """What a quote page shows below its headline."""

    wordings: tuple[Wording, ...]
    attributions: tuple[Attribution, ...]
    places: tuple[Place, ...]
    legend: tuple[Mark, ...]
    timeline: Timeline | None
    lineage: Lineage | None


@record
class Extent:
    """How many variants and places a page spells out, and how many variants the tree of descent has."""

    variants: int
    places: int
    branches: int


def build(
    base: Variant, variants: Sequence[Variant], occurrences: Sequence[Occurrence], tools: Tools, extent: Extent
) -> Apparatus:
    """Compare the variants with `base`, and gather the occurrences by variant and by speaker."""
    sigla = Sigla(occurrences)
    ranks = {variant.id: variant.rank for variant in variants}
    scene = Scene(_by_variant(occurrences), sigla, tools)
    return Apparatus(
        wordings=ranked(base, variants, scene, extent.variants),
        attributions=_attributions(occurrences, sigla),
        places=tuple(_place(o, sigla, ranks.get(o.variant, len(variants))) for o in occurrences[: extent.places]),
        legend=tuple(replace(mark, copied=False) if mark.copied else mark for mark in sigla.carriers(occurrences)),
        timeline=timeline(variants, scene) if len(occurrences) > 1 else None,
        lineage=lineage(variants, scene, extent.branches),
    )


def _by_variant(occurrences: Sequence[Occurrence]) -> dict[str, list[Occurrence]]:
    """The occurrences of each variant (by id)."""
    found: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        found.setdefault(occurrence.variant, []).append(occurrence)
    return found


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
        mark=sigla.at(document),
        rank=rank,
        address=place_address(document.id, occurrence.quotation),
        elsewhere=text_fragment(document.url, occurrence.text, occurrence.before),
    )
