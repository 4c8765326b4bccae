"""What a variant changes: the collation, and one sentence for those who don't see its marks."""

from collections.abc import Sequence

from app.records import Change, Label
from app.store.read_views import Variant
from app.web.contexts import Step, Wording
from app.web.filters import plural
from app.web.tools import Collate

_NAMED = 3  # changes spelled out; the rest are counted
_NAMED_LENGTH = 40
_SENSES = {"number differs": "number", "negation differs": "negation", "name differs": "name"}


def compare(base: str, variant: Variant, collate: Collate) -> Wording:
    """A variant with what it changes against `base`; its labels say what of the sense."""
    changes = sensed(_merged(collate(base, variant.text)), variant.labels)
    return Wording(variant, changes, "Likely original." if variant.likely_original else describe(changes))


def differences(base: str, other: str, collate: Collate) -> tuple[tuple[Change, ...], str]:
    """What `other` changes against `base`, and the sentence that says so."""
    changes = _merged(collate(base, other))
    return changes, describe(changes)


def _merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Neighbouring changes as one: "that I had" became "I'd" reads better than four steps."""
    merged: list[Change] = []
    for step in changes:
        if merged and (merged[-1].kind == "same") == (step.kind == "same"):
            last = merged.pop()
            step = _change(last.base + step.base, last.other + step.other, step.kind == "same")
        merged.append(step)
    return tuple(merged)


def _change(base: str, other: str, same: bool) -> Change:
    if same:
        return Change("same", base, other)
    return Change("replaced" if base and other else "dropped" if base else "added", base, other)


def describe(changes: Sequence[Change]) -> str:
    """One sentence on a collation: replaced words are named where they are few and short."""
    steps = [change for change in changes if change.kind != "same"]
    if not steps:
        return "The same words."
    named = [_named(step) for step in steps[:_NAMED]]
    rest = steps[_NAMED:]
    return "; ".join([*named, *([plural(len(rest), "further change")] if rest else [])]) + "."


def _named(step: Change) -> str:
    base, other = _short(step.base), _short(step.other)
    if step.kind == "replaced":
        return f"{base} became {other}"
    return f"{base} dropped" if step.kind == "dropped" else f"{other} added"


def _short(words: str) -> str:
    """The words themselves, or how many they are."""
    plain = words.strip(" \n\t,.;:!?…—–-“”‘’\"'")
    return f"“{plain}”" if len(plain) <= _NAMED_LENGTH else plural(len(words.split()), "word")


def sensed(changes: Sequence[Change], labels: Sequence[Label]) -> tuple[Change, ...]:
    """The steps of a comparison; those on which a change of number, negation or name rests say so."""
    found: dict[int, str] = {}
    for label in labels:
        for evidence in label.evidence if label.kind in _SENSES else ():
            at = _place(changes, evidence)
            if at is not None:
                found.setdefault(at, _SENSES[label.kind])
    return tuple(Step(c.kind, c.base, c.other, found[n]) if n in found else c for n, c in enumerate(changes))


def _place(changes: Sequence[Change], evidence: tuple[str, str]) -> int | None:
    """The step that holds most of the words that a label rests on."""
    shared = [0 if c.kind == "same" else _shared(c.base, evidence[0]) + _shared(c.other, evidence[1]) for c in changes]
    most = max(shared, default=0)
    return shared.index(most) if most else None


def _shared(words: str, told: str) -> int:
    return len(_keys(words) & _keys(told))


def _keys(words: str) -> set[str]:
    return {word.strip(" ,.;:!?…—–“”‘’\"'").casefold() for word in words.split()}
