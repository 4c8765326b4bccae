"""What the tagger says about one document: labels, spans, and which words a passage points at."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from app.inference.decoding import BEGIN, OUTSIDE, Floats, spans, viterbi
from app.inference.pieces import Encoded, Ints
from app.inference.windows import Window
from app.records import Span

Role = Literal["content", "cue", "source"]
Target = Literal["cue", "source"]

ROLES: tuple[Role, ...] = ("content", "cue", "source")
_TARGETS: dict[Target, int] = {"cue": 0, "source": 1}
_NEVER = -1e9
_LEAN = np.array([0.6, 0.0, 0.7], dtype=np.float32)  # against O, by role: dev prefers a few spans more
_NO_SCORES: Floats = np.zeros((0, len(ROLES), 3), dtype=np.float32)
_NO_VECTORS: Floats = np.zeros((0, 4), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class View:
    """What one window gave: scores [words, roles, 3] as log-probabilities, vectors [1 + words, 4 × size].

    Row 0 of `vectors` stands for "there is none"; its columns are query and key for the cue, then for the source.
    A window that was not read has no rows, and points nowhere.
    """

    window: Window
    scores: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span of one role; `probability` is the mean over its words that they belong to that role."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Mass:
    """How probable it is that each word in sight belongs to the source (or cue) of a passage; sums to 1."""

    offsets: Ints  # [words, 2] characters
    probabilities: Floats  # [words]
    absent: float  # that the text in sight names none

    def of(self, span: Span) -> float:
        """The share that falls on the words of a candidate."""
        first, stop = _words(self.offsets, span)
        return float(self.probabilities[first:stop].sum())

    def peak(self) -> Tagged | None:
        """The single word that gets most; a break of paragraphs has no characters and is nobody's name."""
        if not len(self.probabilities):
            return None
        word = int(self.probabilities.argmax())
        start, end = self.offsets[word].tolist()
        return Tagged(Span(start, end), float(self.probabilities[word])) if end > start else self._past_breaks()

    def _past_breaks(self) -> Tagged | None:
        words = self.offsets[:, 1] > self.offsets[:, 0]
        return Mass(self.offsets[words], self.probabilities[words], self.absent).peak()


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags of one document. Words are runs of letters and digits, and single other characters.

    `offsets` [words, 2] are characters; `probabilities` [words, 3 roles, 3] are those of O, B and I.
    """

    offsets: Ints
    probabilities: Floats
    contents: tuple[Tagged, ...]
    cues: tuple[Tagged, ...]
    sources: tuple[Tagged, ...]
    starts: Ints  # [windows] character at which each window begins
    sights: tuple["Sight", ...]
    links: dict[tuple[Span, Target], Mass] = field(default_factory=dict, repr=False, compare=False)  # asked for so far

    def coverage(self, span: Span) -> float:
        """How probable it is, on average over the words of a span, that they are content; 0 without words."""
        first, stop = _words(self.offsets, span)
        return float(1 - self.probabilities[first:stop, 0, OUTSIDE].mean()) if stop > first else 0.0

    def around(self, span: Span) -> tuple[Tagged, ...]:
        """The contents that share characters with a span."""
        return _touching(self.contents, span)

    def link(self, passage: Span, target: Target = "source") -> Mass:
        """Where the source (or cue) of any passage stands: the passage need not be one of `contents`."""
        held = self.links.get((passage, target))
        if held is None:
            held = self.links[passage, target] = self._link(passage, target)
        return held

    def _link(self, passage: Span, target: Target) -> Mass:
        if not self.sights:
            return _nowhere()
        number = max(0, int(np.searchsorted(self.starts, passage.start, side="right")) - 1)
        return self.sights[number].link(passage, target)

    def pick(self, passage: Span, target: Target = "source") -> Tagged | None:
        """The tagged source (or cue) that a passage points at most, or a single word where that gets more.

        `probability` is the mass on it; abstaining is left to the caller. None where there are no words.
        """
        mass = self.link(passage, target)
        peak = mass.peak()
        if peak is None:
            return None
        candidates = _between(self.sources if target == "source" else self.cues, mass.offsets)
        shares = [mass.of(tagged.span) for tagged in candidates]
        most = max(shares, default=0.0)
        return Tagged(candidates[shares.index(most)].span, most) if shares and most >= peak.probability else peak


@dataclass(frozen=True, slots=True)
class Sight:
    """The words of one window as characters, with their link vectors."""

    offsets: Ints
    vectors: Floats

    def link(self, passage: Span, target: Target) -> Mass:
        """The mean over the words of the passage of where each points."""
        first, stop = _words(self.offsets, passage)
        if first >= stop:
            return _nowhere()
        size = self.vectors.shape[1] // 4
        left = 2 * size * _TARGETS[target]
        query, key = self.vectors[:, left : left + size], self.vectors[:, left + size : left + 2 * size]
        scores = query[first + 1 : stop + 1] @ key.T / np.sqrt(size)
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        mass = (weights / weights.sum(axis=1, keepdims=True)).sum(axis=0) / (stop - first)
        return Mass(self.offsets, mass[1:], float(mass[0]))


def assemble(encoded: Encoded, views: Sequence[View]) -> Tags:
    """Tags of a document from its windows, in order."""
    offsets = np.stack((encoded.starts, encoded.ends), axis=1)
    scores = np.concatenate([view.scores for view in views]) if views else _NO_SCORES
    scores[encoded.breaks, :, BEGIN:] = _NEVER
    leaning = scores.copy()
    leaning[..., OUTSIDE] -= _LEAN
    labels = viterbi(leaning, encoded.breaks.tolist())
    probabilities = np.exp(scores).astype(np.float32)
    contents, cues, sources = (_tagged(offsets, labels[:, role], probabilities[:, role]) for role in range(len(ROLES)))
    words = offsets[:, 1] > offsets[:, 0]
    sights = tuple(_sight(offsets, view) for view in views)
    starts = np.array([encoded.starts[view.window.start] for view in views], dtype=np.int64)
    return Tags(offsets[words], probabilities[words], contents, cues, sources, starts, sights)


def unread(window: Window) -> View:
    """What a window gives that nobody looked at: no span."""
    scores = np.full((window.stop - window.start, len(ROLES), 3), _NEVER, dtype=np.float32)
    scores[..., OUTSIDE] = 0
    return View(window, scores, _NO_VECTORS)


def _sight(offsets: Ints, view: View) -> Sight:
    read = len(view.vectors) > 0
    return Sight(offsets[view.window.start : view.window.stop if read else view.window.start], view.vectors)


def _tagged(offsets: Ints, labels: Ints, probabilities: Floats) -> tuple[Tagged, ...]:
    return tuple(
        Tagged(
            Span(int(offsets[start, 0]), int(offsets[stop - 1, 1])),
            float(1 - probabilities[start:stop, OUTSIDE].mean()),
        )
        for start, stop in spans(labels)
    )


def _words(offsets: Ints, span: Span) -> tuple[int, int]:
    """The words that a span touches, first and stop."""
    first = int(offsets[:, 1].searchsorted(span.start, side="right"))
    return first, int(offsets[:, 0].searchsorted(span.end, side="left"))


def _between(tagged: Sequence[Tagged], offsets: Ints) -> Sequence[Tagged]:
    """Those that stand among some words: a link looks no further than its window."""
    return _touching(tagged, Span(int(offsets[0, 0]), int(offsets[-1, 1]))) if len(offsets) else ()


def _touching(tagged: Sequence[Tagged], span: Span) -> tuple[Tagged, ...]:
    """Those that share characters with a span; `tagged` are in order and do not overlap."""
    first = bisect_right(tagged, span.start, key=lambda one: one.span.end)
    return tuple(tagged[first : bisect_left(tagged, span.end, key=lambda one: one.span.start)])


def _nowhere() -> Mass:
    return Mass(np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.float32), 1.0)
