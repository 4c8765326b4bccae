"""PolNeAR as labelled words (Newell, Margolin and Ruths 2018), with quotation marks varied for training."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.inference.pieces import Encoded, Ints, Vocabulary, encode
from app.inference.windows import Window, pieces, plan
from app.records import Span

ROLES = ("content", "cue", "source")
Link = tuple[Ints, Ints]  # pieces of a content, and those that it should point at
OUTSIDE, BEGIN, INSIDE = range(3)

_STYLES = {  # how often a text's double marks are rewritten, and how: opening and closing mark
    "swapped": 0.22,
    "single": 0.06,
    "guillemets": 0.02,
    "dropped": 0.05,
    "damaged": 0.05,
}
_DOUBLE = re.compile('[“”"]')


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the corpus: its text and the spans of each role, attribution by attribution."""

    id: str
    text: str
    attributions: tuple[dict[str, tuple[Span, ...]], ...]
    quoted: tuple[tuple[Span, bool, tuple[Span, ...]], ...]  # span, is it speech, its source


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article in words: `labels[role][word]` is O, B or I; `words[a][role]` are the words of attribution a."""

    encoded: Encoded
    labels: Ints
    words: tuple[tuple[Ints, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window: pieces, first pieces of words, labels of words; links from content to cue, and to source."""

    ids: Ints
    types: Ints
    heads: Ints
    labels: Ints
    links: tuple[tuple[Link, ...], tuple[Link, ...]]


def read(path: Path) -> list[Article]:
    """The articles of one half of the corpus, as gzipped JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in lines]


def paragraphs(text: str) -> list[Span]:
    """Blocks between line breaks."""
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\s\n][^\n]*", text)]


def label(article: Article, text: str, vocabulary: Vocabulary) -> Labelled:
    """The article's labels on the words of `text`: its own text, or one varied without moving a character."""
    encoded = encode(text, paragraphs(text), vocabulary)
    labels = np.zeros((len(ROLES), len(encoded)), dtype=np.int64)
    words = []
    for attribution in article.attributions:
        found = tuple(_words(encoded, attribution[role], labels[row]) for row, role in enumerate(ROLES))
        words.append(found)
    return Labelled(encoded, labels, tuple(words))


def vary(text: str, chance: random.Random) -> str:
    """The text with its quotation marks in another style, or some of them lost; offsets stay."""
    draw = chance.random()
    for style, share in _STYLES.items():
        if draw < share:
            return _restyled(text, style, chance)
        draw -= share
    return text


def examples(article: Labelled, vocabulary: Vocabulary, room: int, lead: int) -> Iterator[Example]:
    """The windows of an article, without overlap; the first has room for `lead` pieces."""
    for window in plan(article.encoded, room, lead):
        ids, types, heads = pieces(article.encoded, window, vocabulary)
        labels = article.labels[:, window.start : window.stop]
        cues, sources = (tuple(_links(article, row, window, heads)) for row in (1, 2))
        yield Example(ids, types, heads, labels, (cues, sources))


def _links(article: Labelled, row: int, window: Window, heads: Ints) -> Iterator[Link]:
    """Content to the words of its cue or source, to piece 0 where it has none; none where that is out of sight."""
    for attribution in article.words:
        content = _within(attribution[0], window, heads)
        target = _within(attribution[row], window, heads) if len(attribution[row]) else np.zeros_like(heads[:1])
        if len(content) and len(target):
            yield content, target


def _within(words: Ints, window: Window, heads: Ints) -> Ints:
    return heads[words[(words >= window.start) & (words < window.stop)] - window.start]


def _words(encoded: Encoded, spans: Sequence[Span], labels: Ints) -> Ints:
    """The words of some spans; marks them in `labels`, a new beginning after every break."""
    found = []
    for start, end in spans:
        inside = np.flatnonzero((encoded.starts < end) & (encoded.ends > start) & (encoded.ends > encoded.starts))
        if not len(inside):
            continue
        labels[inside] = INSIDE
        labels[inside[np.diff(inside, prepend=-2) > 1]] = BEGIN
        found.append(inside)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _article(record: dict[str, Any]) -> Article:
    return Article(
        record["id"],
        record["text"],
        tuple({role: _spans(a[role]) for role in ROLES} for a in record["attributions"]),
        tuple(
            (Span(q["start"], q["end"]), q["is_speech"], _spans(q.get("source") or ())) for q in record["quoted_spans"]
        ),
    )


def _restyled(text: str, style: str, chance: random.Random) -> str:
    if style == "swapped" and "“" in text:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))
    if style == "damaged":
        return _DOUBLE.sub(lambda match: " " if chance.random() < 0.15 else match.group(), text)
    marks = {"single": ("‘", "’"), "guillemets": ("«", "»"), "dropped": (" ", " ")}.get(style, ("“", "”"))
    return "\n".join(_remarked(line, *marks) for line in text.split("\n"))


def _remarked(line: str, opening: str, closing: str) -> str:
    """One paragraph with each double mark as an opening or a closing one, whichever its turn."""
    inside = False

    def mark(match: re.Match[str]) -> str:
        nonlocal inside
        inside = match.group() == "“" or (match.group() == '"' and not inside)
        return opening if inside else closing

    return _DOUBLE.sub(mark, line)
