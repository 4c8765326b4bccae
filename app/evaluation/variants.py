"""Scoring quotes against known variants: pairs, B-cubed (Bagga and Baldwin 1998), adjusted Rand index.

Gold: JSON lines, plain or gzip, with `text`, `verse` (any label of the utterance), and where known `document`,
`speaker`, `start`; or the labels of a story, whose mentions are then clustered as they were marked by hand and scored
like a story.
"""

import gzip
import json
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.clustering import cluster
from app.errors import InputError
from app.evaluation.invented import invented_units, utterance
from app.evaluation.story import StoryGold, read_story_gold, score_story
from app.records import Unit

Figures = dict[str, float | int | None]

_OF_STORY = ("mentions", "pairs_precision", "pairs_recall", "pairs_f1", "reworded_recall")


class VariantGold(NamedTuple):
    """Units and the label of the utterance that each is known to be."""

    units: list[Unit]
    labels: list[str]


def evaluate_variants(path: Path) -> Figures:
    """Cluster what a file holds and score the quotes; seconds are those of clustering. Raises InputError where it
    holds no known variants."""
    if path.suffix == ".json":
        return _of_story(read_story_gold(path))
    gold = read_variant_gold(path)
    started = perf_counter()
    found = cluster(gold.units)
    seconds = perf_counter() - started
    return {**score_variants(gold.labels, found), "seconds": round(seconds, 1)}


def read_variant_gold(path: Path) -> VariantGold:
    """Units with labels from JSON lines. Raises InputError where there are none."""
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        return VariantGold([_unit(number, row) for number, row in enumerate(rows)], [str(row["verse"]) for row in rows])
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise InputError(
            f"{path} holds no known variants: {error}.", "Give JSON lines with text and verse, or labels of a story."
        ) from error


def bench_variants(count: int) -> Figures:
    """Cluster an invented corpus of so many quotations: time, memory, and how well its utterances are found."""
    units = list(invented_units(count))
    started = perf_counter()
    found = cluster(units)
    seconds = perf_counter() - started
    return {
        **score_variants([utterance(unit) for unit in units], found),
        "seconds": round(seconds, 1),
        "milliseconds_each": round(1000 * seconds / max(count, 1), 3),
        "peak_megabytes": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
    }


def score_variants(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Figures:
    """Figures, shares from 0 to 1. Pairs are pairs of units of one utterance; B-cubed is a mean over units."""
    known, made = _numbered(gold), _numbered(found)
    cells, counts = np.unique(known * (made.max(initial=0) + 1) + made, return_counts=True)
    of_known, of_made = np.bincount(known), np.bincount(made)
    rows, columns = np.divmod(cells, made.max(initial=0) + 1)
    both, ours, theirs = _pairs(counts), _pairs(of_made), _pairs(of_known)
    squares = counts.astype(np.float64) ** 2
    precision = float((squares / of_made[columns]).sum() / max(len(gold), 1))
    recall = float((squares / of_known[rows]).sum() / max(len(gold), 1))
    every = _pairs(np.array([len(gold)]))
    expected, most = ours * theirs / max(every, 1.0), (ours + theirs) / 2.0
    figures = {
        "pairs_precision": both / ours if ours else 1.0,
        "pairs_recall": both / theirs if theirs else 1.0,
        "pairs_f1": 2 * both / (ours + theirs) if ours + theirs else 1.0,
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": 2 * precision * recall / (precision + recall) if gold else 1.0,
        "adjusted_rand": (both - expected) / (most - expected) if most > expected else 1.0,
    }
    sizes = {"units": len(gold), "utterances": len(of_known), "quotes": len(of_made)}
    return {**sizes, **{name: round(value, 4) for name, value in figures.items()}}


def _unit(number: int, row: Mapping[str, Any]) -> Unit:
    return Unit(str(number), row["text"], row.get("document"), row.get("speaker"), row.get("start"))


def _of_story(gold: StoryGold) -> Figures:
    mentions = gold.scored
    units = [
        Unit(str(number), m["text"], m["doc"], m["speaker"] or None, m["start"], m["end"])
        for number, m in enumerate(mentions)
    ]
    rows = [
        {**mention, "quote": label, "kind": "direct", "original": False}
        for mention, label in zip(mentions, cluster(units), strict=True)
    ]
    figures = score_story(gold, rows)
    return {name: figures[name] for name in _OF_STORY}


def _numbered(labels: Sequence[Hashable]) -> NDArray[np.int64]:
    numbers: dict[Hashable, int] = {}
    return np.fromiter((numbers.setdefault(label, len(numbers)) for label in labels), np.int64, len(labels))


def _pairs(sizes: NDArray[np.integer[Any]]) -> float:
    counts = sizes.astype(np.float64)
    return float((counts * (counts - 1.0) / 2.0).sum())
