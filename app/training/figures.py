"""How well an exported tagger reads held-out articles; the figures of the model card.

Tokens are words of letters and digits. A source is right when it overlaps a gold source of the quotation.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.inference import Tags, load_tagger
from app.records import Span
from app.training.corpus import ROLES, Article, paragraphs

_TOKEN = re.compile(r"\w+(?:[’']\w+)*")
Flags = npt.NDArray[np.bool_]


def figures(articles: Sequence[Article], folder: Path, threads: int = 1) -> dict[str, float]:
    """Figures by name, each from 0 to 1, and the speed in words a second."""
    tagger = load_tagger(folder, threads)
    began = time.perf_counter()
    tags = [tagger.tag(article.text, paragraphs(article.text)) for article in articles]
    seconds = time.perf_counter() - began
    count: Counter[str] = Counter()
    for article, found in zip(articles, tags, strict=True):
        _count_tokens(article, found, count)
        _count_speech(article, found, count)
        _count_indirect(article, found, count)
    result = {f"{role} tokens, F1": _f1(count, role) for role in ROLES}
    result["span between marks is speech, F1"] = _f1(count, "speech")
    result["source of quoted speech right"] = count["speech source right"] / count["speech source"]
    result["indirect found with right source"] = count["indirect right"] / count["indirect"]
    result["words per second"] = sum(len(found.offsets) for found in tags) / seconds
    return result


def _count_tokens(article: Article, tags: Tags, count: Counter[str]) -> None:
    tokens = np.array([match.start() for match in _TOKEN.finditer(article.text)], dtype=np.int64)
    for role, tagged in zip(ROLES, (tags.contents, tags.cues, tags.sources), strict=True):
        gold = _cover(article.text, (s for a in article.attributions for s in a[role]))[tokens]
        predicted = _cover(article.text, (t.span for t in tagged))[tokens]
        _add(count, role, gold, predicted)


def _count_speech(article: Article, tags: Tags, count: Counter[str]) -> None:
    """A span between marks counts as claimed when content covers half of it."""
    cover = _cover(article.text, (content.span for content in tags.contents))
    for span, is_speech, gold in article.quoted:
        claimed = bool(cover[span.start : span.end].mean() >= 0.5)
        _add(count, "speech", np.array([is_speech]), np.array([claimed]))
        if is_speech and gold:
            count["speech source"] += 1
            right = claimed and _right(tags, [span], gold)
            count["speech source right"] += right


def _count_indirect(article: Article, tags: Tags, count: Counter[str]) -> None:
    """An attribution is found when half of its tokens are."""
    cover = _cover(article.text, (content.span for content in tags.contents))
    between = _cover(article.text, (span for span, _, _ in article.quoted))
    for attribution in article.attributions:
        content, gold = attribution["content"], attribution["source"]
        if not gold or any(between[s.start : s.end].any() for s in content):
            continue
        tokens = [m.start() for s in content for m in _TOKEN.finditer(article.text, *s)]
        count["indirect"] += 1
        found = bool(tokens) and bool(cover[tokens].mean() >= 0.5)
        count["indirect right"] += found and _right(tags, content, gold)


def _right(tags: Tags, spans: Sequence[Span], gold: Sequence[Span]) -> bool:
    """Judges the source of the tagged content that covers most of the spans."""
    overlap, content = max(
        (sum(_overlap(tagged.span, span) for span in spans), tagged.span) for tagged in tags.contents
    )
    source = tags.pick(content) if overlap else None
    return source is not None and any(_overlap(source.span, span) for span in gold)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _cover(text: str, spans: Iterable[Span]) -> Flags:
    covered = np.zeros(len(text), dtype=np.bool_)
    for start, end in spans:
        covered[start:end] = True
    return covered


def _add(count: Counter[str], name: str, gold: Flags, predicted: Flags) -> None:
    count[f"{name} both"] += int((gold & predicted).sum())
    count[f"{name} gold"] += int(gold.sum())
    count[f"{name} predicted"] += int(predicted.sum())


def _f1(count: Counter[str], name: str) -> float:
    return 2 * count[f"{name} both"] / max(1, count[f"{name} gold"] + count[f"{name} predicted"])
