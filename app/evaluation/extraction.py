"""Scoring extraction and attribution against PolNeAR's annotation (Newell, Margolin and Ruths 2018).

Two protocols for spans between marks: *strict*, where a prediction must match a gold span (intersection over union of
0.8 after stripping marks), and *projected*, where predictions are laid over all spans between marks: one is claimed
when at least half of its characters are covered, and its speaker is that of the prediction that covers most of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.evaluation.calibration import Calibration
from app.evaluation.spans import WORD, likeness, overlap, paint, stripped, telling_word, words_of

Gold = Mapping[str, Any]  # id, text, attributions, quoted_spans
KINDS = ("direct", "mixed", "indirect")
_MATCH = 0.8
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Predicted:
    """One predicted passage: its span, kind, the span that names the speaker, the speaker's name, how sure that is."""

    start: int
    end: int
    kind: str
    source: tuple[int, int] | None
    speaker: str | None
    confidence: float = 0.0

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    @property
    def attributed(self) -> bool:
        """Whether it names anybody."""
        return self.source is not None or bool(self.speaker)


class Tally:
    """Counts over all articles; `figures` makes shares of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.speakers: dict[str, dict[str, Counter[str]]] = {
            "strict": defaultdict(Counter),
            "projected": defaultdict(Counter),
        }
        self.calibration = Calibration()
        self.articles = 0

    def add(self, gold: Gold, predicted: Sequence[Predicted]) -> None:
        """Count one article."""
        self.articles += 1
        matched = self._count_strict(gold, predicted)
        claimed = self._count_projected(gold, predicted)
        for index, quoted in enumerate(gold["quoted_spans"]):
            if quoted["is_speech"] and quoted.get("source"):
                self._count_speaker("strict", gold["text"], quoted, matched.get(index))
                self._count_speaker("projected", gold["text"], quoted, claimed.get(index))
        self._count_tokens(gold, predicted)
        self._count_attributions(gold, predicted)

    def _count_strict(self, gold: Gold, predicted: Sequence[Predicted]) -> dict[int, Predicted]:
        text = gold["text"]
        speech = [(i, q) for i, q in enumerate(gold["quoted_spans"]) if q["is_speech"]]
        quoted = [p for p in predicted if p.kind != "indirect"]
        wanted = {i: stripped(text, q["start"], q["end"]) for i, q in speech}
        given = [stripped(text, *p.span) for p in quoted]
        matched = _best_pairs(wanted, given)
        self.counts.update(strict_tp=len(matched), strict_pred=len(quoted), strict_gold=len(speech))
        return {i: quoted[j] for i, j in matched.items()}

    def _count_projected(self, gold: Gold, predicted: Sequence[Predicted]) -> dict[int, Predicted]:
        claimed: dict[int, Predicted] = {}
        for index, quoted in enumerate(gold["quoted_spans"]):
            best = _claimant((quoted["start"], quoted["end"]), predicted)
            if best is not None:
                claimed[index] = best
            for name in ("projected", _length_class(quoted["n_words"])):
                self._count(name, bool(quoted["is_speech"]), best is not None)
        return claimed

    def _count(self, name: str, gold: bool, predicted: bool) -> None:
        self.counts[f"{name}_gold"] += gold
        self.counts[f"{name}_pred"] += predicted
        self.counts[f"{name}_tp"] += gold and predicted

    def _count_speaker(self, protocol: str, text: str, quoted: Gold, predicted: Predicted | None) -> None:
        right = predicted is not None and speaker_is_right(text, predicted, quoted["source"])
        if protocol == "projected" and predicted is not None and predicted.attributed:
            self.calibration.add(predicted.confidence, right)
        for group in ("all", quoted.get("source_type", "np"), f"kind_{quoted.get('kind', 'direct')}"):
            counts = self.speakers[protocol][group]
            counts["gold"] += 1
            counts["matched"] += predicted is not None
            counts["answered"] += predicted is not None and predicted.attributed
            counts["right"] += right

    def _count_tokens(self, gold: Gold, predicted: Sequence[Predicted]) -> None:
        length = len(gold["text"])
        content = paint(length, (span for a in gold["attributions"] for span in a["content"]))
        indirect = paint(
            length, (span for a in gold["attributions"] if a["kind"] == "indirect" for span in a["content"])
        )
        quoted = paint(length, ((q["start"], q["end"]) for q in gold["quoted_spans"]))
        given = paint(length, (p.span for p in predicted))
        for token in (match.start() for match in WORD.finditer(gold["text"])):
            self._count("content", bool(content[token]), bool(given[token]))
            if not quoted[token]:
                self._count("unquoted", bool(content[token]), bool(given[token]))
            self._count("indirect", bool(indirect[token]), bool(given[token]))

    def _count_attributions(self, gold: Gold, predicted: Sequence[Predicted]) -> None:
        given = paint(len(gold["text"]), (p.span for p in predicted))
        tokens = [match.start() for match in WORD.finditer(gold["text"])]
        for attribution in gold["attributions"]:
            inside = [t for t in tokens if any(start <= t < end for start, end in attribution["content"])]
            if not inside:
                continue
            found = sum(given[t] for t in inside) >= _HALF * len(inside)
            kind = attribution["kind"]
            self.counts.update({f"attribution_{kind}_gold": 1, f"attribution_{kind}_found": found})
            if attribution["source"]:
                best = _most_overlapping(attribution["content"], predicted)
                right = found and best is not None and speaker_is_right(gold["text"], best, attribution["source"])
                self.counts.update({f"sourced_{kind}_gold": 1, f"sourced_{kind}_right": right})

    def figures(self) -> dict[str, Any]:
        """All figures, shares from 0 to 1; None where nothing was counted."""
        counts = self.counts
        return {
            "articles": self.articles,
            "speech_strict": self._prf("strict"),
            "speech_projected": self._prf("projected"),
            "speech_projected_by_words": {name: self._prf(name) for name in ("1-3", "4-8", "9+")},
            "content_tokens": self._prf("content"),
            "content_tokens_outside_marks": self._prf("unquoted"),
            "indirect_token_recall": _share(counts["indirect_tp"], counts["indirect_gold"]),
            "attributions_found": {
                kind: _share(counts[f"attribution_{kind}_found"], counts[f"attribution_{kind}_gold"]) for kind in KINDS
            },
            "attributions_found_with_right_source": {
                kind: _share(counts[f"sourced_{kind}_right"], counts[f"sourced_{kind}_gold"]) for kind in KINDS
            },
            "speaker_strict": self._speaker_shares("strict"),
            "speaker_projected": self._speaker_shares("projected"),
            "confidence": self.calibration.figures(),
        }

    def _prf(self, name: str) -> dict[str, float | None]:
        right, predicted, gold = (self.counts[f"{name}_{what}"] for what in ("tp", "pred", "gold"))
        return {
            "precision": _share(right, predicted),
            "recall": _share(right, gold),
            "f1": _share(2 * right, predicted + gold),
        }

    def _speaker_shares(self, protocol: str) -> dict[str, dict[str, float | int | None]]:
        return {
            group: {
                "gold": counts["gold"],
                "of_all": _share(counts["right"], counts["gold"]),
                "of_matched": _share(counts["right"], counts["matched"]),
                "of_answered": _share(counts["right"], counts["answered"]),
            }
            for group, counts in sorted(self.speakers[protocol].items())
        }


def speaker_is_right(text: str, predicted: Predicted, source: Sequence[Sequence[int]]) -> bool:
    """Whether the prediction's source overlaps the gold source, or its speaker's surname stands in it."""
    if predicted.source is not None and any(overlap(predicted.source, span) for span in source):
        return True
    word = telling_word(predicted.speaker or "")
    return word is not None and word in words_of(" ".join(text[start:end] for start, end in source))


def _best_pairs(wanted: Mapping[int, tuple[int, int]], given: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Greedy one-to-one matching, most alike first."""
    pairs = sorted(
        (
            (likeness(a, b), i, j)
            for i, a in wanted.items()
            for j, b in enumerate(given)
            if overlap(a, b) and likeness(a, b) >= _MATCH
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def _claimant(quoted: tuple[int, int], predicted: Sequence[Predicted]) -> Predicted | None:
    """The prediction that covers most of a span between marks, if all together cover at least half of it."""
    touching = [p for p in predicted if overlap(quoted, p.span)]
    start, length = quoted[0], quoted[1] - quoted[0]
    covered = paint(length, ((max(p.start - start, 0), p.end - start) for p in touching))
    if not touching or sum(covered) < _HALF * length:
        return None
    return max(touching, key=lambda p: (overlap(quoted, p.span), p.attributed, p.start - p.end))


def _most_overlapping(content: Iterable[Sequence[int]], predicted: Sequence[Predicted]) -> Predicted | None:
    spans = list(content)
    overlaps = [(sum(overlap(p.span, span) for span in spans), -i) for i, p in enumerate(predicted)]
    most, index = max(overlaps, default=(0, 0))
    return predicted[-index] if most else None


def _length_class(words: int) -> str:
    return "1-3" if words <= 3 else "4-8" if words <= 8 else "9+"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
