"""Passages of one document that repeat each other's wording: a headline and the words that it quotes."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from app.attribution.names import fold

_SIMILAR = 78.0  # partial ratio, 0 to 100
_LONGEST = 300  # characters; nobody repeats more than that in a heading
_KEPT = 2000  # characters of a passage that are searched
_TRIES = 40  # passages compared with one


class Echoes:
    """Finds the passage most like another among those that were given."""

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        self._texts = {index: fold(text[:_KEPT]) for index, text in texts}
        self._holding: dict[str, list[int]] = {}
        for index, text in self._texts.items():
            for word in set(text.split()):
                self._holding.setdefault(word, []).append(index)

    def like(self, index: int, text: str) -> int | None:
        """The passage whose wording is nearest to this text, None where none is near; linear in its words."""
        wanted = fold(text)
        if len(wanted) > _LONGEST:
            return None
        words = sorted((w for w in set(wanted.split()) if len(w) > 3), key=lambda w: len(self._holding.get(w, ())))
        tried = [i for word in words[:4] for i in self._holding.get(word, ())[:_TRIES] if i != index]
        scored = [(self._likeness(wanted, self._texts[i]), -abs(i - index), i) for i in dict.fromkeys(tried)]
        best = max(scored, default=(0.0, 0, -1))
        return best[2] if best[0] >= _SIMILAR else None

    @staticmethod
    def _likeness(one: str, other: str) -> float:
        if len(other) * 2 < len(one):
            return 0.0
        return float(fuzz.partial_ratio(one, other)) if len(one) >= 8 else 100.0 * (f" {one} " in f" {other} ")
