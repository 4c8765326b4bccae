"""Scoring quotations and quotes of one story against a careful reader's labels.

Gold: {"mentions": [{doc, start, end, text, speaker, variant_of, optional, ...}], "related": [[label, label], ...],
"original_document": doc}; offsets are characters of the document's text. Predictions are rows of
`variorum export quotations`.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from app.errors import InputError

Row = Mapping[str, Any]
_COVERED = 0.8  # share of a mention's characters that must lie in predicted passages
_ALIKE = 0.85  # likeness of two surnames that are spelled differently


@dataclass(frozen=True, slots=True)
class StoryGold:
    """What a careful reader finds in the documents of one story."""

    mentions: tuple[Row, ...]
    related: frozenset[frozenset[str]]  # pairs of labels that are not scored
    original_document: str | None

    @property
    def scored(self) -> list[Row]:
        """Mentions that count; optional ones and those that are no speech do not."""
        return [m for m in self.mentions if not m.get("optional") and not m.get("non_speech")]


def read_story_gold(path: Path) -> StoryGold:
    """Gold labels from a JSON file. Raises InputError where it is not one."""
    try:
        gold = json.loads(path.read_text("utf-8"))
        related = frozenset(frozenset(pair) for pair in gold.get("related", []))
        return StoryGold(tuple(gold["mentions"]), related, gold.get("original_document"))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} holds no story labels: {error}.", "Give a JSON file with mentions.") from error


def score_story(gold: StoryGold, rows: Iterable[Row]) -> dict[str, float | int | None]:
    """Figures, shares from 0 to 1: found, spurious, speaker, pairs, re-worded recall, original."""
    documents = {m["doc"] for m in gold.mentions}
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["doc"] in documents:
            by_document[row["doc"]].append(row)
    hits = [(m, _hits(m, by_document[m["doc"]])) for m in gold.scored]
    spoken = [(m, found) for m, found in hits if m["speaker"]]
    return {
        "mentions": len(hits),
        "found": _share(sum(_is_found(m, found) for m, found in hits), len(hits)),
        "spurious": _spurious(gold, by_document),
        "speaker": _share(sum(_speaker_right(m, found) for m, found in spoken), len(spoken)),
        **_pairs(gold, hits),
        "original": _original(gold, hits, by_document),
    }


def _fold(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).lower().replace("’", "'")
    return re.sub(r"[^a-z0-9 ]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split()


def overlap(a: Row, b: Row) -> int:
    """Characters that two spans of one document share."""
    return max(0, int(min(a["end"], b["end"])) - int(max(a["start"], b["start"])))


def _hits(mention: Row, rows: Sequence[Row]) -> list[Row]:
    """Rows that share at least half of the shorter one's characters with the mention."""
    return [
        row
        for row in rows
        if overlap(mention, row) >= 0.5 * min(mention["end"] - mention["start"], row["end"] - row["start"])
    ]


def _is_found(mention: Row, hits: Sequence[Row]) -> bool:
    quoted = sum(overlap(mention, row) for row in hits if row["kind"] != "indirect")
    covered = quoted or sum(overlap(mention, row) for row in hits)
    return covered >= _COVERED * len(mention["text"].strip(" .,"))


def _spurious(gold: StoryGold, by_document: Mapping[str, Sequence[Row]]) -> float | None:
    """Share of quoted rows that touch no mention, optional ones included."""
    mentions: dict[str, list[Row]] = defaultdict(list)
    for mention in gold.mentions:
        mentions[mention["doc"]].append(mention)
    quoted = [row for rows in by_document.values() for row in rows if row["kind"] != "indirect"]
    return _share(sum(not any(overlap(m, row) for m in mentions[row["doc"]]) for row in quoted), len(quoted))


def _speaker_right(mention: Row, hits: Sequence[Row]) -> bool:
    best = max(hits, key=lambda row: overlap(mention, row), default=None)
    return best is not None and _same_person(mention["speaker"], best["speaker"] or "")


def _same_person(gold: str, predicted: str) -> bool:
    a, b = _fold(gold), _fold(predicted)
    if not a or not b:
        return False
    alike = any(SequenceMatcher(None, a[-1], word).ratio() >= _ALIKE for word in b[-2:])
    return alike or (len(a) > 1 and set(a) <= set(b))


def _pairs(gold: StoryGold, hits: Sequence[tuple[Row, list[Row]]]) -> dict[str, float | int | None]:
    """Over pairs of mentions in different documents: do those of one utterance, and only those, share a quote?"""
    counts: Counter[str] = Counter()
    for same, got, reworded in _judged(gold, hits):
        counts["tp"] += same and got
        counts["predicted"] += got
        counts["gold"] += same
        counts["reworded"] += reworded
        counts["reworded_tp"] += reworded and got
    return {
        "pairs_precision": _share(counts["tp"], counts["predicted"]),
        "pairs_recall": _share(counts["tp"], counts["gold"]),
        "pairs_f1": _share(2 * counts["tp"], counts["predicted"] + counts["gold"]),
        "reworded_recall": _share(counts["reworded_tp"], counts["reworded"]),
    }


def _judged(gold: StoryGold, hits: Sequence[tuple[Row, list[Row]]]) -> Iterator[tuple[bool, bool, bool]]:
    quotes = [(m, {row["quote"] for row in found if row["quote"] is not None}) for m, found in hits]
    for (a, a_quotes), (b, b_quotes) in combinations(quotes, 2):
        labels = frozenset((a["variant_of"], b["variant_of"]))
        if a["doc"] != b["doc"] and labels not in gold.related:
            same = len(labels) == 1
            yield same, bool(a_quotes & b_quotes), same and _fold(a["text"]) != _fold(b["text"])


def _original(
    gold: StoryGold, hits: Sequence[tuple[Row, list[Row]]], by_document: Mapping[str, Sequence[Row]]
) -> float | None:
    """Of the source document's mentions that others carry in other words: whose wording is the likely original?"""
    marked: dict[str, set[str]] = defaultdict(set)
    for row in (row for rows in by_document.values() for row in rows if row["original"]):
        marked[row["quote"]].add(" ".join(_fold(row["text"])))
    asked = right = 0
    for mention, found in hits:
        own = " ".join(_fold(mention["text"]))
        if mention["doc"] == gold.original_document and _reworded_elsewhere(mention, hits):
            asked += 1
            shown = {text for row in found for text in marked[row["quote"]] if text}
            right += any(text in own or own in text for text in shown)
    return _share(right, asked)


def _reworded_elsewhere(mention: Row, hits: Sequence[tuple[Row, list[Row]]]) -> bool:
    own = _fold(mention["text"])
    return any(
        other["variant_of"] == mention["variant_of"] and other["doc"] != mention["doc"] and _fold(other["text"]) != own
        for other, _ in hits
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
