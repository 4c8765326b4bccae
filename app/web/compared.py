"""A comparison of two wordings as HTML: words dropped, words added, and a box around what changes the sense."""

from collections.abc import Iterable

from markupsafe import Markup

from app.records import Change
from app.web.contexts import Step
from app.web.filters import elide, written

_DROPPED = '<del><span class="unseen">[dropped: </span>{}<span class="unseen">]</span></del>'
_ADDED = '<ins><span class="unseen">[added: </span>{}<span class="unseen">]</span></ins>'
_SENSED = '<span class="sensed"><b>{}</b> {}</span>'


def diff(changes: Iterable[Change]) -> Markup:
    """The steps of a comparison one after the other, dropped words before those in their place."""
    return _html(_both(step) + _space(step) for step in changes)


def one_side(changes: Iterable[Change], base: bool) -> Markup:
    """The wording of one side alone, with a mark on what the other does not have."""
    return _html(_side(step, base) for step in changes)


def _html(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - every part is written by `written`


def _both(step: Change) -> str:
    if step.kind == "same":
        return written(step.other.strip())
    parts = [_dropped(step.base)] * bool(step.base) + [_added(step.other)] * bool(step.other)
    return _boxed(step, " ".join(parts))


def _side(step: Change, base: bool) -> str:
    words = step.base if base else step.other
    if step.kind == "same":
        return written(words)
    return _boxed(step, _dropped(words) if base else _added(words)) + _space(step) if words else ""


def _boxed(step: Change, words: str) -> str:
    return _SENSED.format(written(step.sense), words) if isinstance(step, Step) else words


def _dropped(words: str) -> str:
    return _DROPPED.format(written(elide(words.strip())))


def _added(words: str) -> str:
    return _ADDED.format(written(words.strip()))


def _space(step: Change) -> str:
    """Spaces around a step stand at the end of either side; without marks they would be lost."""
    return " " if step.base[-1:].isspace() or step.other[-1:].isspace() else ""
