"""The descent of a quote's variants: a guess from words and dates, drawn as a tree."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from app.frozen import record
from app.records import Descended, Label, Reading
from app.store.read_views import Occurrence, Variant
from app.web.differences import differences
from app.web.filters import evidence, noun, plural, shorten
from app.web.ranking import Scene
from app.web.sigla import Mark
from app.web.witness_views import Branch, Lineage

_WIDTH = 340.0
_ROW, _TOP = 42.0, 14.0
_STEP, _LEFT = 18.0, 8.0
_DEEPEST = 8  # steps that are drawn to the right
_TEXT = 12.0  # from a node to its words
_SIGN = 6.6  # width of a letter
_SIGLA = 4  # that are drawn
_NOT_OF_WORDS = ("other speaker", "machine-translated or spun")


@record
class _Tree:
    """The variants, their descent, and where each is drawn."""

    variants: Sequence[Variant]
    found: Sequence[Descended]
    places: Mapping[int, tuple[float, float]]
    scene: Scene


def lineage(variants: Sequence[Variant], scene: Scene, most: int) -> Lineage | None:
    """The tree of the `most` variants that rank first, the likely original at its root; None where it stands alone."""
    drawn = sorted(variants, key=lambda variant: variant.rank)[:most]
    if len(drawn) < 2:
        return None
    found = scene.tools.descent([_reading(variant, scene.of(variant)) for variant in drawn], 0)
    order = list(_preorder(found))
    places = {node: _place(row, depth) for row, (node, depth) in enumerate(order)}
    tree = _Tree(drawn, found, places, scene)
    branches = tuple(_branch(tree, node, depth) for node, depth in order)
    return Lineage(branches, _WIDTH, _TOP + _ROW * len(order), _description(branches, len(variants)))


def _reading(variant: Variant, places: Sequence[Occurrence]) -> Reading:
    copied = (o.document.copy_of for o in places)
    return Reading(
        text=variant.text,
        published=_day(variant),
        documents=frozenset(o.document.id for o in places),
        copied=frozenset(original.id for original in copied if original),
    )


def _day(variant: Variant) -> datetime | None:
    """Of one day none is earlier: many dates are known no closer."""
    when = variant.first_published
    return datetime.combine(when.at.date(), time.min) if when else None


def _preorder(found: Sequence[Descended]) -> Iterator[tuple[int, int]]:
    """Each variant (by its number in the list) with its depth, those that derive from it right after it."""
    children: dict[int | None, list[int]] = {}
    for node, descended in enumerate(found):
        children.setdefault(descended.parent, []).append(node)
    waiting = [(node, 0) for node in reversed(children[None])]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(node, []))]


def _place(row: int, depth: int) -> tuple[float, float]:
    return _LEFT + _STEP * min(depth, _DEEPEST), _TOP + _ROW * row


def _branch(tree: _Tree, node: int, depth: int) -> Branch:
    variant, descended = tree.variants[node], tree.found[node]
    parent = None if descended.parent is None else tree.variants[descended.parent]
    x, y = tree.places[node]
    above = tree.places[node if descended.parent is None else descended.parent]
    carriers = tree.scene.sigla.carriers(tree.scene.of(variant))
    change = _change(parent, variant, tree.scene) if parent else "likely original"
    return Branch(
        variant=variant.id,
        number=variant.rank + 1,
        parent=parent.rank + 1 if parent else None,
        depth=depth,
        carriers=carriers,
        published=variant.first_published,
        change=change,
        summary=differences(parent.text, variant.text, tree.scene.tools.collate)[1] if parent else "",
        reasons=descended.reasons,
        x=x,
        y=y,
        parent_x=above[0],
        parent_y=above[1],
        label=shorten(change, int((_WIDTH - x - _TEXT) / _SIGN)),
        sigla=_sigla(carriers),
    )


def _change(parent: Variant, variant: Variant, scene: Scene) -> str:
    """The gravest change of words from the one to the other, with the words that it rests on."""
    labels = variant.labels if parent.likely_original else _labels(parent, variant, scene)
    return next((_written(label) for label in labels if label.kind not in _NOT_OF_WORDS), "the same words")


def _labels(parent: Variant, variant: Variant, scene: Scene) -> Sequence[Label]:
    return scene.tools.labels(parent.text, variant.text, scene.speakers(parent), scene.speakers(variant), None)


def _written(label: Label) -> str:
    pieces = evidence(label)
    return f"{label.kind}: {pieces[0]}" if pieces else label.kind


def _sigla(carriers: Sequence[Mark]) -> str:
    shown = [f"({mark.siglum})" if mark.copied else mark.siglum for mark in carriers[:_SIGLA]]
    return " ".join([*shown, *([f"+{len(carriers) - _SIGLA}"] if len(carriers) > _SIGLA else [])])


def _description(branches: Sequence[Branch], variants: int) -> str:
    direct = sum(branch.parent == branches[0].number for branch in branches)
    first = "The first " if variants > len(branches) else ""
    deepest = max(branch.depth for branch in branches)
    derive = noun(direct, "derives", "derive")
    return (
        f"{first}{plural(len(branches), 'variant')}; {direct} most likely {derive} from the likely original itself, "
        f"the longest line has {plural(deepest, 'step')}."
    )
