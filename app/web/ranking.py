"""The variants of a quote against one of them: what each changes, the gravest change of sense first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.frozen import record
from app.records import Label
from app.store.read_views import Occurrence, Variant
from app.web.contexts import Wording
from app.web.differences import compare, describe
from app.web.sigla import Mark, Sigla
from app.web.tools import Tools

_SPUN = "machine-translated or spun"
_SAME = "same words"


@record
class Scene:
    """What a comparison looks at: the places of each variant, and the marks of who carries it."""

    occurrences: Mapping[str, Sequence[Occurrence]]
    sigla: Sigla
    tools: Tools

    def speakers(self, variant: Variant) -> tuple[str, ...]:
        """Who is said to have said a variant."""
        return tuple(dict.fromkeys(o.speaker.name for o in self.of(variant) if o.speaker))

    def of(self, variant: Variant) -> Sequence[Occurrence]:
        """The places of a variant."""
        return self.occurrences.get(variant.id, ())


def ranked(base: Variant, variants: Sequence[Variant], scene: Scene, most: int) -> tuple[Wording, ...]:
    """Base first, then the others by how much they change its sense, then by how many carry them; `most` in all."""
    others = [_labelled(base, variant, scene) for variant in variants if variant.id != base.id]
    others.sort(key=lambda variant: _gravity(variant, scene.tools))
    return (_of_base(base, scene), *(_compared(base, variant, scene) for variant in others[: most - 1]))


def _of_base(base: Variant, scene: Scene) -> Wording:
    role = "Likely original." if base.likely_original else "The base of this comparison."
    carriers, copies = _carriers(base, scene)
    return Wording(replace(base, labels=()), (), role, carriers, copies)


def _gravity(variant: Variant, tools: Tools) -> tuple[int, int, int]:
    """Its gravest change of sense, then how many of them carry it, then its place."""
    gravest = min((tools.label_order[label.kind] for label in variant.labels), default=len(tools.label_order))
    return gravest, -variant.quotation_count, variant.rank


def _labelled(base: Variant, variant: Variant, scene: Scene) -> Variant:
    return variant if base.likely_original else replace(variant, labels=_labels(base, variant, scene))


def _compared(base: Variant, variant: Variant, scene: Scene) -> Wording:
    wording = compare(base.text, variant, scene.tools.collate)
    carriers, copies = _carriers(variant, scene)
    return replace(
        wording,
        summary=describe(wording.changes) if variant.likely_original else wording.summary,
        carriers=carriers,
        copy_count=copies,
        same=all(label.kind == _SAME for label in variant.labels) and bool(variant.labels),
        clues=scene.tools.clues(base.text, variant.text, scene.speakers(base), scene.speakers(variant)),
    )


def _labels(base: Variant, variant: Variant, scene: Scene) -> tuple[Label, ...]:
    """Labels against another base than the likely original; why its documents are re-worded stays."""
    spun = next((label for label in variant.labels if label.kind == _SPUN), None)
    reason = spun.evidence[0][1] if spun and spun.evidence else None
    return scene.tools.labels(base.text, variant.text, scene.speakers(base), scene.speakers(variant), reason)


def _carriers(variant: Variant, scene: Scene) -> tuple[tuple[Mark, ...], int]:
    """Who carries a variant, and how many of its places are in copies."""
    mine = scene.of(variant)
    return scene.sigla.carriers(mine), sum(o.document.copy_of is not None for o in mine)
