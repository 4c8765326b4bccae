"""What a variant changes: the collation, and one sentence for those who don't see its marks."""

from collections.abc import Sequence

from app.records import Change
from app.store.read_views import Variant
from app.web.contexts import Wording
from app.web.filters import plural
from app.web.tools import Collate

_NAMED = 3  # changes spelled out; the rest are counted
_NAMED_LENGTH = 40


def compare(base: str, variant: Variant, collate: Collate) -> Wording:
    """A variant with what it changes against `base`."""
    changes = _merged(collate(base, variant.text))
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
