"""Where the tagger sees the source and the cue of each passage."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.attribution import lexicon
from app.attribution.frames import Frame
from app.inference import Tags
from app.records import Layout, Passage, Span

_OFFSET, _SLOPE = 0.6, 0.6  # of log-odds: constant, weight of those of the share
_APART, _DOUBT = 0.8, 2.0  # off for another paragraph, for what may be no content
_LEAST = 0.002  # share that the pointer is never believed beyond
_NOBODY = lexicon.AUXILIARIES | lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | {"a", "an", "the"}
_CUE = 0.3  # share of the pointer below which no cue is shown


@dataclass(frozen=True, slots=True)
class Link:
    """The source that a passage points at, with the share of the pointer on it, and the share on nothing at all."""

    source: Span
    cue: Span | None
    mass: float
    absent: float
    content: float  # how probable it is that the passage is content: the pointer is trained on nothing else
    apart: bool  # they stand in different paragraphs

    @property
    def sure(self) -> float:
        """How probable it is that this is the source (Platt 1999)."""
        bounded = min(max(self.mass, _LEAST), 1 - _LEAST)
        odds = _OFFSET + _SLOPE * math.log(bounded / (1 - bounded)) - _APART * self.apart - _DOUBT * (1 - self.content)
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens `first` to `stop` of the narrator sentence `frame`."""

    frame: int
    first: int
    stop: int


def links(text: str, layout: Layout, tags: Tags, passages: Sequence[Passage]) -> list[Link | None]:
    """The link of each passage; None where nothing can be pointed at, or only at the passage itself."""
    starts = [paragraph.span.start for paragraph in layout.paragraphs]
    return [_link(text, starts, tags, passage) for passage in passages]


def _link(text: str, starts: Sequence[int], tags: Tags, passage: Passage) -> Link | None:
    source, cue = tags.pick(passage.span), tags.pick(passage.span, "cue")
    if source is None or _meet(source.span, passage.outer) or not _can_speak(text[slice(*source.span)]):
        return None
    said = cue.span if cue and cue.probability >= _CUE and not _meet(cue.span, passage.outer) else None
    apart = bisect_right(starts, source.span.start) != bisect_right(starts, passage.span.start)
    absent, content = tags.link(passage.span).absent, tags.coverage(passage.span)
    return Link(_trimmed(text, source.span), said, source.probability, absent, content, apart)


def _can_speak(words: str) -> bool:
    """Whether words can name anybody: a lone auxiliary, preposition or verb of saying can't."""
    low = words.strip(" ,;:—–-").lower()
    return low[:1].isalnum() and low not in _NOBODY and not (lexicon.lemma(low) and words[:1].islower())


def _trimmed(text: str, span: Span) -> Span:
    """Without a pause at its end: “the mayor, Ann Ashby,”."""
    words = text[span.start : span.end].rstrip(" ,;:—–-")
    return Span(span.start, span.start + len(words)) if words else span


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class Places:
    """Finds spans of the text among the tokens of its narrator sentences."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames
        self.starts = [frame.tokens[0].start for frame in frames]
        self._words: dict[int, list[int]] = {}  # where the tokens of a sentence start: it may be as long as a text

    def find(self, span: Span) -> Place | None:
        """The tokens of a span, up to the end of the sentence that it begins in; None inside a quotation."""
        number = max(0, bisect_right(self.starts, span.start) - 1)
        tokens = self.frames[number].tokens if self.frames else ()
        if number not in self._words:
            self._words[number] = [token.start for token in tokens]
        near = range(max(0, bisect_right(self._words[number], span.start) - 1), len(tokens))
        reached = takewhile(lambda n: tokens[n].start < span.end, near)
        inside = [n for n in reached if tokens[n].slot < 0 and tokens[n].end > span.start]
        return Place(number, inside[0], inside[-1] + 1) if inside else None
