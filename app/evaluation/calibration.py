"""Whether a confidence means what it says: expected calibration error (Guo et al. 2017)."""

from dataclasses import dataclass, field
from typing import Any

BINS = 10


@dataclass(slots=True)
class _Bin:
    count: int = 0
    confidence: float = 0.0
    right: int = 0


@dataclass(slots=True)
class Calibration:
    """Answers in bins of equal width by confidence, 0 to 1."""

    bins: list[_Bin] = field(default_factory=lambda: [_Bin() for _ in range(BINS)])

    def add(self, confidence: float, right: bool) -> None:
        """Count one answer."""
        found = self.bins[min(int(confidence * BINS), BINS - 1)]
        found.count += 1
        found.confidence += confidence
        found.right += right

    def figures(self) -> dict[str, Any]:
        """Mean gap between confidence and share of right answers, weighted by count, and the bins that hold any."""
        total = sum(one.count for one in self.bins)
        gaps = sum(abs(one.confidence - one.right) for one in self.bins)
        return {
            "answers": total,
            "expected_error": round(gaps / total, 4) if total else None,
            "bins": [
                {"n": b.count, "confidence": round(b.confidence / b.count, 3), "right": round(b.right / b.count, 3)}
                for b in self.bins
                if b.count
            ],
        }
