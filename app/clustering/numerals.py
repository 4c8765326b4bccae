"""The numbers in a run of words, by value: "four" is "4", "a hundred and twenty" is "120", "5 per cent" is "5%"."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SMALL_SCALES = {"dozen": 12, "hundred": 100}
_ENDINGS = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion"}
_PERCENT = frozenset("percent pc".split())
_LONGEST = 18  # digits; what is longer is no quantity


def values(words: Sequence[str]) -> tuple[str, ...]:
    """The numbers in words of normal form, in order, each as its value ("14", "2000000", "5%").

    "One" by itself is a pronoun more often than a number, and no number here.
    """
    found: list[str] = []
    number = _Number()
    for word in _spelled_out(words):
        if number.takes(word):
            continue
        found += number.close(word in _PERCENT)
        number = _Number()
        number.takes(word)
    return tuple(found + number.close(False))


def is_numeral(word: str) -> bool:
    """Whether a word of normal form can be part of a number."""
    spelled = _spelled_out([word])
    return any(_digits(part) is not None or part in _PARTS for part in spelled)


_PARTS = frozenset({*_UNITS, *_TENS, *_SCALES, *_SMALL_SCALES, *_PERCENT, "per", "cent"})


class _Number:
    """One number while it is read."""

    def __init__(self) -> None:
        self._total = Decimal(0)
        self._part: Decimal | None = None
        self._scaled = False
        self._last = ""
        self._only_one = False

    def takes(self, word: str) -> bool:
        """Whether `word` goes on with this number; reads it if so."""
        if word == "and" and self._last in ("hundred", "thousand"):
            self._last = "and"
            return True
        if word in _SCALES or word in _SMALL_SCALES:
            return self._scale(word)
        value = Decimal(_UNITS[word]) if word in _UNITS else Decimal(_TENS[word]) if word in _TENS else _digits(word)
        if value is None or not self._follows(word):
            return False
        self._only_one = word == "one" and self._part is None and not self._scaled
        self._part = (self._part or Decimal(0)) + value
        self._last = word
        return True

    def close(self, percent: bool) -> list[str]:
        """The value that was read, or nothing."""
        if (self._part is None and not self._scaled) or (self._only_one and not percent):
            return []
        value = self._total + (self._part or Decimal(0))
        return [f"{value.normalize():f}{'%' if percent else ''}"]

    def _follows(self, word: str) -> bool:
        if self._part is None:
            return True
        after_tens = self._last in _TENS and 0 < _UNITS.get(word, 0) < 10
        return after_tens or (self._last in ("hundred", "and") and (word in _UNITS or word in _TENS))

    def _scale(self, word: str) -> bool:
        if self._part is None and self._scaled:
            return False
        part = Decimal(1) if self._part is None else self._part
        if word in _SMALL_SCALES:
            self._part = part * _SMALL_SCALES[word]
        else:
            self._total, self._part = self._total + part * _SCALES[word], None
        self._scaled, self._only_one, self._last = True, False, word
        return True


def _spelled_out(words: Sequence[str]) -> list[str]:
    """ "twentyfive" (its hyphen folded) as two words, "5bn" as a number and its scale."""
    parts: list[str] = []
    for word in " ".join(words).replace("per cent", "percent").split():
        tens = next((ten for ten in _TENS if word.startswith(ten) and word[len(ten) :] in _UNITS), None)
        ending = next((e for e in _ENDINGS if word.endswith(e) and _digits(word.removesuffix(e)) is not None), None)
        if tens:
            parts += [tens, word[len(tens) :]]
        elif ending:
            parts += [word.removesuffix(ending), _ENDINGS[ending]]
        elif word.endswith("percent") and _digits(word.removesuffix("percent")) is not None:
            parts += [word.removesuffix("percent"), "percent"]
        else:
            parts.append(word.lstrip("$€£¥") or word)
    return parts


def _digits(word: str) -> Decimal | None:
    if not word or len(word) > _LONGEST or not word[0].isdecimal():
        return None
    try:
        return Decimal(word)
    except InvalidOperation:
        return None
